CREATE TABLE "document_series" (
	"merchant_id" text NOT NULL,
	"kind" text NOT NULL,
	"last_sequence" integer NOT NULL,
	"last_hash" text NOT NULL,
	CONSTRAINT "one_series_per_kind" PRIMARY KEY("merchant_id","kind"),
	CONSTRAINT "series_counts_up" CHECK ("document_series"."last_sequence" >= 0)
);
--> statement-breakpoint
CREATE TABLE "documents" (
	"id" text PRIMARY KEY NOT NULL,
	"merchant_id" text NOT NULL,
	"sub_order_id" text NOT NULL,
	"kind" text NOT NULL,
	"sequence" integer NOT NULL,
	"number" text NOT NULL,
	"invoice_id" text,
	"content" jsonb NOT NULL,
	"gross_minor" bigint NOT NULL,
	"net_minor" bigint NOT NULL,
	"vat_minor" bigint NOT NULL,
	"currency" text DEFAULT 'EUR' NOT NULL,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	CONSTRAINT "series_has_no_double" UNIQUE("merchant_id","kind","sequence"),
	CONSTRAINT "one_document_per_number" UNIQUE("merchant_id","number"),
	CONSTRAINT "document_adds_up" CHECK ("documents"."gross_minor" = "documents"."net_minor" + "documents"."vat_minor"),
	CONSTRAINT "credit_note_names_its_invoice" CHECK (("documents"."kind" = 'credit-note') = ("documents"."invoice_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "invoice_mandates" (
	"merchant_id" text NOT NULL,
	"version" text NOT NULL,
	"signer" text NOT NULL,
	"objection_days" integer NOT NULL,
	"signed_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "one_mandate_at_a_time" UNIQUE("merchant_id","signed_at"),
	CONSTRAINT "mandate_ends_after_it_began" CHECK ("invoice_mandates"."revoked_at" is null or "invoice_mandates"."revoked_at" > "invoice_mandates"."signed_at")
);
--> statement-breakpoint
CREATE TABLE "legal_mentions" (
	"country" text NOT NULL,
	"occasion" text NOT NULL,
	"mention" text NOT NULL,
	"exemption_code" text,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"source" text NOT NULL,
	CONSTRAINT "one_mention_at_a_time" UNIQUE("country","occasion","valid_from")
);
--> statement-breakpoint
ALTER TABLE "document_series" ADD CONSTRAINT "document_series_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_sub_order_id_sub_orders_id_fk" FOREIGN KEY ("sub_order_id") REFERENCES "public"."sub_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice_mandates" ADD CONSTRAINT "invoice_mandates_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "documents_of_sub_order" ON "documents" USING btree ("sub_order_id");--> statement-breakpoint
CREATE INDEX "documents_of_merchant" ON "documents" USING btree ("merchant_id","issued_at");--> statement-breakpoint
CREATE TRIGGER documents_are_facts BEFORE UPDATE OR DELETE ON documents FOR EACH ROW EXECUTE FUNCTION refuse_change_of_a_fact();
