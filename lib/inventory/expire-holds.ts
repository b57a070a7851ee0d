import { sql } from 'drizzle-orm';
import { reservations } from '@/db/schema';
import type { Instant, OfferId, StockLocationId } from '@/lib/kernel';
import { dateOf, ok } from '@/lib/kernel';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import { changeClaims } from './stock-level-repository';
import type { StockKey } from './stock-keys';

const BATCH = 500;

/** Frees what baskets held beyond their time (unpaid orders have their own end). Returns how many holds ended. */
export async function expireHolds(now: Instant = systemPorts.clock.now()): Promise<number> {
  for (let ended = 0; ;) {
    const batch = await withTransaction(async (tx) => ok(await endExpired(tx, sql`true`, now)));
    const count = batch.ok ? batch.value : 0;
    ended += count;
    if (count < BATCH) return ended;
  }
}

/** Frees expired holds at these levels, so that a late sweep costs nobody a unit. Rows another sweep is busy with are left to it. */
export async function freeExpiredHolds(tx: Tx, keys: readonly StockKey[], now: Instant): Promise<boolean> {
  const offers = sql.param(keys.map((key) => key.offerId));
  const locations = sql.param(keys.map((key) => key.locationId));
  return (await endExpired(tx, sql`(offer_id, location_id) in (select * from unnest(${offers}::text[], ${locations}::text[]))`, now)) > 0;
}

async function endExpired(tx: Tx, which: ReturnType<typeof sql>, now: Instant): Promise<number> {
  const ended = await tx.execute<{ offer_id: OfferId; location_id: StockLocationId; quantity: number }>(sql`
    update ${reservations} r set state = 'released' from (
      select id from ${reservations}
      where state = 'held' and order_line_id is null and expires_at <= ${dateOf(now).toISOString()}::timestamptz and ${which}
      order by id limit ${BATCH} for update skip locked
    ) expired where r.id = expired.id returning r.offer_id, r.location_id, r.quantity`);
  await changeClaims(
    tx,
    ended.map((row) => ({ offerId: row.offer_id, locationId: row.location_id, reserved: -row.quantity, allocated: 0 })),
  );
  return ended.length;
}
