import { conditions, isIdBefore, type CityIndex } from './city-index';
import { keepFirst } from './first-places';
import { FAR, type Grounds } from './grounds';
import { MIXED, maskOfLot } from './lot-grounds';
import { countMany } from './tally';
import { countNames, goThrough, makeRoom, pass, type Walk } from './walk';

/** Can what is kept of lots answer? Whatever looks at brands, attributes, prices or conditions looks at listings. */
export function isAnsweredByLots({ isPlain, hasOfferFilter, isProfiled }: Grounds): boolean {
  return isPlain && !hasOfferFilter && isProfiled;
}

/** Documents of lots, one lot after the other. */
export function documentsOfLots({ lots }: CityIndex, numbers: readonly number[]): Int32Array {
  const rows = numbers.flatMap((number) => lots.all[number]?.documents ?? []);
  const all = new Int32Array(rows.reduce((sum, { length }) => sum + length, 0));
  let from = 0;
  for (const { values, length } of rows) {
    all.set(values.subarray(0, length), from);
    from += length;
  }
  return all;
}

const sizeOf = ({ lots }: CityIndex, numbers: readonly number[]) =>
  numbers.reduce((sum, number) => sum + (lots.all[number]?.documents.length ?? 0), 0);

/** Brands and attributes of what passes in a category: added up, or what does not pass taken from all, whichever is less to look at. */
function countCategory({ index, tallies }: Walk, category: number, passing: readonly number[]): void {
  const counts = index.lots.counts[category];
  if (!counts || passing.length === 0) return;
  const size = sizeOf(index, passing);
  if (2 * size <= counts.documents) {
    for (const document of documentsOfLots(index, passing)) countNames(index, tallies, document, 1);
    return;
  }
  for (const [brand, documents] of counts.brands) countMany(tallies.brand, brand, documents);
  for (const [value, documents] of counts.attributes) countMany(tallies.attribute, value, documents);
  if (size === counts.documents) return;
  const isPassing = new Set(passing);
  const others = (index.lots.byCategory[category] ?? []).filter((number) => !isPassing.has(number));
  for (const document of documentsOfLots(index, others)) countNames(index, tallies, document, -1);
}

function countProfiled({ index, tallies }: Walk, number: number): void {
  const profiled = index.lots.all[number]?.profiled ?? [];
  const ranges = index.priceRanges.length;
  for (let range = 0; range < ranges; range += 1) countMany(tallies.price, range, profiled[range] ?? 0);
  for (let at = 0; at < conditions.length; at += 1) countMany(tallies.condition, at, profiled[ranges + at] ?? 0);
}

type Candidate = { readonly document: number; readonly key: number; readonly step: number };

/** The first `most` of the lots that pass, in the order of the page, put among what passed: a lot is left when its next comes too late. */
function passFirst({ index, lots, passed, keyOf }: Walk, passing: readonly number[], most: number): void {
  const isBefore = (one: Candidate, other: Candidate) =>
    one.key !== other.key
      ? one.key < other.key
      : one.step !== other.step
        ? one.step < other.step
        : isIdBefore(index, one.document, other.document);
  const candidate = (number: number, at: number): Candidate => {
    const step = lots.steps[number] ?? FAR;
    const document = index.lots.all[number]?.documents.values[at] ?? 0;
    return { document, key: keyOf(document, step, FAR, lots.metres[number] ?? FAR), step };
  };
  const first = keepFirst<Candidate>(most, isBefore);
  for (const number of passing.toSorted((a, b) => (isBefore(candidate(a, 0), candidate(b, 0)) ? -1 : 1))) {
    let at = 0;
    while (at < (lots.passing[number] ?? 0) && first.offer(candidate(number, at))) at += 1;
    if (at === 0) break; // nor does any lot after it
  }
  const found = first.inOrder();
  makeRoom(passed, found.length);
  for (const { document, key, step } of found) pass(passed, document, key, step);
}

/**
 * Answers without words: counts whole lots where all their offers fare alike, goes through the others, and puts what may be among the first
 * `most` into `passed`. Gives how many pass.
 */
export function goThroughLots(walk: Walk, most: number): number {
  const { index, grounds, lots, isPageOnly, isByPrice } = walk;
  const mixed: number[] = [];
  const passing: number[] = [];
  index.lots.byCategory.forEach((numbers, category) => {
    if ((grounds.nodeOf[category] ?? -1) < 0) return;
    const own: number[] = [];
    for (const number of numbers) {
      const mask = maskOfLot(index, grounds, lots, number);
      const size = index.lots.all[number]?.documents.length ?? 0;
      if (mask === MIXED) mixed.push(number);
      else if (mask === 0 && size > 0) own.push(number);
      else if (mask > 0) lots.hindered[number] = size;
    }
    if (!isPageOnly) countCategory(walk, category, own);
    passing.push(...own);
  });
  goThrough(walk, documentsOfLots(index, mixed));
  if (!isPageOnly) for (const number of passing) countProfiled(walk, number);
  if (isByPrice) {
    goThrough({ ...walk, isPageOnly: true }, documentsOfLots(index, passing));
    return walk.passed.count;
  }
  const looked = walk.passed.count;
  for (const number of passing) lots.passing[number] = index.lots.all[number]?.documents.length ?? 0;
  passFirst(walk, passing, most);
  return looked + sizeOf(index, passing);
}
