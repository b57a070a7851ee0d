ALTER TABLE "stock_transfers" ADD COLUMN "sub_order_id" text;--> statement-breakpoint
ALTER TABLE "stock_transfers" ADD COLUMN "send_by" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "stock_transfers" ADD CONSTRAINT "stock_transfers_sub_order_id_sub_orders_id_fk" FOREIGN KEY ("sub_order_id") REFERENCES "public"."sub_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "transfers_for_orders" ON "stock_transfers" USING btree ("sub_order_id") WHERE "stock_transfers"."sub_order_id" is not null;--> statement-breakpoint
CREATE INDEX "transfers_to_send" ON "stock_transfers" USING btree ("send_by") WHERE "stock_transfers"."state" = 'requested' and "stock_transfers"."sub_order_id" is not null;--> statement-breakpoint
ALTER TABLE "stock_transfers" ADD CONSTRAINT "what_an_order_waits_for_has_its_hour" CHECK (("stock_transfers"."sub_order_id" is null) = ("stock_transfers"."send_by" is null));