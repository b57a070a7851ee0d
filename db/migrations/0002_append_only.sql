-- Facts are written once: what these tables hold is corrected by a new row, never by an edit.
CREATE FUNCTION refuse_change_of_a_fact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a row of % is a fact: write a new one instead of changing it', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END;
$$;--> statement-breakpoint
CREATE TRIGGER domain_events_are_facts BEFORE UPDATE OR DELETE ON domain_events FOR EACH ROW EXECUTE FUNCTION refuse_change_of_a_fact();--> statement-breakpoint
CREATE TRIGGER stock_movements_are_facts BEFORE UPDATE OR DELETE ON stock_movements FOR EACH ROW EXECUTE FUNCTION refuse_change_of_a_fact();--> statement-breakpoint
CREATE TRIGGER price_history_is_facts BEFORE UPDATE OR DELETE ON price_history FOR EACH ROW EXECUTE FUNCTION refuse_change_of_a_fact();--> statement-breakpoint
CREATE TRIGGER sub_order_events_are_facts BEFORE UPDATE OR DELETE ON sub_order_events FOR EACH ROW EXECUTE FUNCTION refuse_change_of_a_fact();--> statement-breakpoint
CREATE TRIGGER routing_decisions_are_facts BEFORE UPDATE OR DELETE ON routing_decisions FOR EACH ROW EXECUTE FUNCTION refuse_change_of_a_fact();
