DROP INDEX "wishes_due";--> statement-breakpoint
CREATE INDEX "wishes_due" ON "picture_wishes" USING btree ("shop_id","next_try_at","product_id","position") WHERE "picture_wishes"."state" = 'waiting';