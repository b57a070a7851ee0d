import { chanceOf } from '@/db/seed';
import type { Instant, ListingId, Position } from '@/lib/kernel';
import { DAY, HOUR, plusMs } from '@/lib/kernel';
import type { Parameters } from './parameters';
import type { Town } from './town';

/** What somebody wants, whatever world they live in. */
export type Errand = {
  readonly key: string;
  readonly at: Instant;
  readonly home: Position;
  readonly isBrought: boolean;
  readonly lines: readonly { readonly listingId: ListingId; readonly quantity: number }[];
};

/** Two peaks, lunch and the end of work; nobody orders at night. From seven in the morning. */
const hours = [1.5, 2.5, 3.5, 4.5, 5, 6, 4.5, 3.5, 3.5, 4, 5.5, 7, 6, 4.5, 3.5];

/** Every errand of a run, in the order of time. */
export function errandsOf(
  run: string,
  town: Town,
  { from, days, parameters }: { from: Instant; days: number; parameters: Parameters },
): readonly Errand[] {
  const total = hours.reduce((sum, weight) => sum + weight, 0);
  return Array.from({ length: days * parameters.errandsADay }, (_, index): Errand => {
    const chance = chanceOf(run, 'errand', String(index));
    let left = chance.next() * total;
    const hour = hours.findIndex((weight) => (left -= weight) <= 0);
    const at = plusMs(from, Math.round(Math.floor(index / parameters.errandsADay) * DAY + (7 + Math.max(0, hour) + chance.next()) * HOUR));
    const lines = new Map<ListingId, number>();
    for (let line = chance.between(1, parameters.mostLines); line > 0; line -= 1)
      lines.set(town.drawListing(chance), chance.pick([1, 1, 1, 1, 2]));
    const home = chance.pick(town.homes);
    return {
      key: `errand-${index}`,
      at,
      home: { latitude: home.latitude, longitude: home.longitude },
      isBrought: chance.isBelow(parameters.broughtShare),
      lines: [...lines].map(([listingId, quantity]) => ({ listingId, quantity })),
    };
  }).toSorted((a, b) => a.at - b.at);
}
