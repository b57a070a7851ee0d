import { sql } from 'drizzle-orm';
import { listings, offers, stockLevels, stockLocations } from '@/db/schema';
import type { CategoryId, ShopId } from '@/lib/kernel';
import type { Tx } from '@/lib/platform/transaction';

/** What is withheld in one department, or in all those without a rule of their own. */
export type Withholding = {
  readonly categoryId: CategoryId | undefined;
  readonly safetyStock: number;
  readonly routingSafetyStock: number;
};

/**
 * Withholds units of a shop's own shelves by these rules, from now on. One statement. Units already promised stay promised; a level that is too
 * old to be sold by stays out of sale.
 */
export async function withholdStock(tx: Tx, shopId: ShopId, rules: readonly Withholding[]): Promise<void> {
  const column = <T>(pick: (rule: Withholding) => T) => sql.param(rules.map(pick));
  await tx.execute(sql`
    with rule as (
      select * from unnest(${column((rule) => rule.categoryId ?? null)}::text[], ${column((rule) => rule.safetyStock)}::int[],
        ${column((rule) => rule.routingSafetyStock)}::int[]) as rule(category_id, safety, routing)
    ), wanted as (
      select offer.id as offer_id, coalesce(own.safety, rest.safety, 0) as safety, coalesce(own.routing, rest.routing, 0) as routing
      from ${offers} offer join ${listings} listing on listing.id = offer.listing_id
      left join rule own on own.category_id = listing.category_id
      left join rule rest on rest.category_id is null
      where offer.shop_id = ${shopId}
    ), locked as (
      select level.offer_id, level.location_id, wanted.safety, wanted.routing from ${stockLevels} level
      join wanted on wanted.offer_id = level.offer_id
      join ${stockLocations} place on place.id = level.location_id and place.shop_id = ${shopId}
      order by level.offer_id, level.location_id for update of level
    )
    update ${stockLevels} level set usual_safety_stock = locked.safety, routing_safety_stock = locked.routing,
      safety_stock = case when level.stale_since is null then locked.safety else greatest(level.safety_stock, locked.safety) end
    from locked where level.offer_id = locked.offer_id and level.location_id = locked.location_id`);
}
