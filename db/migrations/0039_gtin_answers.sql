CREATE TABLE "gtin_answers" (
	"gtin" text PRIMARY KEY NOT NULL,
	"sheet" jsonb,
	"failures" integer DEFAULT 0 NOT NULL,
	"fault" text,
	"asked_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "gtins_asked" ON "gtin_answers" USING btree ("asked_at");