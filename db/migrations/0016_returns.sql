CREATE SEQUENCE "public"."return_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1001 CACHE 1;--> statement-breakpoint
CREATE TABLE "return_cases" (
	"id" text PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"order_id" text NOT NULL,
	"sub_order_id" text NOT NULL,
	"shop_id" text NOT NULL,
	"cause" text NOT NULL,
	"remedy" text NOT NULL,
	"state" text NOT NULL,
	"way" text NOT NULL,
	"chosen_shop_id" text,
	"statement_id" text,
	"reason" text,
	"code" text NOT NULL,
	"stated_at" timestamp with time zone NOT NULL,
	"bring_by" timestamp with time zone NOT NULL,
	"reminded_at" timestamp with time zone,
	"sent_back_at" timestamp with time zone,
	"tracking" text,
	"received_at" timestamp with time zone,
	"received_shop_id" text,
	"question" text,
	"remedy_due_at" timestamp with time zone,
	"refused_reason" text,
	"ended_at" timestamp with time zone,
	CONSTRAINT "one_return_per_number" UNIQUE("number"),
	CONSTRAINT "a_received_return_has_its_shop" CHECK (("return_cases"."received_at" is null) = ("return_cases"."received_shop_id" is null)),
	CONSTRAINT "an_ended_return_has_its_time" CHECK (("return_cases"."state" in ('settled', 'refused', 'dropped')) = ("return_cases"."ended_at" is not null)),
	CONSTRAINT "a_withdrawal_is_never_refused" CHECK (not ("return_cases"."cause" = 'withdrawal' and "return_cases"."state" = 'refused'))
);
--> statement-breakpoint
CREATE TABLE "return_credits" (
	"id" text PRIMARY KEY NOT NULL,
	"return_id" text NOT NULL,
	"sub_order_id" text NOT NULL,
	"line_id" text,
	"quantity" integer NOT NULL,
	"shopper_minor" bigint NOT NULL,
	"rescue_minor" bigint NOT NULL,
	"is_before_capture" boolean NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "a_line_is_credited_once_per_return" UNIQUE NULLS NOT DISTINCT("return_id","line_id"),
	CONSTRAINT "credits_not_negative" CHECK ("return_credits"."shopper_minor" >= 0 and "return_credits"."rescue_minor" >= 0 and "return_credits"."quantity" >= 0),
	CONSTRAINT "delivery_has_no_units" CHECK ("return_credits"."line_id" is not null or "return_credits"."quantity" = 0)
);
--> statement-breakpoint
CREATE TABLE "return_events" (
	"id" text PRIMARY KEY NOT NULL,
	"return_id" text NOT NULL,
	"event" text NOT NULL,
	"to_state" text NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"shop_id" text,
	"detail" jsonb,
	"occurred_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "return_lines" (
	"return_id" text NOT NULL,
	"line_id" text NOT NULL,
	"quantity" integer NOT NULL,
	"brought_quantity" integer,
	"good_quantity" integer,
	"deduction_minor" bigint DEFAULT 0 NOT NULL,
	"destination" text,
	"shelf_offer_id" text,
	"clearing_minor" bigint DEFAULT 0 NOT NULL,
	"sent_home_at" timestamp with time zone,
	"back_home_at" timestamp with time zone,
	"exchange_offer_id" text,
	"supplement_minor" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "one_return_line_per_line" PRIMARY KEY("return_id","line_id"),
	CONSTRAINT "a_return_line_has_units" CHECK ("return_lines"."quantity" > 0),
	CONSTRAINT "no_more_is_brought_than_stated" CHECK ("return_lines"."brought_quantity" between 0 and "return_lines"."quantity"),
	CONSTRAINT "no_more_is_good_than_brought" CHECK ("return_lines"."good_quantity" between 0 and "return_lines"."brought_quantity"),
	CONSTRAINT "return_money_not_negative" CHECK ("return_lines"."deduction_minor" >= 0 and "return_lines"."clearing_minor" >= 0 and "return_lines"."supplement_minor" >= 0)
);
--> statement-breakpoint
ALTER TABLE "sub_orders" ADD COLUMN "standard_delivery_minor" bigint;--> statement-breakpoint
ALTER TABLE "return_cases" ADD CONSTRAINT "return_cases_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "return_cases" ADD CONSTRAINT "return_cases_sub_order_id_sub_orders_id_fk" FOREIGN KEY ("sub_order_id") REFERENCES "public"."sub_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "return_cases" ADD CONSTRAINT "return_cases_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "return_cases" ADD CONSTRAINT "return_cases_chosen_shop_id_shops_id_fk" FOREIGN KEY ("chosen_shop_id") REFERENCES "public"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "return_cases" ADD CONSTRAINT "return_cases_statement_id_withdrawal_statements_id_fk" FOREIGN KEY ("statement_id") REFERENCES "public"."withdrawal_statements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "return_cases" ADD CONSTRAINT "return_cases_received_shop_id_shops_id_fk" FOREIGN KEY ("received_shop_id") REFERENCES "public"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "return_credits" ADD CONSTRAINT "return_credits_return_id_return_cases_id_fk" FOREIGN KEY ("return_id") REFERENCES "public"."return_cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "return_credits" ADD CONSTRAINT "return_credits_sub_order_id_sub_orders_id_fk" FOREIGN KEY ("sub_order_id") REFERENCES "public"."sub_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "return_credits" ADD CONSTRAINT "return_credits_line_id_order_lines_id_fk" FOREIGN KEY ("line_id") REFERENCES "public"."order_lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "return_events" ADD CONSTRAINT "return_events_return_id_return_cases_id_fk" FOREIGN KEY ("return_id") REFERENCES "public"."return_cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "return_lines" ADD CONSTRAINT "return_lines_return_id_return_cases_id_fk" FOREIGN KEY ("return_id") REFERENCES "public"."return_cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "return_lines" ADD CONSTRAINT "return_lines_line_id_order_lines_id_fk" FOREIGN KEY ("line_id") REFERENCES "public"."order_lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "one_return_per_statement_and_part" ON "return_cases" USING btree ("statement_id","sub_order_id");--> statement-breakpoint
CREATE INDEX "returns_of_order" ON "return_cases" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "returns_of_part" ON "return_cases" USING btree ("sub_order_id");--> statement-breakpoint
CREATE INDEX "returns_of_origin" ON "return_cases" USING btree ("shop_id","stated_at");--> statement-breakpoint
CREATE INDEX "returns_received_in" ON "return_cases" USING btree ("received_shop_id","received_at");--> statement-breakpoint
CREATE INDEX "returns_open" ON "return_cases" USING btree ("stated_at") WHERE "return_cases"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "credits_of_part" ON "return_credits" USING btree ("sub_order_id");--> statement-breakpoint
CREATE INDEX "events_of_return" ON "return_events" USING btree ("return_id","occurred_at");--> statement-breakpoint
CREATE INDEX "returns_of_line" ON "return_lines" USING btree ("line_id");--> statement-breakpoint
CREATE INDEX "returns_to_send_home" ON "return_lines" USING btree ("return_id") WHERE "return_lines"."destination" = 'home' and "return_lines"."back_home_at" is null;--> statement-breakpoint
CREATE TRIGGER return_credits_are_facts BEFORE UPDATE OR DELETE ON return_credits FOR EACH ROW EXECUTE FUNCTION refuse_change_of_a_fact();--> statement-breakpoint
CREATE TRIGGER return_events_are_facts BEFORE UPDATE OR DELETE ON return_events FOR EACH ROW EXECUTE FUNCTION refuse_change_of_a_fact();
