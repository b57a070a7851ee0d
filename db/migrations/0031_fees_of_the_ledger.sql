CREATE TABLE "ledger_fees" (
	"transaction_id" text NOT NULL,
	"position" integer NOT NULL,
	"rule_id" text,
	"rate_bps" integer NOT NULL,
	"basis_minor" bigint NOT NULL,
	"fee_minor" bigint NOT NULL,
	"vat_rate_bps" integer NOT NULL,
	CONSTRAINT "one_fee_per_position" PRIMARY KEY("transaction_id","position")
);
--> statement-breakpoint
ALTER TABLE "ledger_fees" ADD CONSTRAINT "ledger_fees_transaction_id_ledger_transactions_id_fk" FOREIGN KEY ("transaction_id") REFERENCES "public"."ledger_transactions"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE TRIGGER ledger_fees_are_facts BEFORE UPDATE OR DELETE ON ledger_fees FOR EACH ROW EXECUTE FUNCTION refuse_change_of_a_fact();--> statement-breakpoint
-- Looked at when the transaction commits: by then the entries of the cause are there too.
CREATE FUNCTION fees_must_be_the_commission() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT sum(fee_minor) FROM ledger_fees WHERE transaction_id = NEW.transaction_id)
    <> (SELECT coalesce(sum(amount_minor), 0) FROM ledger_entries WHERE transaction_id = NEW.transaction_id AND account = 'commission') THEN
    RAISE EXCEPTION 'the fees of ledger transaction % are not its commission', NEW.transaction_id USING ERRCODE = 'check_violation', CONSTRAINT = 'fees_are_the_commission';
  END IF;
  RETURN NULL;
END;
$$;--> statement-breakpoint
CREATE CONSTRAINT TRIGGER fees_are_the_commission AFTER INSERT ON ledger_fees DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fees_must_be_the_commission();
