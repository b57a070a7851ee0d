CREATE TABLE "match_reviews" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"listing_id" text NOT NULL,
	"other_listing_id" text NOT NULL,
	"likeness_bps" integer NOT NULL,
	"state" text NOT NULL,
	"moved" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"decided_at" timestamp with time zone,
	"decided_by" text,
	CONSTRAINT "one_review_per_pair" UNIQUE("listing_id","other_listing_id"),
	CONSTRAINT "pair_is_of_two" CHECK ("match_reviews"."listing_id" <> "match_reviews"."other_listing_id")
);
--> statement-breakpoint
CREATE TABLE "import_items" (
	"import_id" text NOT NULL,
	"position" integer NOT NULL,
	"row" integer NOT NULL,
	"verdict" text NOT NULL,
	"reason" text,
	"value" text,
	"sku" text,
	"gtin" text,
	"price_minor" bigint,
	"quantity" integer,
	"is_active" boolean,
	"draft" jsonb,
	"offer_id" text,
	"before" jsonb,
	CONSTRAINT "import_item_once" PRIMARY KEY("import_id","position")
);
--> statement-breakpoint
CREATE TABLE "import_mappings" (
	"shop_id" text NOT NULL,
	"signature" text NOT NULL,
	"mapping" jsonb NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "one_mapping_per_heading" PRIMARY KEY("shop_id","signature")
);
--> statement-breakpoint
CREATE TABLE "import_rows" (
	"import_id" text NOT NULL,
	"row" integer NOT NULL,
	"cells" jsonb NOT NULL,
	CONSTRAINT "import_row_once" PRIMARY KEY("import_id","row")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" text PRIMARY KEY NOT NULL,
	"shop_id" text NOT NULL,
	"person_id" text NOT NULL,
	"file_name" text NOT NULL,
	"format" text NOT NULL,
	"encoding" text,
	"separator" text,
	"shape" text,
	"header" jsonb NOT NULL,
	"mapping" jsonb NOT NULL,
	"state" text NOT NULL,
	"rows" integer NOT NULL,
	"counts" jsonb,
	"warnings" jsonb NOT NULL,
	"progress" integer DEFAULT 0 NOT NULL,
	"items" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"confirmed_at" timestamp with time zone,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "shop_products" (
	"shop_id" text NOT NULL,
	"product_key" text NOT NULL,
	"product_id" text NOT NULL,
	CONSTRAINT "one_product_per_key" PRIMARY KEY("shop_id","product_key")
);
--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "provenance" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "match_reviews" ADD CONSTRAINT "match_reviews_listing_id_listings_id_fk" FOREIGN KEY ("listing_id") REFERENCES "public"."listings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "match_reviews" ADD CONSTRAINT "match_reviews_other_listing_id_listings_id_fk" FOREIGN KEY ("other_listing_id") REFERENCES "public"."listings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_items" ADD CONSTRAINT "import_items_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_mappings" ADD CONSTRAINT "import_mappings_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shop_products" ADD CONSTRAINT "shop_products_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shop_products" ADD CONSTRAINT "shop_products_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reviews_by_state" ON "match_reviews" USING btree ("state","created_at");--> statement-breakpoint
CREATE INDEX "imports_of_shop" ON "imports" USING btree ("shop_id","created_at");--> statement-breakpoint
CREATE INDEX "listings_by_title" ON "listings" USING gin ("title" gin_trgm_ops);