CREATE TABLE "commission_rules" (
	"id" text PRIMARY KEY NOT NULL,
	"scope" text NOT NULL,
	"scope_id" text,
	"rate_bps" integer NOT NULL,
	"reason" text NOT NULL,
	"announced_at" timestamp with time zone NOT NULL,
	"announced_by" text NOT NULL,
	"valid_from" timestamp with time zone NOT NULL,
	"valid_to" timestamp with time zone,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "commission_is_announced_fifteen_days_before" CHECK ("commission_rules"."valid_from" >= "commission_rules"."announced_at" + interval '15 days'),
	CONSTRAINT "commission_period_has_length" CHECK ("commission_rules"."valid_to" is null or "commission_rules"."valid_to" > "commission_rules"."valid_from"),
	CONSTRAINT "commission_rate_is_a_share" CHECK ("commission_rules"."rate_bps" between 0 and 5000),
	CONSTRAINT "commission_scope_names_its_subject" CHECK (("commission_rules"."scope" = 'city') = ("commission_rules"."scope_id" is null)),
	CONSTRAINT "commission_is_withdrawn_before_it_begins" CHECK ("commission_rules"."withdrawn_at" is null or "commission_rules"."withdrawn_at" < "commission_rules"."valid_from")
);
--> statement-breakpoint
CREATE INDEX "commission_rules_in_force" ON "commission_rules" USING btree ("valid_from");