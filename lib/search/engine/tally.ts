import { conditions, type CityIndex } from './city-index';
import { WAYS, WHEN_CHOICES, type EngineAnswer, type EngineQuestion, type Counted } from './question';

/** A filter each; the attributes that are filtered have one each from `ATTRIBUTE` on. An offer's mask has the bits of the filters it fails. */
export const WINDOW = 1;
export const SHOP = 2;
export const DEPARTMENT = 4;
export const PRICE = 8;
export const BRAND = 16;
export const CONDITION = 32;
export const OPEN = 64;
export const NEAR = 128;
export const ATTRIBUTE = 256;
export const MOST_ATTRIBUTE_FILTERS = 8;

/** Counts documents by value: a document counts once, however many of its offers have the value. */
export type Tally = { readonly counts: Int32Array; readonly last: Int32Array };

export function emptyTally(size: number): Tally {
  return { counts: new Int32Array(size), last: new Int32Array(size).fill(-1) };
}

export function count(tally: Tally, value: number, document: number): void {
  if (value < 0 || tally.last[value] === document) return;
  tally.last[value] = document;
  tally.counts[value] = (tally.counts[value] ?? 0) + 1;
}

/** Counts a document that has one value only. */
export function countOnce({ counts }: Tally, value: number): void {
  if (value >= 0) counts[value] = (counts[value] ?? 0) + 1;
}

export function countMany({ counts }: Tally, value: number, documents: number): void {
  if (value >= 0) counts[value] = (counts[value] ?? 0) + documents;
}

export type Tallies = {
  readonly all: Tally;
  readonly shop: Tally;
  readonly node: Tally;
  readonly price: Tally;
  readonly brand: Tally;
  readonly condition: Tally;
  readonly attribute: Tally;
  /** Documents that pass everything, by the prices and conditions they can be had at (`Lots.profileOf`). */
  readonly profile: Int32Array;
  /** By what documents reach together of hours, ways, open and near shops (`bitsTogether`). */
  readonly together: Int32Array;
};

export function emptyTallies(
  index: CityIndex,
  { priceRanges }: EngineQuestion,
  { shops, nodes }: { readonly shops: number; readonly nodes: number },
): Tallies {
  return {
    all: emptyTally(shops),
    shop: emptyTally(shops),
    node: emptyTally(nodes),
    price: emptyTally(priceRanges.length),
    brand: emptyTally(index.brands.texts.length),
    condition: emptyTally(conditions.length),
    attribute: emptyTally(index.attributes.texts.length),
    profile: new Int32Array(1 << index.lots.profileBits),
    together: new Int32Array(1 << (WHEN_CHOICES + WAYS + FLAGS)),
  };
}

const FLAGS = 2;

/** Bits of hours, ways and shops as one number: a document then adds to one count instead of to each of its bits. */
export function bitsTogether(whenBits: number, wayBits: number, flags: number): number {
  return whenBits | (wayBits << WHEN_CHOICES) | (flags << (WHEN_CHOICES + WAYS));
}

/** How many documents have each of some bits. */
function countsOfBits({ together }: Tallies, from: number, bits: number): number[] {
  const counts = Array.from({ length: bits }, () => 0);
  together.forEach((number, has) => {
    for (let bit = 0; bit < bits; bit += 1) if ((has & (1 << (from + bit))) !== 0) counts[bit] = (counts[bit] ?? 0) + number;
  });
  return counts;
}

/** Adds the profiles' documents to the prices and conditions they stand for. */
export function countProfiles(tallies: Tallies, priceRanges: number): void {
  tallies.profile.forEach((documents, profile) => {
    for (let bit = 0; documents > 0 && profile >> bit > 0; bit += 1)
      if ((profile & (1 << bit)) !== 0)
        countMany(bit < priceRanges ? tallies.price : tallies.condition, bit < priceRanges ? bit : bit - priceRanges, documents);
  });
}

function listed({ counts }: Tally, texts: readonly string[], most = 100): readonly Counted[] {
  const found: Counted[] = [];
  counts.forEach((number, value) => {
    const text = texts[value];
    if (number > 0 && text !== undefined) found.push({ value: text, count: number });
  });
  return found.toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).slice(0, most);
}

const MOST_BRANDS = 12;
const MOST_ATTRIBUTES = 6;
const MOST_VALUES = 10;
/** An attribute that fewer results have than this share says little of them. */
const LEAST_SHARE = 0.2;

type Counts = Pick<
  EngineAnswer,
  'shops' | 'when' | 'ways' | 'shop' | 'department' | 'price' | 'brand' | 'condition' | 'attributes' | 'open' | 'near'
>;

export type Names = {
  readonly shopIds: readonly string[];
  readonly slugs: readonly string[];
  readonly nodes: readonly string[];
  readonly asked: ReadonlySet<string>;
};

/** Attributes that many results have, each with its commonest values; the ones filtered by stay in any case. */
function attributesOf(index: CityIndex, tally: Tally, total: number, asked: ReadonlySet<string>): EngineAnswer['attributes'] {
  const byName = Map.groupBy(listed(tally, index.attributes.texts, 2_000), ({ value }) => value.slice(0, value.indexOf('=')));
  return [...byName]
    .map(([name, values]) => ({
      name,
      covered: values.reduce((sum, one) => sum + one.count, 0),
      values: values.slice(0, MOST_VALUES).map((one) => ({ value: one.value.slice(name.length + 1), count: one.count })),
    }))
    .filter(({ name, covered, values }) => asked.has(name) || name.startsWith('*') || (covered >= LEAST_SHARE * total && values.length > 1))
    .toSorted((a, b) => Number(asked.has(b.name)) - Number(asked.has(a.name)) || b.covered - a.covered || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_ATTRIBUTES)
    .map(({ name, values }) => ({ name, values }));
}

type Counting = { readonly question: EngineQuestion; readonly total: number; readonly names: Names };

/** The tallies with their values' names. */
export function namedCounts(index: CityIndex, tallies: Tallies, { question, total, names }: Counting): Counts {
  const [open = 0, near = 0] = countsOfBits(tallies, WHEN_CHOICES + WAYS, FLAGS);
  return {
    shops: listed(tallies.all, names.shopIds, 1_000),
    when: countsOfBits(tallies, 0, WHEN_CHOICES),
    ways: countsOfBits(tallies, WHEN_CHOICES, WAYS),
    shop: listed(tallies.shop, names.slugs),
    department: listed(tallies.node, names.nodes),
    price: listed(
      tallies.price,
      question.priceRanges.map(({ name }) => name),
    ),
    brand: listed(tallies.brand, index.brands.texts, MOST_BRANDS),
    condition: listed(tallies.condition, conditions),
    attributes: attributesOf(index, tallies.attribute, total, names.asked),
    open,
    near,
  };
}
