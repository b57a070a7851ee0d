CREATE TABLE "expected_deliveries" (
	"id" text PRIMARY KEY NOT NULL,
	"offer_id" text NOT NULL,
	"location_id" text NOT NULL,
	"shop_id" text NOT NULL,
	"quantity" integer NOT NULL,
	"expected_at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"received_quantity" integer,
	"ended_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "a_delivery_has_units" CHECK ("expected_deliveries"."quantity" > 0),
	CONSTRAINT "an_ended_delivery_has_its_time" CHECK (("expected_deliveries"."state" = 'expected') = ("expected_deliveries"."ended_at" is null))
);
--> statement-breakpoint
CREATE TABLE "safety_rules" (
	"shop_id" text NOT NULL,
	"category_id" text,
	"safety_stock" integer NOT NULL,
	"routing_safety_stock" integer NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "one_safety_rule_per_department" UNIQUE NULLS NOT DISTINCT("shop_id","category_id"),
	CONSTRAINT "a_rule_withholds_no_less_from_sale" CHECK ("safety_rules"."routing_safety_stock" between 0 and "safety_rules"."safety_stock")
);
--> statement-breakpoint
CREATE TABLE "shelf_checks" (
	"id" text PRIMARY KEY NOT NULL,
	"offer_id" text NOT NULL,
	"location_id" text NOT NULL,
	"shop_id" text NOT NULL,
	"basket_id" text,
	"state" text NOT NULL,
	"quantity" integer,
	"asked_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"answered_at" timestamp with time zone,
	"answered_by" text,
	CONSTRAINT "an_answer_has_its_time" CHECK (("shelf_checks"."state" = 'asked') = ("shelf_checks"."answered_at" is null))
);
--> statement-breakpoint
CREATE TABLE "stock_transfers" (
	"id" text PRIMARY KEY NOT NULL,
	"network_id" text NOT NULL,
	"from_shop_id" text NOT NULL,
	"from_offer_id" text NOT NULL,
	"from_location_id" text NOT NULL,
	"to_shop_id" text NOT NULL,
	"to_offer_id" text NOT NULL,
	"to_location_id" text NOT NULL,
	"quantity" integer NOT NULL,
	"state" text NOT NULL,
	"sent_quantity" integer,
	"received_quantity" integer,
	"requested_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	CONSTRAINT "a_transfer_has_units" CHECK ("stock_transfers"."quantity" > 0),
	CONSTRAINT "a_transfer_goes_elsewhere" CHECK ("stock_transfers"."from_shop_id" <> "stock_transfers"."to_shop_id"),
	CONSTRAINT "no_unit_is_received_that_was_not_sent" CHECK ("stock_transfers"."received_quantity" <= "stock_transfers"."sent_quantity")
);
--> statement-breakpoint
ALTER TABLE "stock_levels" ADD COLUMN "found" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "stock_levels" ADD COLUMN "missed" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "stock_levels" ADD COLUMN "looked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "stock_levels" ADD COLUMN "usual_safety_stock" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "stock_levels" ADD COLUMN "stale_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "expected_deliveries" ADD CONSTRAINT "expected_deliveries_offer_id_offers_id_fk" FOREIGN KEY ("offer_id") REFERENCES "public"."offers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "expected_deliveries" ADD CONSTRAINT "expected_deliveries_location_id_stock_locations_id_fk" FOREIGN KEY ("location_id") REFERENCES "public"."stock_locations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "expected_deliveries" ADD CONSTRAINT "expected_deliveries_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "safety_rules" ADD CONSTRAINT "safety_rules_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shelf_checks" ADD CONSTRAINT "shelf_checks_offer_id_offers_id_fk" FOREIGN KEY ("offer_id") REFERENCES "public"."offers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shelf_checks" ADD CONSTRAINT "shelf_checks_location_id_stock_locations_id_fk" FOREIGN KEY ("location_id") REFERENCES "public"."stock_locations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shelf_checks" ADD CONSTRAINT "shelf_checks_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_transfers" ADD CONSTRAINT "stock_transfers_network_id_networks_id_fk" FOREIGN KEY ("network_id") REFERENCES "public"."networks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_transfers" ADD CONSTRAINT "stock_transfers_from_shop_id_shops_id_fk" FOREIGN KEY ("from_shop_id") REFERENCES "public"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_transfers" ADD CONSTRAINT "stock_transfers_from_offer_id_offers_id_fk" FOREIGN KEY ("from_offer_id") REFERENCES "public"."offers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_transfers" ADD CONSTRAINT "stock_transfers_from_location_id_stock_locations_id_fk" FOREIGN KEY ("from_location_id") REFERENCES "public"."stock_locations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_transfers" ADD CONSTRAINT "stock_transfers_to_shop_id_shops_id_fk" FOREIGN KEY ("to_shop_id") REFERENCES "public"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_transfers" ADD CONSTRAINT "stock_transfers_to_offer_id_offers_id_fk" FOREIGN KEY ("to_offer_id") REFERENCES "public"."offers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_transfers" ADD CONSTRAINT "stock_transfers_to_location_id_stock_locations_id_fk" FOREIGN KEY ("to_location_id") REFERENCES "public"."stock_locations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "deliveries_of_offer" ON "expected_deliveries" USING btree ("offer_id","expected_at") WHERE "expected_deliveries"."state" = 'expected';--> statement-breakpoint
CREATE INDEX "deliveries_of_shop" ON "expected_deliveries" USING btree ("shop_id","expected_at");--> statement-breakpoint
CREATE UNIQUE INDEX "one_open_check_per_offer" ON "shelf_checks" USING btree ("offer_id") WHERE "shelf_checks"."state" = 'asked';--> statement-breakpoint
CREATE INDEX "checks_of_shop" ON "shelf_checks" USING btree ("shop_id","asked_at");--> statement-breakpoint
CREATE INDEX "checks_of_offer" ON "shelf_checks" USING btree ("offer_id","asked_at");--> statement-breakpoint
CREATE INDEX "checks_to_expire" ON "shelf_checks" USING btree ("expires_at") WHERE "shelf_checks"."state" = 'asked';--> statement-breakpoint
CREATE INDEX "transfers_from_shop" ON "stock_transfers" USING btree ("from_shop_id","requested_at");--> statement-breakpoint
CREATE INDEX "transfers_to_shop" ON "stock_transfers" USING btree ("to_shop_id","requested_at");--> statement-breakpoint
CREATE INDEX "levels_to_age" ON "stock_levels" USING btree ("as_of") WHERE "stock_levels"."on_hand" > 0;--> statement-breakpoint
ALTER TABLE "stock_levels" ADD CONSTRAINT "picks_are_counts" CHECK ("stock_levels"."found" >= 0 and "stock_levels"."missed" >= 0);--> statement-breakpoint
UPDATE "stock_levels" SET "usual_safety_stock" = "safety_stock" WHERE "safety_stock" > 0;
