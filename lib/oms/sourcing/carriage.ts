import { invariant, minor } from '@/lib/kernel';
import type { Minor } from '@/lib/kernel';
import type { CarriagePrice } from './problem';

/** A step of a carrier's price list: what one parcel of up to this weight and volume costs. */
export type CarrierStep = {
  readonly maxGrams: number;
  readonly maxCm3: number;
  readonly priceMinor: Minor;
  readonly co2Grams: number;
};

/**
 * A carrier's price list as the engine wants it: one parcel, then as many of the largest as are needed beside a last one.
 *
 * Units: grams, cm³, minor units. Guarantees: rows never decrease in any figure, so the first that fits is the cheapest list price; what fits
 *   one parcel is never sent in two; nothing beyond `mostParcels`. Errors: throws on a list without a step.
 * Weight and volume are totals: whether things of odd shapes fit a box is for whoever packs.
 */
export function carriagePrices(steps: readonly CarrierStep[], mostParcels: number): readonly CarriagePrice[] {
  const list = neverDecreasing(steps.toSorted((a, b) => a.maxGrams - b.maxGrams || a.maxCm3 - b.maxCm3));
  const largest = list.at(-1);
  invariant(largest && mostParcels >= 1, 'a carrier takes at least one parcel of one size');
  return Array.from({ length: mostParcels }, (_, full) =>
    list.map((step): CarriagePrice => ({
      maxGrams: full * largest.maxGrams + step.maxGrams,
      maxCm3: full * largest.maxCm3 + step.maxCm3,
      priceMinor: minor(full * largest.priceMinor + step.priceMinor),
      parcels: full + 1,
      co2Grams: full * largest.co2Grams + step.co2Grams,
    })),
  ).flat();
}

/** A heavier step that holds less, or costs less, holds and costs as much as the one before. */
function neverDecreasing(steps: readonly CarrierStep[]): readonly CarrierStep[] {
  const list: CarrierStep[] = [];
  for (const step of steps) {
    const before = list.at(-1);
    list.push({
      maxGrams: step.maxGrams,
      maxCm3: Math.max(step.maxCm3, before?.maxCm3 ?? 0),
      priceMinor: minor(Math.max(step.priceMinor, before?.priceMinor ?? 0)),
      co2Grams: Math.max(step.co2Grams, before?.co2Grams ?? 0),
    });
  }
  return list;
}
