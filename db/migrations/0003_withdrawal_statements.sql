CREATE TABLE "withdrawal_statements" (
	"id" text PRIMARY KEY NOT NULL,
	"order_id" text NOT NULL,
	"number" text NOT NULL,
	"articles" text,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"locale" text NOT NULL,
	"stated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "withdrawal_statements" ADD CONSTRAINT "withdrawal_statements_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "statements_of_order" ON "withdrawal_statements" USING btree ("order_id");--> statement-breakpoint
CREATE TRIGGER withdrawal_statements_are_facts BEFORE UPDATE OR DELETE ON withdrawal_statements FOR EACH ROW EXECUTE FUNCTION refuse_change_of_a_fact();
