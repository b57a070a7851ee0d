import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import { stockLevels, stockLocations, stockMovements } from '@/db/schema';
import type { Actor, Instant, ShopId } from '@/lib/kernel';
import { dateOf } from '@/lib/kernel';
import type { SourceGrade } from '@/lib/oms';
import { confidenceBps } from '@/lib/oms';
import { appendEvents } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { notAfter } from './movements';
import { shelvesChanged } from './record-stock-batch';

/** One count each of offers that the caller's own transaction has made: nobody else can know them, and nothing else is known of them. */
export type FirstCounts = {
  readonly shopId: ShopId;
  /** Where the facts come from: keys are unique within it. */
  readonly source: string;
  readonly grade: SourceGrade;
  readonly occurredAt: Instant;
  /** Something to select from: `offer_id`, `made` (the end of a new id), `quantity` (units, none of them absurd) and `key`. */
  readonly counts: SQL;
};

/**
 * Begins the shelves of offers that are new in this transaction, in two statements and without anything travelling: the figure of a level that
 * has one fact is that fact, and how far it is believed depends on the quantity alone. The same as `writeStockBatch` would write.
 */
export async function beginShelves(tx: Tx, actor: Actor, first: FirstCounts, ports: Ports): Promise<void> {
  const { shopId, source, grade, counts } = first;
  const now = ports.clock.now();
  const asOf = notAfter(first.occurredAt, now);
  const quantities = await tx.execute<{ quantity: number }>(sql`select distinct quantity from ${counts} counted`);
  if (quantities.length === 0) return;
  const believed = quantities.map(({ quantity }) => confidenceBps({ grade, ageMs: now - asOf, onHand: quantity, found: 0, missed: 0 }));
  const [begun] = await tx.execute<{ changed: number }>(sql`
    with counted as materialized (
      select counted.*, place.id as location_id from ${counts} counted
      cross join (select min(id) as id from ${stockLocations} where shop_id = ${shopId} and kind = 'shop') place where place.id is not null
    ), facts as (
      insert into ${stockMovements} (id, offer_id, location_id, kind, quantity, reason, source, source_key, occurred_at, received_at)
      select 'mov_' || made, offer_id, location_id, 'count', quantity, 'count', ${source}, key, ${iso(asOf)}, ${iso(now)} from counted
    ), levels as (
      insert into ${stockLevels} (offer_id, location_id, on_hand, as_of, confidence_bps, grade)
      select offer_id, location_id, quantity, ${iso(asOf)}, confidence, ${grade} from counted
      join unnest(${sql.param(quantities.map(({ quantity }) => quantity))}::int[], ${sql.param(believed)}::int[]) as believed(quantity, confidence) using (quantity)
      returning on_hand
    )
    select count(*) filter (where on_hand > 0)::int as changed from levels`);
  await appendEvents(tx, shelvesChanged(shopId, begun?.changed ?? 0), { actor, now, ids: ports.ids });
}

const iso = (at: Instant) => sql`${dateOf(at).toISOString()}::timestamptz`;
