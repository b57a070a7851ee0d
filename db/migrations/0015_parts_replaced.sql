ALTER TABLE "sub_orders" ADD COLUMN "replaces_id" text;--> statement-breakpoint
CREATE INDEX "parts_replacing" ON "sub_orders" USING btree ("replaces_id") WHERE "sub_orders"."replaces_id" is not null;