import type postgres from 'postgres';
import { chanceOf } from './city/chance';
import type { City } from './city/index';
import type { SeedOffer } from './city/offers';
import { at, copyRows } from '../copy-rows';

type Grade = SeedOffer['shop']['stockGrade'];

const HOUR = 3_600_000;

/** How old a figure of each grade may be, in hours, and what it is worth when fresh (basis points). */
const grades: Readonly<Record<Grade, { readonly hours: number; readonly confidence: number }>> = {
  A: { hours: 6, confidence: 9_700 },
  B: { hours: 24, confidence: 9_400 },
  C: { hours: 30, confidence: 9_100 },
  D: { hours: 7 * 24, confidence: 8_600 },
  E: { hours: 20 * 24, confidence: 8_100 },
};

export type Shelf = { readonly offer: SeedOffer; readonly locationId: string; readonly onHand: number; readonly grade: Grade };

/** Which warehouse or supplier holds some of the units of an offer besides the shop. */
function placeBeyond(offer: SeedOffer, seed: string): string | undefined {
  const chance = chanceOf(seed, 'beyond', offer.id);
  if (offer.product.salesUnit !== 'each' || offer.product.isOneOff) return undefined;
  if (offer.shop.network === 'branch' && chance.isBelow(0.12)) return 'warehouse-paniers';
  if (offer.shop.network === 'affiliate' && chance.isBelow(0.2)) return 'warehouse-libraires';
  if (offer.shop.key === 'quincaillerie-morel' && chance.isBelow(0.25)) return 'supplier-outillage';
  if (offer.shop.key === 'maison-ferrand' && chance.isBelow(0.2)) return 'supplier-table';
  return undefined;
}

/** The shops' shelves, and what the two warehouses and the two suppliers hold besides for some of their offers. */
export function shelvesOf(city: City, seed: string): readonly Shelf[] {
  return city.offers.flatMap((offer): Shelf[] => {
    const own: Shelf = { offer, locationId: offer.shop.locationId, onHand: offer.onHand, grade: offer.shop.stockGrade };
    const place = placeBeyond(offer, seed);
    if (place === undefined) return [own];
    const behind = chanceOf(seed, 'behind', offer.id).between(5, 60);
    return [own, { offer, locationId: city.ids('stockLocation', place), onHand: behind, grade: 'D' }];
  });
}

/** When a shelf of a grade was last counted, before `now`; most figures are younger than their grade allows. */
export function countedAt(seed: string, shelf: Shelf, now: number): number {
  const chance = chanceOf(seed, 'counted', shelf.offer.id, shelf.locationId);
  return Math.round(now - chance.next() ** 2 * grades[shelf.grade].hours * HOUR);
}

/** A shop that counts by hand keeps one piece back where it has plenty. */
function safetyOf(grade: Grade, onHand: number, offer: SeedOffer): number {
  return grade === 'E' && onHand > 6 && offer.product.salesUnit === 'each' ? 1 : 0;
}

/** First counts: all at `openedAt`, or without it as long ago as each grade makes likely. */
export async function seedStock(
  sql: postgres.TransactionSql,
  city: City,
  seed: string,
  times: { readonly now: number; readonly openedAt: number | undefined },
): Promise<void> {
  const counted = shelvesOf(city, seed).map((shelf) => ({
    ...shelf,
    name: `${shelf.offer.id}@${shelf.locationId}`,
    asOf: at(times.openedAt ?? countedAt(seed, shelf, times.now)),
  }));
  await copyRows(
    sql,
    'stock_levels',
    counted.map(({ offer, locationId, onHand, grade, asOf }) => ({
      offerId: offer.id,
      locationId,
      onHand,
      reserved: 0,
      allocated: 0,
      safetyStock: safetyOf(grade, onHand, offer),
      usualSafetyStock: safetyOf(grade, onHand, offer),
      routingSafetyStock: 0,
      asOf,
      grade,
      confidenceBps: onHand === 0 ? 0 : grades[grade].confidence - chanceOf(seed, 'trust', offer.id).between(0, 1_500),
    })),
  );
  await copyRows(
    sql,
    'stock_movements',
    counted.map(({ offer, locationId, onHand, name, asOf }) => ({
      id: city.ids('movement', name),
      offerId: offer.id,
      locationId,
      kind: 'count',
      quantity: onHand,
      reason: 'opening-count',
      source: 'seed',
      sourceKey: name,
      occurredAt: asOf,
      receivedAt: asOf,
    })),
  );
}
