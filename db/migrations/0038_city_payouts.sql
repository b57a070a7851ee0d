CREATE TABLE "city_payouts" (
	"id" text PRIMARY KEY NOT NULL,
	"commission_minor" bigint NOT NULL,
	"vat_minor" bigint NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text DEFAULT 'EUR' NOT NULL,
	"requested_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"state" text DEFAULT 'created' NOT NULL,
	"provider" text,
	"provider_reference" text,
	"sent_at" timestamp with time zone,
	"settled_at" timestamp with time zone,
	"failure_reason" text,
	CONSTRAINT "city_payout_adds_up" CHECK ("city_payouts"."amount_minor" > 0 and "city_payouts"."amount_minor" = "city_payouts"."commission_minor" + "city_payouts"."vat_minor")
);
--> statement-breakpoint
CREATE INDEX "city_payouts_by_day" ON "city_payouts" USING btree ("created_at");