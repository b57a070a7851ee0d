CREATE TABLE "rescues" (
	"id" text PRIMARY KEY NOT NULL,
	"order_id" text NOT NULL,
	"sub_order_id" text NOT NULL,
	"line_id" text NOT NULL,
	"quantity" integer NOT NULL,
	"cause" text NOT NULL,
	"state" text NOT NULL,
	"attempts" integer NOT NULL,
	"goods_minor" bigint NOT NULL,
	"delivery_minor" bigint NOT NULL,
	"options" jsonb,
	"decide_by" timestamp with time zone,
	"opened_at" timestamp with time zone NOT NULL,
	"decided_at" timestamp with time zone,
	CONSTRAINT "rescue_has_units" CHECK ("rescues"."quantity" > 0),
	CONSTRAINT "rescue_money_not_negative" CHECK ("rescues"."goods_minor" >= 0 and "rescues"."delivery_minor" >= 0),
	CONSTRAINT "rescue_attempts_counted" CHECK ("rescues"."attempts" >= 0)
);
--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "channel" text DEFAULT 'mail' NOT NULL;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "refused_quantity" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "rescue_minor" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "rescue_id" text;--> statement-breakpoint
ALTER TABLE "sub_orders" ADD COLUMN "rescue_minor" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "shops" ADD COLUMN "pause_reason" text;--> statement-breakpoint
ALTER TABLE "rescues" ADD CONSTRAINT "rescues_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rescues" ADD CONSTRAINT "rescues_sub_order_id_sub_orders_id_fk" FOREIGN KEY ("sub_order_id") REFERENCES "public"."sub_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rescues" ADD CONSTRAINT "rescues_line_id_order_lines_id_fk" FOREIGN KEY ("line_id") REFERENCES "public"."order_lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "rescues_of_order" ON "rescues" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "rescues_of_line" ON "rescues" USING btree ("line_id");--> statement-breakpoint
CREATE INDEX "rescues_to_decide" ON "rescues" USING btree ("decide_by") WHERE "rescues"."state" in ('asked', 'waiting');--> statement-breakpoint
CREATE INDEX "rescues_to_search" ON "rescues" USING btree ("opened_at") WHERE "rescues"."state" = 'searching';--> statement-breakpoint
CREATE INDEX "lines_of_rescue" ON "order_lines" USING btree ("rescue_id") WHERE "order_lines"."rescue_id" is not null;--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "refused_within_ordered" CHECK ("order_lines"."refused_quantity" between 0 and "order_lines"."quantity");--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "rescue_within_line" CHECK ("order_lines"."rescue_minor" between 0 and "order_lines"."total_minor");--> statement-breakpoint
ALTER TABLE "sub_orders" ADD CONSTRAINT "rescue_within_sub_order" CHECK ("sub_orders"."rescue_minor" between 0 and "sub_orders"."total_minor");--> statement-breakpoint
-- What was short at the pick so far is what the shop did not serve.
UPDATE "order_lines" SET "refused_quantity" = "quantity" - "picked_quantity" WHERE "picked_quantity" < "quantity"
	AND "sub_order_id" IN (SELECT "id" FROM "sub_orders" WHERE "state" IN ('ready', 'despatched', 'handed-over', 'delivered', 'uncollected'));
