CREATE TABLE "demo_entries" (
	"reference" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"account" text,
	"amount_minor" bigint NOT NULL,
	"about" text,
	"state" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "one_demo_entry_per_key" UNIQUE("idempotency_key")
);
--> statement-breakpoint
CREATE TABLE "dispute_parts" (
	"dispute_id" text NOT NULL,
	"sub_order_id" text NOT NULL,
	"merchant_id" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"bearer" text DEFAULT 'merchant' NOT NULL,
	CONSTRAINT "one_part_per_sub_order" PRIMARY KEY("dispute_id","sub_order_id"),
	CONSTRAINT "dispute_part_is_positive" CHECK ("dispute_parts"."amount_minor" > 0)
);
--> statement-breakpoint
CREATE TABLE "disputes" (
	"id" text PRIMARY KEY NOT NULL,
	"provider" text NOT NULL,
	"provider_reference" text NOT NULL,
	"payment_id" text NOT NULL,
	"order_id" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text DEFAULT 'EUR' NOT NULL,
	"fee_minor" bigint DEFAULT 0 NOT NULL,
	"reason" text NOT NULL,
	"state" text NOT NULL,
	"answer_by" timestamp with time zone,
	"opened_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "one_dispute_per_reference" UNIQUE("provider","provider_reference"),
	CONSTRAINT "dispute_is_positive" CHECK ("disputes"."amount_minor" > 0 and "disputes"."fee_minor" >= 0),
	CONSTRAINT "dispute_ends_when_closed" CHECK (("disputes"."state" = 'open') = ("disputes"."closed_at" is null))
);
--> statement-breakpoint
CREATE TABLE "payout_holds" (
	"id" text PRIMARY KEY NOT NULL,
	"merchant_id" text NOT NULL,
	"reason" text NOT NULL,
	"statement" text NOT NULL,
	"placed_by" text NOT NULL,
	"placed_at" timestamp with time zone NOT NULL,
	"freed_at" timestamp with time zone NOT NULL,
	"lifted_by" text,
	"lifted_at" timestamp with time zone,
	CONSTRAINT "hold_has_length" CHECK ("payout_holds"."freed_at" > "payout_holds"."placed_at"),
	CONSTRAINT "hold_is_explained" CHECK ("payout_holds"."statement" <> ''),
	CONSTRAINT "lifted_by_somebody" CHECK (("payout_holds"."lifted_at" is null) = ("payout_holds"."lifted_by" is null))
);
--> statement-breakpoint
CREATE TABLE "provider_accounts" (
	"merchant_id" text PRIMARY KEY NOT NULL,
	"provider" text NOT NULL,
	"reference" text NOT NULL,
	"charges_enabled" boolean NOT NULL,
	"payouts_enabled" boolean NOT NULL,
	"requirements" text[] NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"reported_at" timestamp with time zone NOT NULL,
	CONSTRAINT "one_merchant_per_account" UNIQUE("provider","reference")
);
--> statement-breakpoint
CREATE TABLE "reconciliation_differences" (
	"provider" text NOT NULL,
	"reference" text NOT NULL,
	"entry" text NOT NULL,
	"day" text NOT NULL,
	"kind" text NOT NULL,
	"ours_minor" bigint,
	"theirs_minor" bigint,
	"order_number" text,
	"found_at" timestamp with time zone NOT NULL,
	"resolved_at" timestamp with time zone,
	"note" text,
	"noted_by" text,
	CONSTRAINT "one_difference_per_movement" PRIMARY KEY("provider","entry","reference")
);
--> statement-breakpoint
CREATE TABLE "reconciliations" (
	"provider" text NOT NULL,
	"day" text NOT NULL,
	"ran_at" timestamp with time zone NOT NULL,
	"compared" integer NOT NULL,
	"theirs_minor" bigint NOT NULL,
	"ours_minor" bigint NOT NULL,
	CONSTRAINT "one_reconciliation_per_day" PRIMARY KEY("provider","day")
);
--> statement-breakpoint
CREATE TABLE "transfers" (
	"id" text PRIMARY KEY NOT NULL,
	"merchant_id" text NOT NULL,
	"transaction_id" text NOT NULL,
	"order_id" text,
	"sub_order_id" text,
	"reverses_id" text,
	"amount_minor" bigint NOT NULL,
	"currency" text DEFAULT 'EUR' NOT NULL,
	"provider" text NOT NULL,
	"provider_reference" text,
	"created_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	CONSTRAINT "transfer_is_positive" CHECK ("transfers"."amount_minor" > 0)
);
--> statement-breakpoint
ALTER TABLE "payouts" ADD COLUMN "state" text DEFAULT 'created' NOT NULL;--> statement-breakpoint
ALTER TABLE "payouts" ADD COLUMN "provider" text;--> statement-breakpoint
ALTER TABLE "payouts" ADD COLUMN "provider_reference" text;--> statement-breakpoint
ALTER TABLE "payouts" ADD COLUMN "sent_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "payouts" ADD COLUMN "settled_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "payouts" ADD COLUMN "failure_reason" text;--> statement-breakpoint
ALTER TABLE "dispute_parts" ADD CONSTRAINT "dispute_parts_dispute_id_disputes_id_fk" FOREIGN KEY ("dispute_id") REFERENCES "public"."disputes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dispute_parts" ADD CONSTRAINT "dispute_parts_sub_order_id_sub_orders_id_fk" FOREIGN KEY ("sub_order_id") REFERENCES "public"."sub_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payout_holds" ADD CONSTRAINT "payout_holds_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "provider_accounts" ADD CONSTRAINT "provider_accounts_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfers" ADD CONSTRAINT "transfers_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfers" ADD CONSTRAINT "transfers_transaction_id_ledger_transactions_id_fk" FOREIGN KEY ("transaction_id") REFERENCES "public"."ledger_transactions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "demo_entries_by_day" ON "demo_entries" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "dispute_parts_of_merchant" ON "dispute_parts" USING btree ("merchant_id");--> statement-breakpoint
CREATE INDEX "disputes_of_order" ON "disputes" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "holds_of_merchant" ON "payout_holds" USING btree ("merchant_id","placed_at");--> statement-breakpoint
CREATE UNIQUE INDEX "differences_by_day" ON "reconciliation_differences" USING btree ("day","provider","entry","reference");--> statement-breakpoint
CREATE UNIQUE INDEX "one_transfer_per_earning" ON "transfers" USING btree ("transaction_id") WHERE "transfers"."reverses_id" is null;--> statement-breakpoint
CREATE INDEX "transfers_of_transaction" ON "transfers" USING btree ("transaction_id");--> statement-breakpoint
CREATE INDEX "transfers_of_merchant" ON "transfers" USING btree ("merchant_id","created_at");--> statement-breakpoint
CREATE INDEX "transfers_unsent" ON "transfers" USING btree ("created_at") WHERE "transfers"."sent_at" is null;--> statement-breakpoint
CREATE INDEX "payouts_to_send" ON "payouts" USING btree ("created_at") WHERE "payouts"."state" = 'created';--> statement-breakpoint
-- What was recorded before the provider was told of payouts is over: it must not be sent again.
UPDATE "payouts" SET "state" = 'paid', "settled_at" = "created_at";
