-- An offer is looked at by search only where it has units, and no level can stand before its offer: a new offer is noted with its first level,
-- and a level that begins empty changes nothing that was shown. An import noted each of its rows three times; it is twice now.
DROP TRIGGER search_notes_new_offers ON offers;--> statement-breakpoint
CREATE OR REPLACE FUNCTION note_levels_for_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO search_changes (listing_id)
    SELECT DISTINCT f.listing_id FROM new_rows n JOIN offers f ON f.id = n.offer_id WHERE n.on_hand - n.reserved - n.allocated - n.safety_stock > 0;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO search_changes (listing_id) SELECT DISTINCT f.listing_id FROM old_rows o JOIN offers f ON f.id = o.offer_id;
  ELSE
    INSERT INTO search_changes (listing_id)
    SELECT DISTINCT f.listing_id FROM new_rows n JOIN old_rows o USING (offer_id, location_id) JOIN offers f ON f.id = n.offer_id
    WHERE (n.on_hand - n.reserved - n.allocated - n.safety_stock > 0) <> (o.on_hand - o.reserved - o.allocated - o.safety_stock > 0);
  END IF;
  RETURN NULL;
END $$;
