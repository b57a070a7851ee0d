CREATE TABLE "search_changes" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"listing_id" text,
	"noted_by" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"noted_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_demand" (
	"day" date NOT NULL,
	"words" text NOT NULL,
	"asked" integer NOT NULL,
	"found_nothing" integer NOT NULL,
	CONSTRAINT "one_count_per_day_and_words" PRIMARY KEY("day","words")
);
--> statement-breakpoint
CREATE TABLE "search_generations" (
	"id" integer PRIMARY KEY NOT NULL,
	"generation" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_synonyms" (
	"entry" text PRIMARY KEY NOT NULL,
	"is_silenced" boolean DEFAULT false NOT NULL,
	"changed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "changes_by_transaction" ON "search_changes" USING btree ("noted_by");--> statement-breakpoint
CREATE INDEX "changes_by_time" ON "search_changes" USING btree ("noted_at");--> statement-breakpoint
-- What search shows is noted by the database itself, once per statement, in the transaction that changes it: no writer can forget to.
-- Only what matters is noted: a stock level when its last unit goes or the first one comes, an offer when what can be filtered by changes.
CREATE FUNCTION note_listings_for_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN INSERT INTO search_changes (listing_id) SELECT id FROM new_rows;
  ELSIF TG_OP = 'DELETE' THEN INSERT INTO search_changes (listing_id) SELECT id FROM old_rows;
  ELSE
    INSERT INTO search_changes (listing_id)
    SELECT n.id FROM new_rows n JOIN old_rows o USING (id)
    WHERE (n.variant_id, n.category_id, n.title, n.key_attribute, n.brand, n.is_published)
      IS DISTINCT FROM (o.variant_id, o.category_id, o.title, o.key_attribute, o.brand, o.is_published);
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION note_offers_for_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN INSERT INTO search_changes (listing_id) SELECT DISTINCT listing_id FROM new_rows;
  ELSIF TG_OP = 'DELETE' THEN INSERT INTO search_changes (listing_id) SELECT DISTINCT listing_id FROM old_rows;
  ELSE
    INSERT INTO search_changes (listing_id)
    SELECT DISTINCT unnest(ARRAY[n.listing_id, o.listing_id]) FROM new_rows n JOIN old_rows o USING (id)
    WHERE (n.listing_id, n.shop_id, n.price_minor, n.condition, n.is_active)
      IS DISTINCT FROM (o.listing_id, o.shop_id, o.price_minor, o.condition, o.is_active);
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION note_levels_for_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO search_changes (listing_id) SELECT DISTINCT f.listing_id FROM new_rows n JOIN offers f ON f.id = n.offer_id;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO search_changes (listing_id) SELECT DISTINCT f.listing_id FROM old_rows o JOIN offers f ON f.id = o.offer_id;
  ELSE
    INSERT INTO search_changes (listing_id)
    SELECT DISTINCT f.listing_id FROM new_rows n JOIN old_rows o USING (offer_id, location_id) JOIN offers f ON f.id = n.offer_id
    WHERE (n.on_hand - n.reserved - n.allocated - n.safety_stock > 0) <> (o.on_hand - o.reserved - o.allocated - o.safety_stock > 0);
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION note_products_for_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_changes (listing_id)
  SELECT DISTINCT l.id FROM new_rows n JOIN old_rows o USING (id) JOIN variants v ON v.product_id = n.id JOIN listings l ON l.variant_id = v.id
  WHERE (n.description, n.attributes) IS DISTINCT FROM (o.description, o.attributes);
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION note_variants_for_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_changes (listing_id)
  SELECT DISTINCT l.id FROM new_rows n JOIN old_rows o USING (id) JOIN listings l ON l.variant_id = n.id
  WHERE (n.product_id, n.gtin, n.label, n.attributes) IS DISTINCT FROM (o.product_id, o.gtin, o.label, o.attributes);
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION note_everything_for_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_changes (listing_id) VALUES (NULL);
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER search_notes_new_listings AFTER INSERT ON listings REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_listings_for_search();--> statement-breakpoint
CREATE TRIGGER search_notes_changed_listings AFTER UPDATE ON listings REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION note_listings_for_search();--> statement-breakpoint
CREATE TRIGGER search_notes_gone_listings AFTER DELETE ON listings REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION note_listings_for_search();--> statement-breakpoint
CREATE TRIGGER search_notes_new_offers AFTER INSERT ON offers REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_offers_for_search();--> statement-breakpoint
CREATE TRIGGER search_notes_changed_offers AFTER UPDATE ON offers REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION note_offers_for_search();--> statement-breakpoint
CREATE TRIGGER search_notes_gone_offers AFTER DELETE ON offers REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION note_offers_for_search();--> statement-breakpoint
CREATE TRIGGER search_notes_new_levels AFTER INSERT ON stock_levels REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_levels_for_search();--> statement-breakpoint
CREATE TRIGGER search_notes_changed_levels AFTER UPDATE ON stock_levels REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION note_levels_for_search();--> statement-breakpoint
CREATE TRIGGER search_notes_gone_levels AFTER DELETE ON stock_levels REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION note_levels_for_search();--> statement-breakpoint
CREATE TRIGGER search_notes_changed_products AFTER UPDATE ON products REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION note_products_for_search();--> statement-breakpoint
CREATE TRIGGER search_notes_changed_variants AFTER UPDATE ON variants REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION note_variants_for_search();--> statement-breakpoint
CREATE TRIGGER search_notes_categories AFTER INSERT OR UPDATE OR DELETE ON categories FOR EACH STATEMENT EXECUTE FUNCTION note_everything_for_search();--> statement-breakpoint
CREATE TRIGGER search_notes_lead_times AFTER UPDATE OF lead_time_minutes ON stock_locations FOR EACH STATEMENT EXECUTE FUNCTION note_everything_for_search();
