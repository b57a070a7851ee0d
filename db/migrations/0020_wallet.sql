CREATE TABLE "order_tenders" (
	"id" text PRIMARY KEY NOT NULL,
	"order_id" text NOT NULL,
	"voucher_id" text NOT NULL,
	"issuer_id" text NOT NULL,
	"state" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"captured_minor" bigint DEFAULT 0 NOT NULL,
	"returned_minor" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "one_tender_per_order_and_voucher" UNIQUE("order_id","voucher_id"),
	CONSTRAINT "tender_captured_within_amount" CHECK ("order_tenders"."captured_minor" between 0 and "order_tenders"."amount_minor"),
	CONSTRAINT "tender_returned_within_captured" CHECK ("order_tenders"."returned_minor" between 0 and "order_tenders"."captured_minor")
);
--> statement-breakpoint
CREATE TABLE "tender_positions" (
	"tender_id" text NOT NULL,
	"sub_order_id" text NOT NULL,
	"position" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"passed_from" text DEFAULT '' NOT NULL,
	CONSTRAINT "one_amount_per_position" PRIMARY KEY("tender_id","position","passed_from"),
	CONSTRAINT "position_is_paid_something" CHECK ("tender_positions"."amount_minor" > 0)
);
--> statement-breakpoint
CREATE TABLE "tender_releases" (
	"id" text PRIMARY KEY NOT NULL,
	"tender_id" text NOT NULL,
	"sub_order_id" text NOT NULL,
	"position" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"reason" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "release_is_positive" CHECK ("tender_releases"."amount_minor" > 0)
);
--> statement-breakpoint
CREATE TABLE "voucher_issuers" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"provider_account" text NOT NULL,
	"contact" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "voucher_movements" (
	"id" text PRIMARY KEY NOT NULL,
	"voucher_id" text NOT NULL,
	"cause" text NOT NULL,
	"kind" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"granted_minor" bigint DEFAULT 0 NOT NULL,
	"order_id" text,
	"occurred_at" timestamp with time zone NOT NULL,
	CONSTRAINT "one_movement_per_cause" UNIQUE("cause"),
	CONSTRAINT "movement_moves_something" CHECK ("voucher_movements"."amount_minor" <> 0),
	CONSTRAINT "granted_within_load" CHECK ("voucher_movements"."granted_minor" between 0 and greatest(0, "voucher_movements"."amount_minor"))
);
--> statement-breakpoint
CREATE TABLE "voucher_series" (
	"id" text PRIMARY KEY NOT NULL,
	"issuer_id" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"purpose" text NOT NULL,
	"vat_rate_bps" integer,
	"shop_ids" jsonb,
	"category_ids" jsonb,
	"pays_delivery" boolean NOT NULL,
	"top_up_bps" integer DEFAULT 10000 NOT NULL,
	"valid_from" timestamp with time zone NOT NULL,
	"valid_until" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "series_lasts" CHECK ("voucher_series"."valid_from" < "voucher_series"."valid_until"),
	CONSTRAINT "top_up_takes_nothing_away" CHECK ("voucher_series"."top_up_bps" between 10000 and 30000),
	CONSTRAINT "single_purpose_has_its_rate" CHECK (("voucher_series"."purpose" = 'single') = ("voucher_series"."vat_rate_bps" is not null))
);
--> statement-breakpoint
CREATE TABLE "voucher_settlement_transactions" (
	"transaction_id" text NOT NULL,
	"issuer_id" text NOT NULL,
	"settlement_id" text NOT NULL,
	CONSTRAINT "settled_once_by_its_issuer" PRIMARY KEY("transaction_id","issuer_id")
);
--> statement-breakpoint
CREATE TABLE "voucher_settlements" (
	"id" text PRIMARY KEY NOT NULL,
	"issuer_id" text NOT NULL,
	"merchant_id" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text DEFAULT 'EUR' NOT NULL,
	"cut_off_at" timestamp with time zone NOT NULL,
	"provider_reference" text,
	"created_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	CONSTRAINT "one_settlement_a_day" UNIQUE("issuer_id","merchant_id","cut_off_at"),
	CONSTRAINT "settlement_moves_something" CHECK ("voucher_settlements"."amount_minor" <> 0)
);
--> statement-breakpoint
CREATE TABLE "vouchers" (
	"id" text PRIMARY KEY NOT NULL,
	"series_id" text NOT NULL,
	"code_hash" text NOT NULL,
	"code_end" text NOT NULL,
	"holder_email" text,
	"balance_minor" bigint DEFAULT 0 NOT NULL,
	"reserved_minor" bigint DEFAULT 0 NOT NULL,
	"currency" text DEFAULT 'EUR' NOT NULL,
	"valid_until" timestamp with time zone NOT NULL,
	"blocked_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "one_voucher_per_code" UNIQUE("code_hash"),
	CONSTRAINT "voucher_never_below_zero" CHECK ("vouchers"."balance_minor" >= 0),
	CONSTRAINT "voucher_reserved_within_balance" CHECK ("vouchers"."reserved_minor" between 0 and "vouchers"."balance_minor")
);
--> statement-breakpoint
ALTER TABLE "baskets" ADD COLUMN "voucher_ids" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "tendered_minor" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "sub_orders" ADD COLUMN "tendered_minor" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "order_tenders" ADD CONSTRAINT "order_tenders_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_tenders" ADD CONSTRAINT "order_tenders_voucher_id_vouchers_id_fk" FOREIGN KEY ("voucher_id") REFERENCES "public"."vouchers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_tenders" ADD CONSTRAINT "order_tenders_issuer_id_voucher_issuers_id_fk" FOREIGN KEY ("issuer_id") REFERENCES "public"."voucher_issuers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tender_positions" ADD CONSTRAINT "tender_positions_tender_id_order_tenders_id_fk" FOREIGN KEY ("tender_id") REFERENCES "public"."order_tenders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tender_releases" ADD CONSTRAINT "tender_releases_tender_id_order_tenders_id_fk" FOREIGN KEY ("tender_id") REFERENCES "public"."order_tenders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tender_releases" ADD CONSTRAINT "tender_releases_sub_order_id_sub_orders_id_fk" FOREIGN KEY ("sub_order_id") REFERENCES "public"."sub_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "voucher_movements" ADD CONSTRAINT "voucher_movements_voucher_id_vouchers_id_fk" FOREIGN KEY ("voucher_id") REFERENCES "public"."vouchers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "voucher_series" ADD CONSTRAINT "voucher_series_issuer_id_voucher_issuers_id_fk" FOREIGN KEY ("issuer_id") REFERENCES "public"."voucher_issuers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "voucher_settlement_transactions" ADD CONSTRAINT "voucher_settlement_transactions_transaction_id_ledger_transactions_id_fk" FOREIGN KEY ("transaction_id") REFERENCES "public"."ledger_transactions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "voucher_settlement_transactions" ADD CONSTRAINT "voucher_settlement_transactions_settlement_id_voucher_settlements_id_fk" FOREIGN KEY ("settlement_id") REFERENCES "public"."voucher_settlements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "voucher_settlements" ADD CONSTRAINT "voucher_settlements_issuer_id_voucher_issuers_id_fk" FOREIGN KEY ("issuer_id") REFERENCES "public"."voucher_issuers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "voucher_settlements" ADD CONSTRAINT "voucher_settlements_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vouchers" ADD CONSTRAINT "vouchers_series_id_voucher_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "public"."voucher_series"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "tenders_of_voucher" ON "order_tenders" USING btree ("voucher_id");--> statement-breakpoint
CREATE INDEX "tenders_of_sub_order" ON "tender_positions" USING btree ("sub_order_id");--> statement-breakpoint
CREATE INDEX "releases_of_tender" ON "tender_releases" USING btree ("tender_id");--> statement-breakpoint
CREATE INDEX "movements_of_voucher" ON "voucher_movements" USING btree ("voucher_id","occurred_at");--> statement-breakpoint
CREATE INDEX "series_of_issuer" ON "voucher_series" USING btree ("issuer_id");--> statement-breakpoint
CREATE INDEX "transactions_of_settlement" ON "voucher_settlement_transactions" USING btree ("settlement_id");--> statement-breakpoint
CREATE INDEX "settlements_of_merchant" ON "voucher_settlements" USING btree ("merchant_id");--> statement-breakpoint
CREATE INDEX "vouchers_of_series" ON "vouchers" USING btree ("series_id");--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "vouchers_pay_within_order" CHECK ("orders"."tendered_minor" between 0 and "orders"."total_minor");--> statement-breakpoint
ALTER TABLE "sub_orders" ADD CONSTRAINT "vouchers_pay_within_sub_order" CHECK ("sub_orders"."tendered_minor" between 0 and "sub_orders"."total_minor" - "sub_orders"."rescue_minor");--> statement-breakpoint
CREATE TRIGGER voucher_movements_are_facts BEFORE UPDATE OR DELETE ON voucher_movements FOR EACH ROW EXECUTE FUNCTION refuse_change_of_a_fact();--> statement-breakpoint
CREATE TRIGGER tender_positions_are_facts BEFORE UPDATE OR DELETE ON tender_positions FOR EACH ROW EXECUTE FUNCTION refuse_change_of_a_fact();--> statement-breakpoint
CREATE TRIGGER tender_releases_are_facts BEFORE UPDATE OR DELETE ON tender_releases FOR EACH ROW EXECUTE FUNCTION refuse_change_of_a_fact();--> statement-breakpoint
CREATE TRIGGER voucher_settlement_transactions_are_facts BEFORE UPDATE OR DELETE ON voucher_settlement_transactions FOR EACH ROW EXECUTE FUNCTION refuse_change_of_a_fact();
