-- A statement notes what it changed in one row, however many listings: an import of a hundred thousand wrote two hundred thousand notes, each
-- into three indexes. What is noted, and when, stays as it was.
ALTER TABLE "search_changes" DROP COLUMN "listing_id";--> statement-breakpoint
CREATE OR REPLACE FUNCTION note_listings_for_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN INSERT INTO search_changes (listing_ids) SELECT array_agg(id) FROM new_rows HAVING count(*) > 0;
  ELSIF TG_OP = 'DELETE' THEN INSERT INTO search_changes (listing_ids) SELECT array_agg(id) FROM old_rows HAVING count(*) > 0;
  ELSE
    INSERT INTO search_changes (listing_ids)
    SELECT array_agg(n.id) FROM new_rows n JOIN old_rows o USING (id)
    WHERE (n.variant_id, n.category_id, n.title, n.key_attribute, n.brand, n.is_published)
      IS DISTINCT FROM (o.variant_id, o.category_id, o.title, o.key_attribute, o.brand, o.is_published)
    HAVING count(*) > 0;
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION note_offers_for_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO search_changes (listing_ids) SELECT array_agg(DISTINCT listing_id) FROM old_rows HAVING count(*) > 0;
  ELSE
    INSERT INTO search_changes (listing_ids)
    SELECT array_agg(DISTINCT touched) FROM new_rows n JOIN old_rows o USING (id) CROSS JOIN LATERAL unnest(ARRAY[n.listing_id, o.listing_id]) AS touched
    WHERE (n.listing_id, n.shop_id, n.price_minor, n.condition, n.is_active)
      IS DISTINCT FROM (o.listing_id, o.shop_id, o.price_minor, o.condition, o.is_active)
    HAVING count(*) > 0;
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION note_levels_for_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO search_changes (listing_ids)
    SELECT array_agg(DISTINCT f.listing_id) FROM new_rows n JOIN offers f ON f.id = n.offer_id WHERE n.on_hand - n.reserved - n.allocated - n.safety_stock > 0
    HAVING count(*) > 0;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO search_changes (listing_ids)
    SELECT array_agg(DISTINCT f.listing_id) FROM old_rows o JOIN offers f ON f.id = o.offer_id HAVING count(*) > 0;
  ELSE
    INSERT INTO search_changes (listing_ids)
    SELECT array_agg(DISTINCT f.listing_id) FROM new_rows n JOIN old_rows o USING (offer_id, location_id) JOIN offers f ON f.id = n.offer_id
    WHERE (n.on_hand - n.reserved - n.allocated - n.safety_stock > 0) <> (o.on_hand - o.reserved - o.allocated - o.safety_stock > 0)
    HAVING count(*) > 0;
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION note_products_for_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_changes (listing_ids)
  SELECT array_agg(DISTINCT l.id) FROM new_rows n JOIN old_rows o USING (id) JOIN variants v ON v.product_id = n.id JOIN listings l ON l.variant_id = v.id
  WHERE (n.description, n.attributes) IS DISTINCT FROM (o.description, o.attributes)
  HAVING count(*) > 0;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION note_variants_for_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_changes (listing_ids)
  SELECT array_agg(DISTINCT l.id) FROM new_rows n JOIN old_rows o USING (id) JOIN listings l ON l.variant_id = n.id
  WHERE (n.product_id, n.gtin, n.label, n.attributes) IS DISTINCT FROM (o.product_id, o.gtin, o.label, o.attributes)
  HAVING count(*) > 0;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION note_everything_for_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_changes (listing_ids) VALUES (NULL);
  RETURN NULL;
END $$;
