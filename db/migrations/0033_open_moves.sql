CREATE TABLE "open_moves" (
	"transaction_id" text PRIMARY KEY NOT NULL,
	"merchant_id" text NOT NULL,
	"net_minor" bigint NOT NULL,
	"moved_minor" bigint NOT NULL,
	"is_paid_out" boolean DEFAULT false NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	CONSTRAINT "moved_within_net" CHECK ("open_moves"."moved_minor" between 0 and abs("open_moves"."net_minor"))
);
--> statement-breakpoint
ALTER TABLE "open_moves" ADD CONSTRAINT "open_moves_transaction_id_ledger_transactions_id_fk" FOREIGN KEY ("transaction_id") REFERENCES "public"."ledger_transactions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "open_moves_to_pay_out" ON "open_moves" USING btree ("merchant_id","occurred_at") WHERE not "open_moves"."is_paid_out";--> statement-breakpoint
CREATE INDEX "open_moves_to_transfer" ON "open_moves" USING btree ("occurred_at","transaction_id") WHERE abs("open_moves"."net_minor") > "open_moves"."moved_minor";
--> statement-breakpoint
-- What was written before and is not dealt with: the same rule as the code's, once.
INSERT INTO "open_moves" ("transaction_id", "merchant_id", "net_minor", "moved_minor", "is_paid_out", "occurred_at")
  SELECT * FROM (
    SELECT t."id", t."merchant_id", sum(e."amount_minor") AS net,
      CASE WHEN t."kind" = 'payout-failed' THEN abs(sum(e."amount_minor"))
        ELSE least(abs(sum(e."amount_minor")), (SELECT coalesce(sum(m."amount_minor"), 0) FROM "transfers" m WHERE m."transaction_id" = t."id")) END AS moved,
      EXISTS (SELECT 1 FROM "payout_transactions" p WHERE p."transaction_id" = t."id") AS paid_out, t."occurred_at"
    FROM "ledger_transactions" t JOIN "ledger_entries" e ON e."transaction_id" = t."id" AND e."account" IN ('merchant', 'voucher') AND e."phase" = 'posted'
    WHERE t."merchant_id" IS NOT NULL AND t."payout_id" IS NULL GROUP BY t."id"
  ) open WHERE NOT (open.paid_out AND open.moved >= abs(open.net));
