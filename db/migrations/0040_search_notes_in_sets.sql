ALTER TABLE "price_history" DROP CONSTRAINT "price_history_offer_id_offers_id_fk";
--> statement-breakpoint
ALTER TABLE "shop_products" DROP CONSTRAINT "shop_products_shop_id_shops_id_fk";
--> statement-breakpoint
ALTER TABLE "shop_products" DROP CONSTRAINT "shop_products_product_id_products_id_fk";
--> statement-breakpoint
ALTER TABLE "search_changes" ADD COLUMN "listing_ids" text[];