import { sql } from 'drizzle-orm';
import { stockLevels } from '@/db/schema';
import type { OfferId, Quantity, Result, StockLocationId } from '@/lib/kernel';
import { err, ok, quantity } from '@/lib/kernel';
import type { Tx } from '@/lib/platform/transaction';
import { planned } from '@/lib/platform/transaction';
import type { StockKey } from './stock-keys';
import { keyText } from './stock-keys';

/** Units wanted and what there is: demand nobody can supply from that place. */
export type StockShortfall = StockKey & { readonly wanted: Quantity; readonly available: Quantity };

export type InsufficientStock = { readonly kind: 'insufficient-stock'; readonly shortfalls: readonly StockShortfall[] };

/** Signed changes of what is spoken for at one level. Positive `reserve` or `claim` needs that many units available. */
export type LevelChange = StockKey & { readonly reserved: number; readonly allocated: number };

/**
 * Units withheld from sale may still serve an order that was taken already; what is withheld even then is never more (architecture §4).
 * `carried`: they came onto the shelf in this very transaction for the order that claims them, so nobody else's are touched.
 */
export type ClaimedFor = 'sale' | 'taken-order' | 'carried';

/**
 * Changes what is claimed at many levels at once: all of it or, when any level lacks the units, nothing.
 *
 * One statement. Rows are locked in key order before anything is compared, so that two claims for the same unit cannot both pass and two
 * claims for the same levels cannot wait for each other. Whether the units are there is judged on the locked rows.
 */
export async function changeClaims(
  tx: Tx,
  changes: readonly LevelChange[],
  forWhom: ClaimedFor = 'sale',
): Promise<Result<void, InsufficientStock>> {
  const net = netted(changes);
  if (net.length === 0) return ok(undefined);
  const withheld = forWhom === 'sale' ? sql`level.safety_stock` : sql`level.routing_safety_stock`;
  const rows = await tx.execute<{
    offer_id: OfferId;
    location_id: StockLocationId;
    wanted: number;
    available: number | null;
  }>(sql`${planned}
    with wanted as (
      select * from unnest(
        ${sql.param(net.map((change) => change.offerId))}::text[], ${sql.param(net.map((change) => change.locationId))}::text[],
        ${sql.param(net.map((change) => change.reserved))}::int[], ${sql.param(net.map((change) => change.allocated))}::int[]
      ) as change(offer_id, location_id, reserved, allocated)
    ), locked as (
      select level.offer_id, level.location_id, level.on_hand - level.reserved - level.allocated - ${withheld} as available
      from ${stockLevels} level join wanted using (offer_id, location_id)
      order by level.offer_id, level.location_id
      for update of level
    ), short as (
      select wanted.offer_id, wanted.location_id, wanted.reserved + wanted.allocated as wanted, locked.available
      from wanted left join locked using (offer_id, location_id)
      where locked.offer_id is null or (wanted.reserved + wanted.allocated > 0 and ${forWhom !== 'carried'}::boolean and locked.available < wanted.reserved + wanted.allocated)
    ), changed as (
      update ${stockLevels} level set reserved = level.reserved + wanted.reserved, allocated = level.allocated + wanted.allocated
      from wanted
      where level.offer_id = wanted.offer_id and level.location_id = wanted.location_id and not exists (select from short)
      returning 1
    )
    select * from short order by offer_id, location_id`);
  if (rows.length === 0) return ok(undefined);
  const shortfalls = rows.map((row): StockShortfall => ({
    offerId: row.offer_id,
    locationId: row.location_id,
    wanted: quantity(Math.max(0, row.wanted)),
    available: quantity(Math.max(0, row.available ?? 0)),
  }));
  return err({ kind: 'insufficient-stock', shortfalls });
}

/** One change per key, in key order, without those that cancel out. */
function netted(changes: readonly LevelChange[]): readonly LevelChange[] {
  const sums = new Map<string, LevelChange>();
  for (const change of changes) {
    const key = keyText(change);
    const before = sums.get(key);
    sums.set(key, {
      offerId: change.offerId,
      locationId: change.locationId,
      reserved: (before?.reserved ?? 0) + change.reserved,
      allocated: (before?.allocated ?? 0) + change.allocated,
    });
  }
  return [...sums.entries()]
    .filter(([, change]) => change.reserved !== 0 || change.allocated !== 0)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, change]) => change);
}
