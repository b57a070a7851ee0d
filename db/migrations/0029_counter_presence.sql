CREATE TABLE "counter_presence" (
	"shop_id" text PRIMARY KEY NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"is_kept_open" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
ALTER TABLE "counter_presence" ADD CONSTRAINT "counter_presence_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE no action ON UPDATE no action;