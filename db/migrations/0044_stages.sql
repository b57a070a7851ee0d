ALTER TABLE "city_settings" ADD COLUMN "opening_shops" integer DEFAULT 10 NOT NULL;--> statement-breakpoint
ALTER TABLE "city_settings" ADD COLUMN "opening_products" integer DEFAULT 300 NOT NULL;--> statement-breakpoint
ALTER TABLE "city_settings" ADD COLUMN "city_shops" integer DEFAULT 40 NOT NULL;--> statement-breakpoint
ALTER TABLE "city_settings" ADD COLUMN "city_products" integer DEFAULT 3000 NOT NULL;--> statement-breakpoint
ALTER TABLE "city_settings" ADD CONSTRAINT "stages_follow_each_other" CHECK ("city_settings"."opening_shops" between 0 and "city_settings"."city_shops" and "city_settings"."opening_products" between 0 and "city_settings"."city_products");