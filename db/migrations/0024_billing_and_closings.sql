CREATE TABLE "commission_document_transactions" (
	"transaction_id" text PRIMARY KEY NOT NULL,
	"document_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "commission_documents" (
	"id" text PRIMARY KEY NOT NULL,
	"merchant_id" text NOT NULL,
	"kind" text NOT NULL,
	"sequence" integer NOT NULL,
	"number" text NOT NULL,
	"invoice_id" text,
	"period_from" date NOT NULL,
	"period_to" date NOT NULL,
	"content" jsonb NOT NULL,
	"gross_minor" bigint NOT NULL,
	"net_minor" bigint NOT NULL,
	"vat_minor" bigint NOT NULL,
	"currency" text DEFAULT 'EUR' NOT NULL,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	CONSTRAINT "commission_series_has_no_double" UNIQUE("kind","sequence"),
	CONSTRAINT "one_commission_document_per_number" UNIQUE("number"),
	CONSTRAINT "commission_document_adds_up" CHECK ("commission_documents"."gross_minor" = "commission_documents"."net_minor" + "commission_documents"."vat_minor"),
	CONSTRAINT "commission_credit_names_its_invoice" CHECK (("commission_documents"."kind" = 'credit-note') = ("commission_documents"."invoice_id" is not null)),
	CONSTRAINT "commission_period_is_in_order" CHECK ("commission_documents"."period_from" <= "commission_documents"."period_to")
);
--> statement-breakpoint
CREATE TABLE "commission_series" (
	"kind" text PRIMARY KEY NOT NULL,
	"last_sequence" integer NOT NULL,
	"last_hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "closings" (
	"merchant_id" text NOT NULL,
	"period" text NOT NULL,
	"sequence" integer NOT NULL,
	"starts_on" date NOT NULL,
	"content" jsonb NOT NULL,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL,
	"closed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "one_closing_per_number" PRIMARY KEY("merchant_id","period","sequence"),
	CONSTRAINT "period_is_closed_once" UNIQUE("merchant_id","period","starts_on"),
	CONSTRAINT "closing_counts_up" CHECK ("closings"."sequence" >= 1)
);
--> statement-breakpoint
ALTER TABLE "commission_document_transactions" ADD CONSTRAINT "commission_document_transactions_transaction_id_ledger_transactions_id_fk" FOREIGN KEY ("transaction_id") REFERENCES "public"."ledger_transactions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commission_document_transactions" ADD CONSTRAINT "commission_document_transactions_document_id_commission_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."commission_documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commission_documents" ADD CONSTRAINT "commission_documents_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "closings" ADD CONSTRAINT "closings_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "transactions_of_commission_document" ON "commission_document_transactions" USING btree ("document_id");--> statement-breakpoint
CREATE INDEX "commission_documents_of_merchant" ON "commission_documents" USING btree ("merchant_id","issued_at");--> statement-breakpoint
CREATE INDEX "closings_of_period" ON "closings" USING btree ("period","starts_on");--> statement-breakpoint
CREATE TRIGGER commission_documents_are_facts BEFORE UPDATE OR DELETE ON commission_documents FOR EACH ROW EXECUTE FUNCTION refuse_change_of_a_fact();--> statement-breakpoint
CREATE TRIGGER commission_document_transactions_are_facts BEFORE UPDATE OR DELETE ON commission_document_transactions FOR EACH ROW EXECUTE FUNCTION refuse_change_of_a_fact();--> statement-breakpoint
CREATE TRIGGER closings_are_facts BEFORE UPDATE OR DELETE ON closings FOR EACH ROW EXECUTE FUNCTION refuse_change_of_a_fact();
