CREATE TABLE "demo_bank_transfers" (
	"reference" text PRIMARY KEY NOT NULL,
	"intent" text NOT NULL,
	"direction" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "demo_bank_transfer_is_positive" CHECK ("demo_bank_transfers"."amount_minor" > 0)
);
--> statement-breakpoint
CREATE TABLE "former_intents" (
	"provider" text NOT NULL,
	"reference" text NOT NULL,
	"payment_id" text NOT NULL,
	"arrived_minor" bigint DEFAULT 0 NOT NULL,
	"sent_back_minor" bigint DEFAULT 0 NOT NULL,
	"left_at" timestamp with time zone NOT NULL,
	"let_go_at" timestamp with time zone,
	CONSTRAINT "one_former_intent_per_reference" PRIMARY KEY("provider","reference")
);
--> statement-breakpoint
ALTER TABLE "demo_intents" ADD COLUMN "method" text DEFAULT 'card' NOT NULL;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "method" text DEFAULT 'card' NOT NULL;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "attempt" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "charge_reference" text;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "pay_to" jsonb;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "arrived_minor" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "sent_back_minor" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "demo_bank_transfers" ADD CONSTRAINT "demo_bank_transfers_intent_demo_intents_reference_fk" FOREIGN KEY ("intent") REFERENCES "public"."demo_intents"("reference") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "former_intents" ADD CONSTRAINT "former_intents_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "demo_bank_transfers_of_intent" ON "demo_bank_transfers" USING btree ("intent");--> statement-breakpoint
CREATE INDEX "former_intents_of_payment" ON "former_intents" USING btree ("payment_id");--> statement-breakpoint
CREATE INDEX "former_intents_due" ON "former_intents" USING btree ("left_at") WHERE "former_intents"."let_go_at" is null or "former_intents"."arrived_minor" > "former_intents"."sent_back_minor";--> statement-breakpoint
CREATE INDEX "payments_with_money_lying" ON "payments" USING btree ("order_id") WHERE "payments"."arrived_minor" > "payments"."sent_back_minor" + "payments"."captured_minor";--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "sent_back_within_arrived" CHECK ("payments"."sent_back_minor" between 0 and "payments"."arrived_minor");