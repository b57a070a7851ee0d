CREATE TABLE "shop_proposals" (
	"key" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"street" text NOT NULL,
	"words" text NOT NULL,
	"wishes" integer DEFAULT 1 NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone,
	CONSTRAINT "a_proposal_is_wished_for" CHECK ("shop_proposals"."wishes" > 0)
);
--> statement-breakpoint
CREATE INDEX "proposals_unseen" ON "shop_proposals" USING btree ("seen_at","wishes");--> statement-breakpoint
CREATE UNIQUE INDEX "one_alert_for_the_opening_and_address" ON "stock_alerts" USING btree ("email") WHERE "stock_alerts"."listing_id" is null and "stock_alerts"."words" is null;