CREATE TABLE "closing_checks" (
	"merchant_id" text PRIMARY KEY NOT NULL,
	"checked_at" timestamp with time zone NOT NULL,
	"closings" integer NOT NULL,
	"broken" jsonb
);
--> statement-breakpoint
CREATE TABLE "closing_heads" (
	"merchant_id" text NOT NULL,
	"period" text NOT NULL,
	"sequence" integer NOT NULL,
	"starts_on" date NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "one_head_per_series" PRIMARY KEY("merchant_id","period")
);
--> statement-breakpoint
ALTER TABLE "closing_checks" ADD CONSTRAINT "closing_checks_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "closing_heads" ADD CONSTRAINT "closing_heads_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ledger_recorded_of_merchant" ON "ledger_transactions" USING btree ("merchant_id","recorded_at");--> statement-breakpoint
INSERT INTO "closing_heads" ("merchant_id", "period", "sequence", "starts_on", "hash")
  SELECT DISTINCT ON ("merchant_id", "period") "merchant_id", "period", "sequence", "starts_on", "hash" FROM "closings" ORDER BY "merchant_id", "period", "sequence" DESC;--> statement-breakpoint
CREATE FUNCTION closing_heads_go_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR NEW.sequence <= OLD.sequence THEN
    RAISE EXCEPTION 'the head of a series of closings only goes forward';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER closing_heads_go_forward BEFORE UPDATE OR DELETE ON closing_heads FOR EACH ROW EXECUTE FUNCTION closing_heads_go_forward();
