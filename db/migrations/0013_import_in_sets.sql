-- Rows and items of files are a staging area. What was not confirmed is brought again; what was being taken over stands as far as it came, and may be undone.
DELETE FROM import_rows;--> statement-breakpoint
DELETE FROM import_items WHERE import_id IN (SELECT id FROM imports WHERE state IN ('staged', 'checked'));--> statement-breakpoint
DELETE FROM imports WHERE state IN ('staged', 'checked');--> statement-breakpoint
UPDATE imports SET state = 'done', finished_at = now() WHERE state = 'applying';--> statement-breakpoint
ALTER TABLE "import_items" DROP CONSTRAINT "import_items_import_id_imports_id_fk";
--> statement-breakpoint
DROP INDEX "offers_of_shop";--> statement-breakpoint
ALTER TABLE "import_rows" DROP CONSTRAINT "import_row_once";--> statement-breakpoint
ALTER TABLE "categories" ADD COLUMN "legal_gates" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "responsible_person" jsonb;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "warnings" text;--> statement-breakpoint
ALTER TABLE "import_items" ADD COLUMN "made" text;--> statement-breakpoint
ALTER TABLE "import_items" ADD COLUMN "product_key" text;--> statement-breakpoint
ALTER TABLE "import_items" ADD COLUMN "title" text;--> statement-breakpoint
ALTER TABLE "import_items" ADD COLUMN "name" text;--> statement-breakpoint
ALTER TABLE "import_items" ADD COLUMN "label" text;--> statement-breakpoint
ALTER TABLE "import_items" ADD COLUMN "page_title" text;--> statement-breakpoint
ALTER TABLE "import_items" ADD COLUMN "slug" text;--> statement-breakpoint
ALTER TABLE "import_items" ADD COLUMN "key_attribute" text;--> statement-breakpoint
ALTER TABLE "import_items" ADD COLUMN "brand" text;--> statement-breakpoint
ALTER TABLE "import_items" ADD COLUMN "description" text;--> statement-breakpoint
ALTER TABLE "import_items" ADD COLUMN "shared_gtin" text;--> statement-breakpoint
ALTER TABLE "import_items" ADD COLUMN "category_id" text;--> statement-breakpoint
ALTER TABLE "import_items" ADD COLUMN "vat_rate_bps" integer;--> statement-breakpoint
ALTER TABLE "import_items" ADD COLUMN "condition" text;--> statement-breakpoint
ALTER TABLE "import_items" ADD COLUMN "shelf" text;--> statement-breakpoint
ALTER TABLE "import_items" ADD COLUMN "weight_grams" integer;--> statement-breakpoint
ALTER TABLE "import_items" ADD COLUMN "volume_cm3" integer;--> statement-breakpoint
ALTER TABLE "import_items" ADD COLUMN "net_quantity" integer;--> statement-breakpoint
ALTER TABLE "import_items" ADD COLUMN "net_unit" text;--> statement-breakpoint
ALTER TABLE "import_items" ADD COLUMN "attributes" jsonb;--> statement-breakpoint
ALTER TABLE "import_items" ADD COLUMN "options" jsonb;--> statement-breakpoint
ALTER TABLE "import_items" ADD COLUMN "manufacturer" jsonb;--> statement-breakpoint
ALTER TABLE "import_items" ADD COLUMN "responsible_person" jsonb;--> statement-breakpoint
ALTER TABLE "import_items" ADD COLUMN "warnings" text;--> statement-breakpoint
ALTER TABLE "import_items" ADD COLUMN "source" text;--> statement-breakpoint
ALTER TABLE "import_items" ADD COLUMN "licence" text;--> statement-breakpoint
ALTER TABLE "import_items" ADD COLUMN "provenance" jsonb;--> statement-breakpoint
ALTER TABLE "import_rows" ADD COLUMN "block" integer NOT NULL;--> statement-breakpoint
ALTER TABLE "import_rows" ADD COLUMN "rows" text NOT NULL;--> statement-breakpoint
ALTER TABLE "import_rows" ADD CONSTRAINT "import_block_once" PRIMARY KEY("import_id","block");--> statement-breakpoint
ALTER TABLE "import_items" DROP COLUMN "draft";--> statement-breakpoint
ALTER TABLE "import_rows" DROP COLUMN "row";--> statement-breakpoint
ALTER TABLE "import_rows" DROP COLUMN "cells";