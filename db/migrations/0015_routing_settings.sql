CREATE TABLE "delivery_floors" (
	"vat_category" text NOT NULL,
	"valid_from" date NOT NULL,
	"threshold_minor" bigint NOT NULL,
	"below_minor" bigint NOT NULL,
	"above_minor" bigint NOT NULL,
	"legal_reference" text NOT NULL,
	CONSTRAINT "one_delivery_floor_at_a_time" UNIQUE("vat_category","valid_from")
);
--> statement-breakpoint
CREATE TABLE "delivery_zones" (
	"slug" text NOT NULL,
	"version" integer NOT NULL,
	"name" text NOT NULL,
	"latitude" double precision NOT NULL,
	"longitude" double precision NOT NULL,
	"radius_metres" integer NOT NULL,
	"price_minor" bigint NOT NULL,
	"further_shop_minor" bigint NOT NULL,
	"slots" jsonb NOT NULL,
	"source" text NOT NULL,
	"changed_by" text,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "one_zone_version_at_a_time" PRIMARY KEY("slug","version"),
	CONSTRAINT "zone_figures_not_negative" CHECK ("delivery_zones"."price_minor" >= 0 and "delivery_zones"."further_shop_minor" >= 0 and "delivery_zones"."radius_metres" > 0)
);
--> statement-breakpoint
CREATE TABLE "network_rule_versions" (
	"network_id" text NOT NULL,
	"version" integer NOT NULL,
	"rules" jsonb NOT NULL,
	"source" text NOT NULL,
	"changed_by" text,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "one_rule_version_at_a_time" PRIMARY KEY("network_id","version")
);
--> statement-breakpoint
CREATE TABLE "received_shares" (
	"order_id" text NOT NULL,
	"shop_id" text NOT NULL,
	"goods_minor" bigint NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	CONSTRAINT "share_received_once" PRIMARY KEY("order_id","shop_id"),
	CONSTRAINT "share_not_negative" CHECK ("received_shares"."goods_minor" >= 0)
);
--> statement-breakpoint
CREATE TABLE "routing_policies" (
	"version" integer PRIMARY KEY NOT NULL,
	"valid_from" timestamp with time zone NOT NULL,
	"policy" jsonb NOT NULL,
	"source" text NOT NULL,
	"changed_by" text,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "policy_versions_count_up" CHECK ("routing_policies"."version" > 0)
);
--> statement-breakpoint
ALTER TABLE "sub_orders" ADD COLUMN "replaces_id" text;--> statement-breakpoint
ALTER TABLE "network_rule_versions" ADD CONSTRAINT "network_rule_versions_network_id_networks_id_fk" FOREIGN KEY ("network_id") REFERENCES "public"."networks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "received_shares" ADD CONSTRAINT "received_shares_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "shares_by_time" ON "received_shares" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "parts_replacing" ON "sub_orders" USING btree ("replaces_id") WHERE "sub_orders"."replaces_id" is not null;--> statement-breakpoint
CREATE TRIGGER routing_policies_are_facts BEFORE UPDATE OR DELETE ON routing_policies FOR EACH ROW EXECUTE FUNCTION refuse_change_of_a_fact();--> statement-breakpoint
CREATE TRIGGER network_rules_are_facts BEFORE UPDATE OR DELETE ON network_rule_versions FOR EACH ROW EXECUTE FUNCTION refuse_change_of_a_fact();--> statement-breakpoint
CREATE TRIGGER delivery_zones_are_facts BEFORE UPDATE OR DELETE ON delivery_zones FOR EACH ROW EXECUTE FUNCTION refuse_change_of_a_fact();--> statement-breakpoint
CREATE TRIGGER received_shares_are_facts BEFORE UPDATE OR DELETE ON received_shares FOR EACH ROW EXECUTE FUNCTION refuse_change_of_a_fact();--> statement-breakpoint
INSERT INTO routing_policies (version, valid_from, policy, source, changed_at) VALUES (1, '2020-01-01T00:00:00Z', '{
  "perShop": 80, "perWalkingMinute": 12, "perWaitingHour": 3, "mostWaitingHours": 72, "perSwitch": 250, "perFailedPick": 300, "nextBestExtra": 100,
  "leastPartMinor": 300, "smallPartCents": 40, "mostShops": null, "fairShareStrength": 200, "fairShareCap": 60, "fairShareDays": 30
}', 'The policy a city starts with', '2020-01-01T00:00:00Z');--> statement-breakpoint
INSERT INTO delivery_floors (vat_category, valid_from, threshold_minor, below_minor, above_minor, legal_reference)
VALUES ('book_print', '2023-10-07', 3500, 300, 1, 'Law 81-766 of 10 August 1981, art. 1 (law 2021-1901); decree of 4 April 2023');
