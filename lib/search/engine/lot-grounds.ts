import type { CityIndex } from './city-index';
import { FAR, type Grounds } from './grounds';
import type { Lot } from './lots';
import * as filter from './tally';
import { bitsTogether, countMany, type Tallies } from './tally';

/** Its offers fare differently: each must be looked at. */
export const MIXED = -1;
/** Nothing there can count for anything. */
export const NOTHING = -2;
const UNSEEN = -3;

/** What a question says of whole lots, each looked up when it is first met, and how many documents counted there. */
export type LotGrounds = {
  /** The filters that every offer of the lot fails, at most one; or one of the words above. */
  readonly masks: Int32Array;
  readonly steps: Int32Array;
  readonly metres: Int32Array;
  /** Documents that pass everything, and those for which the lot's own filter was the only obstacle. */
  readonly passing: Int32Array;
  readonly hindered: Int32Array;
};

export function emptyLotGrounds({ lots }: CityIndex): LotGrounds {
  const size = lots.all.length;
  return {
    masks: new Int32Array(size).fill(UNSEEN),
    steps: new Int32Array(size).fill(FAR),
    metres: new Int32Array(size).fill(FAR),
    passing: new Int32Array(size),
    hindered: new Int32Array(size),
  };
}

function maskFor({ category, places }: Lot, grounds: Grounds): number {
  const node = grounds.nodeOf[category] ?? -1;
  if (node < 0) return NOTHING;
  if (places.length === 0 || !grounds.isProfiled) return MIXED;
  const own = grounds.nodeMask[node] ?? 0;
  let mask = UNSEEN;
  for (const place of places) {
    const here = (grounds.shopOf[place] ?? -1) < 0 ? NOTHING : own | (grounds.placeMask[place] ?? 0);
    const failed = here > 0 && (here & (here - 1)) !== 0 ? NOTHING : here;
    if (mask === UNSEEN) mask = failed;
    else if (mask !== failed) return MIXED;
  }
  return mask;
}

/** What the filters on hours, ways, shops and departments say of a lot. */
export function maskOfLot(index: CityIndex, grounds: Grounds, seen: LotGrounds, number: number): number {
  const known = seen.masks[number] ?? NOTHING;
  if (known !== UNSEEN) return known;
  const lot = index.lots.all[number];
  const mask = lot === undefined ? NOTHING : maskFor(lot, grounds);
  seen.masks[number] = mask;
  if (lot === undefined || mask < 0) return mask;
  for (const place of lot.places) {
    seen.steps[number] = Math.min(seen.steps[number] ?? FAR, grounds.stepOf[place] ?? FAR);
    seen.metres[number] = Math.min(seen.metres[number] ?? FAR, grounds.metresOf[place] ?? FAR);
  }
  return mask;
}

/** The shops of a lot, each once. */
function shopsOf({ places }: Lot, { shopOf }: Grounds): readonly number[] {
  const first = shopOf[places[0] ?? 0] ?? -1;
  return places.length === 1 ? [first] : [...new Set(places.map((place) => shopOf[place] ?? -1))];
}

/** Adds what was counted by lot to the facets that are the same for all documents of one. */
export function countLots({ lots }: CityIndex, grounds: Grounds, seen: LotGrounds, tallies: Tallies): void {
  lots.all.forEach((lot, number) => {
    const passing = seen.passing[number] ?? 0;
    const hindered = seen.hindered[number] ?? 0;
    if (passing + hindered === 0) return;
    const mask = seen.masks[number] ?? NOTHING;
    const node = grounds.nodeOf[lot.category] ?? -1;
    if (mask === 0 || mask === filter.DEPARTMENT) countMany(tallies.node, node, passing + hindered);
    if (mask === 0 || mask === filter.SHOP) {
      for (const shop of shopsOf(lot, grounds)) {
        countMany(tallies.shop, shop, passing + hindered);
        countMany(tallies.all, shop, passing);
      }
    }
    if (mask !== 0 && mask !== filter.WINDOW) return;
    let [whenBits, wayBits, flags] = [0, 0, 0];
    for (const place of lot.places) {
      whenBits |= grounds.whenBits[place] ?? 0;
      wayBits |= grounds.wayBits[place] ?? 0;
      flags |= grounds.flags[place] ?? 0;
    }
    const together = bitsTogether(whenBits, wayBits, mask === 0 ? flags : 0);
    tallies.together[together] = (tallies.together[together] ?? 0) + passing + hindered;
  });
}
