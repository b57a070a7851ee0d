import type postgres from 'postgres';
import type { City } from '@/db/seed';
import { at, chanceOf, copyRows, countedAt, shelvesOf } from '@/db/seed';
import type { Instant } from '@/lib/kernel';
import { confidenceBps } from '@/lib/oms';

type Level = {
  readonly offer_id: string;
  readonly location_id: string;
  readonly on_hand: number;
  readonly claimed: number;
  readonly moved_at: number;
};

/** What a count finds: mostly what was on record, here and there a piece fewer or more, as in life. */
function counted(onHand: number, chance: ReturnType<typeof chanceOf>): number {
  if (onHand < 3 || !chance.isBelow(0.08)) return Math.max(0, onHand);
  return Math.max(0, onHand + chance.between(-2, 1));
}

/**
 * Gives the city's shelves ages of all kinds: what each shop last told about each shelf, as long ago as its grade makes likely. Written
 * in one go, because forty thousand counts through the counter would take an hour; a count is never older than the shelf's last movement,
 * so that on hand stays the fold of the movements.
 */
export async function recountShelves({
  sql,
  city,
  seed,
  now,
}: {
  readonly sql: postgres.Sql;
  readonly city: City;
  readonly seed: string;
  readonly now: Instant;
}): Promise<void> {
  const rows = await sql<Level[]>`
    select l.offer_id, l.location_id, l.on_hand, l.reserved + l.allocated as claimed,
      (select extract(epoch from max(m.occurred_at)) * 1000 from stock_movements m where m.offer_id = l.offer_id and m.location_id = l.location_id) as moved_at
    from stock_levels l`;
  const levels = new Map(rows.map((row) => [`${row.offer_id}@${row.location_id}`, row]));
  const counts = shelvesOf(city, seed).flatMap((shelf) => {
    const name = `${shelf.offer.id}@${shelf.locationId}`;
    const before = levels.get(name);
    if (!before) return [];
    const chance = chanceOf(seed, 'recount', name);
    const asOf = Math.max(countedAt(seed, shelf, now), Math.round(Number(before.moved_at)) + 1000);
    const onHand = before.claimed > 0 ? before.on_hand : counted(before.on_hand, chance);
    const evidence = { grade: shelf.grade, ageMs: now - asOf, onHand, found: chance.between(0, 6), missed: chance.isBelow(0.15) ? 1 : 0 };
    const { found, missed } = evidence;
    const level = { offerId: shelf.offer.id, locationId: shelf.locationId, onHand, asOf: at(Math.min(asOf, now)) };
    return [{ ...level, confidence: confidenceBps(evidence), found, missed }];
  });
  await sql.begin(async (tx) => {
    await copyRows(
      tx,
      'stock_movements',
      counts.map((one) => ({
        id: city.ids('movement', `${one.offerId}@${one.locationId}#2`),
        offerId: one.offerId,
        locationId: one.locationId,
        kind: 'count',
        quantity: one.onHand,
        reason: 'count',
        source: 'seed',
        sourceKey: `${one.offerId}@${one.locationId}#2`,
        occurredAt: one.asOf,
        receivedAt: one.asOf,
      })),
    );
    await tx`create temporary table recounted (offer_id text, location_id text, on_hand int, as_of timestamptz, confidence int, found int, missed int) on commit drop`;
    await copyRows(tx, 'recounted', counts);
    await tx`
      update stock_levels l set on_hand = r.on_hand, as_of = r.as_of, confidence_bps = r.confidence,
        found = r.found, missed = r.missed
      from recounted r where r.offer_id = l.offer_id and r.location_id = l.location_id`;
  });
}
