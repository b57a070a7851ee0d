CREATE TABLE "picture_wishes" (
	"product_id" text NOT NULL,
	"shop_id" text NOT NULL,
	"digest" text NOT NULL,
	"address" text NOT NULL,
	"origin" text NOT NULL,
	"position" integer NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_try_at" timestamp with time zone NOT NULL,
	"key" text,
	"checksum" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "one_wish_per_address" PRIMARY KEY("product_id","shop_id","digest")
);
--> statement-breakpoint
ALTER TABLE "import_items" ADD COLUMN "images" jsonb;--> statement-breakpoint
ALTER TABLE "picture_wishes" ADD CONSTRAINT "picture_wishes_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "picture_wishes" ADD CONSTRAINT "picture_wishes_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "wishes_due" ON "picture_wishes" USING btree ("next_try_at") WHERE "picture_wishes"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "wishes_of_origin" ON "picture_wishes" USING btree ("origin");