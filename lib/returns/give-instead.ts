import { and, eq, inArray } from 'drizzle-orm';
import { offers, stockLevels, stockLocations } from '@/db/schema';
import { recordFact } from '@/lib/inventory';
import type { Minor, OfferId, StockLocationId } from '@/lib/kernel';
import { invariant, minor } from '@/lib/kernel';
import { availableToPromise } from '@/lib/oms';
import type { Ports } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { moneyOfExchange } from './exchange-choices';
import type { PartLine } from './read-parts';
import type { By, CaseLine, LockedCase } from './return-repository';
import { updateLine } from './return-repository';

export type Swap = {
  readonly line: CaseLine;
  readonly of: PartLine;
  readonly units: number;
  readonly offerId: OfferId;
  readonly locationId: StockLocationId;
  /** What the new thing costs less, and more, than the old one; a replacement costs neither. */
  readonly backMinor: Minor;
  readonly supplementMinor: Minor;
};

/**
 * What the selling shop can give instead of these lines, all of them or nothing; the shelves are locked until the transaction ends. Units spoken
 * for by others' orders are not given.
 */
export async function findSwaps(
  tx: Tx,
  open: LockedCase,
  pairs: readonly { readonly line: CaseLine; readonly of: PartLine; readonly units: number }[],
): Promise<readonly Swap[] | undefined> {
  const wanted = pairs.map((pair) => ({ ...pair, offerId: open.remedy === 'exchange' ? pair.line.exchangeOfferId : pair.of.offerId }));
  const ids = wanted.flatMap(({ offerId }) => offerId ?? []);
  if (ids.length < wanted.length) return undefined;
  const shelves = await tx
    .select({ offer: offers, level: stockLevels })
    .from(stockLevels)
    .innerJoin(offers, eq(offers.id, stockLevels.offerId))
    .innerJoin(stockLocations, and(eq(stockLocations.id, stockLevels.locationId), eq(stockLocations.shopId, open.shopId)))
    .where(and(inArray(stockLevels.offerId, ids), eq(offers.shopId, open.shopId)))
    .orderBy(stockLevels.offerId, stockLevels.locationId)
    .for('update', { of: stockLevels });
  const taken = new Map<string, number>();
  const swaps: Swap[] = [];
  for (const { offerId, ...pair } of wanted) {
    const shelf = shelves.find(({ level }) => {
      const key = `${level.offerId} ${level.locationId}`;
      return level.offerId === offerId && availableToPromise(level) - (taken.get(key) ?? 0) >= pair.units;
    });
    if (!shelf) return undefined;
    const key = `${shelf.level.offerId} ${shelf.level.locationId}`;
    taken.set(key, (taken.get(key) ?? 0) + pair.units);
    const money = open.remedy === 'exchange' ? moneyOfExchange(pair.of, shelf.offer, pair.units) : undefined;
    swaps.push({
      ...pair,
      offerId: shelf.offer.id,
      locationId: shelf.level.locationId,
      backMinor: money?.backMinor ?? minor(0),
      supplementMinor: money?.supplementMinor ?? minor(0),
    });
  }
  return swaps;
}

/** The new things leave the selling shop's shelf. */
export async function giveInstead(tx: Tx, open: LockedCase, swaps: readonly Swap[], by: By, ports: Ports): Promise<void> {
  for (const { line, offerId, locationId, units, supplementMinor } of swaps) {
    const fact = { offerId, locationId, kind: 'change', quantity: -units, reason: 'handed-over', occurredAt: by.now } as const;
    const scope = { shopId: open.shopId, personId: by.actor.id };
    const given = await recordFact(tx, scope, { ...fact, sourceKey: `given:${open.id}:${line.lineId}` }, ports);
    invariant(given.ok, 'what is given was on the shelf');
    await updateLine(tx, line, { exchangeOfferId: offerId, supplementMinor });
  }
}
