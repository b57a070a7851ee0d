CREATE TABLE "commission_checks" (
	"id" text PRIMARY KEY NOT NULL,
	"checked_at" timestamp with time zone NOT NULL,
	"documents" integer NOT NULL,
	"broken_from" text
);
--> statement-breakpoint
CREATE TABLE "open_fees" (
	"transaction_id" text PRIMARY KEY NOT NULL,
	"merchant_id" text NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "open_funds" (
	"sub_order_id" text PRIMARY KEY NOT NULL,
	"merchant_id" text NOT NULL,
	"funds_minor" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "open_voucher_dues" (
	"transaction_id" text NOT NULL,
	"issuer_id" text NOT NULL,
	"merchant_id" text NOT NULL,
	"owed_minor" bigint NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	CONSTRAINT "one_due_per_issuer" PRIMARY KEY("transaction_id","issuer_id")
);
--> statement-breakpoint
ALTER TABLE "open_fees" ADD CONSTRAINT "open_fees_transaction_id_ledger_transactions_id_fk" FOREIGN KEY ("transaction_id") REFERENCES "public"."ledger_transactions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "open_voucher_dues" ADD CONSTRAINT "open_voucher_dues_transaction_id_ledger_transactions_id_fk" FOREIGN KEY ("transaction_id") REFERENCES "public"."ledger_transactions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "open_fees_of_merchant" ON "open_fees" USING btree ("merchant_id","occurred_at");--> statement-breakpoint
CREATE INDEX "open_funds_of_merchant" ON "open_funds" USING btree ("merchant_id");--> statement-breakpoint
CREATE INDEX "dues_by_day" ON "open_voucher_dues" USING btree ("occurred_at");--> statement-breakpoint
CREATE INDEX "commission_documents_by_day" ON "commission_documents" USING btree ("issued_at","number");
--> statement-breakpoint
-- What was written before and is open: the same rules as the code's, once.
INSERT INTO "open_funds" ("sub_order_id", "merchant_id", "funds_minor")
  SELECT s."id", s."merchant_id", sum(e."amount_minor") FROM "ledger_entries" e JOIN "sub_orders" s ON s."id" = e."holder"
  WHERE e."account" = 'shopper-funds' AND e."phase" = 'posted' GROUP BY s."id" HAVING sum(e."amount_minor") <> 0;
--> statement-breakpoint
INSERT INTO "open_voucher_dues" ("transaction_id", "issuer_id", "merchant_id", "owed_minor", "occurred_at")
  SELECT t."id", e."holder", t."merchant_id", -sum(e."amount_minor"), t."occurred_at"
  FROM "ledger_transactions" t JOIN "ledger_entries" e ON e."transaction_id" = t."id"
    LEFT JOIN "voucher_settlement_transactions" v ON v."transaction_id" = t."id" AND v."issuer_id" = e."holder"
  WHERE e."account" = 'voucher' AND t."kind" IN ('earned', 'refunded') AND t."merchant_id" IS NOT NULL AND e."holder" IS NOT NULL AND v."transaction_id" IS NULL
  GROUP BY t."id", e."holder";
--> statement-breakpoint
INSERT INTO "open_fees" ("transaction_id", "merchant_id", "occurred_at")
  SELECT t."id", t."merchant_id", t."occurred_at" FROM "ledger_transactions" t
    LEFT JOIN "commission_document_transactions" c ON c."transaction_id" = t."id"
  WHERE t."merchant_id" IS NOT NULL AND t."kind" <> 'commission-rounded' AND c."transaction_id" IS NULL
    AND EXISTS (SELECT 1 FROM "ledger_entries" e WHERE e."transaction_id" = t."id" AND e."account" IN ('commission', 'commission-vat') AND e."phase" = 'posted');
