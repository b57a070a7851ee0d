import type { Model } from './model';

/** Scratch for filling one location within capacities. */
export type Packing = {
  readonly order: Int32Array;
  readonly worth: Float64Array;
  readonly rest: Float64Array;
  readonly taken: Float64Array;
  /** What is left, and gained, before each offer in turn. */
  readonly units: Float64Array;
  readonly grams: Float64Array;
  readonly cm3: Float64Array;
  readonly gained: Float64Array;
  count: number;
  best: number;
};

/** Quantities per offer, and the option each location uses (−1: none). */
export type DraftPlan = { readonly units: Float64Array; readonly option: Int32Array; missing: number };

/** Scratch for plans that are only tried. */
export type Trial = { readonly isOpen: Uint8Array; readonly draft: DraftPlan };

/** Scratch for pricing one plan: what each location carries, and which carry anything. */
export type Loads = {
  readonly units: Float64Array;
  readonly grams: Float64Array;
  readonly cm3: Float64Array;
  readonly used: Int32Array;
  usedCount: number;
};

/** The arrays that hold nothing from one step to the next. */
export function newScratch(model: Model) {
  const offers = model.offerLine.length;
  const locations = model.locationCount;
  const perOffer = () => new Float64Array(offers);
  const perLocation = () => new Float64Array(locations);
  return {
    gain: perOffer(),
    share: perOffer(),
    order: new Int32Array(offers),
    packing: newPacking(mostOffers(model) + 1),
    fullGain: 0,
    fullUnits: 0,
    fullGrams: 0,
    fullCm3: 0,
    foundOption: -1,
    loads: { units: perLocation(), grams: perLocation(), cm3: perLocation(), used: new Int32Array(locations), usedCount: 0 },
    left: new Float64Array(model.lineCount),
    trial: { isOpen: new Uint8Array(locations), draft: { units: perOffer(), option: new Int32Array(locations).fill(-1), missing: 0 } },
  };
}

/** Offers of the location that has most. */
function mostOffers({ locationCount, offerStart }: Model): number {
  let most = 0;
  for (let location = 0; location < locationCount; location += 1) {
    most = Math.max(most, (offerStart[location + 1] ?? 0) - (offerStart[location] ?? 0));
  }
  return most;
}

function newPacking(count: number): Packing {
  const figures = () => new Float64Array(count);
  return {
    order: new Int32Array(count),
    worth: figures(),
    rest: figures(),
    taken: figures(),
    units: figures(),
    grams: figures(),
    cm3: figures(),
    gained: figures(),
    count: 0,
    best: 0,
  };
}
