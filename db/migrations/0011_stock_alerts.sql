CREATE TABLE "stock_alerts" (
	"token" text PRIMARY KEY NOT NULL,
	"listing_id" text,
	"words" text,
	"email" text NOT NULL,
	"locale" text NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"confirm_mailed_at" timestamp with time zone,
	"confirmed_at" timestamp with time zone,
	"told_at" timestamp with time zone,
	CONSTRAINT "one_alert_per_thing_and_address" UNIQUE("email","listing_id"),
	CONSTRAINT "one_alert_per_words_and_address" UNIQUE("email","words")
);
--> statement-breakpoint
ALTER TABLE "stock_alerts" ADD CONSTRAINT "stock_alerts_listing_id_listings_id_fk" FOREIGN KEY ("listing_id") REFERENCES "public"."listings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alerts_by_time" ON "stock_alerts" USING btree ("asked_at");