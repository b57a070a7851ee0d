import { z } from 'zod';
import { methods, type Method } from '@/lib/promise/views';
import { labels, priceRanges, sortChoices, whenChoices, type SearchQuery } from './views';

/** The same in minor units; the last has no end. */
export const priceRangeBounds = priceRanges.map((name) => {
  const [from = '', to = ''] = name.split('-');
  return { name, fromMinor: Number(from) * 100, toMinor: to === '' ? Number.MAX_SAFE_INTEGER : Number(to) * 100 };
});

const wayNames = { retrait: 'pickup', velo: 'courier', colis: 'parcel' } as const satisfies Record<string, Method>;
const conditionNames = { neuf: 'new', 'seconde-main': 'used', 'remis-a-neuf': 'refurbished' } as const;

/** The word of a way of receiving in an address. */
export function wayName(way: Method): string {
  return Object.entries(wayNames).find(([, method]) => method === way)?.[0] ?? 'retrait';
}

/** The word of a condition in an address. */
export function conditionName(condition: 'new' | 'used' | 'refurbished'): string {
  return Object.entries(conditionNames).find(([, one]) => one === condition)?.[0] ?? 'neuf';
}

const MOST_VALUES = 20;
const LAST_PAGE = 200;

const one = (longest: number) =>
  z
    .union([z.string(), z.array(z.string()).transform((many) => many[0] ?? '')])
    .optional()
    .transform((text) => (text ?? '').slice(0, longest).trim());

const many = z
  .union([z.string().transform((single) => [single]), z.array(z.string())])
  .optional()
  .transform((values) =>
    [...new Set((values ?? []).map((value) => value.slice(0, 80)).filter((value) => value !== ''))].slice(0, MOST_VALUES).toSorted(),
  );

const parameters = z.object({
  q: one(120),
  quand: one(20),
  comment: many,
  boutique: many,
  rayon: many,
  prix: many,
  marque: many,
  etat: many,
  carac: many,
  label: many,
  ouvert: one(1),
  pied: one(2),
  tri: one(20),
  page: one(5),
});

const among = <Value extends string>(values: readonly Value[], text: string): Value | undefined => values.find((value) => value === text);

function named<Value extends string>(names: Readonly<Record<string, Value>>, texts: readonly string[]): readonly Value[] {
  return texts.flatMap((text) => (Object.hasOwn(names, text) && names[text] ? [names[text]] : []));
}

/** `Reliure=Broché` and `Reliure=Relié` are two values of one attribute: either will do. */
function attributesFrom(texts: readonly string[]): SearchQuery['attributes'] {
  const pairs = texts.flatMap((text) => {
    const at = text.indexOf('=');
    return at > 0 && at < text.length - 1 ? [{ name: text.slice(0, at).replaceAll('*', ''), value: text.slice(at + 1) }] : [];
  });
  return [...Map.groupBy(pairs, ({ name }) => name)].map(([name, values]) => ({ name, values: values.map(({ value }) => value) }));
}

/** The other way round: as they stand in an address. */
export function attributeParameters(attributes: SearchQuery['attributes']): readonly string[] {
  return attributes.flatMap(({ name, values }) => values.map((value) => `${name}=${value}`));
}

export type SearchParameters = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Reads a query out of an address. Whatever is not understood is left out: a result page has no error. */
export function parseSearch(given: SearchParameters): SearchQuery {
  const read = parameters.parse(given);
  const page = Number.parseInt(read.page, 10);
  return {
    words: read.q,
    when: among(whenChoices, read.quand),
    ways: methods.filter((way) => named(wayNames, read.comment).includes(way)),
    shops: read.boutique,
    departments: read.rayon,
    prices: read.prix.flatMap((text) => among(priceRanges, text) ?? []),
    brands: read.marque,
    conditions: named(conditionNames, read.etat),
    attributes: attributesFrom(read.carac),
    labels: read.label.flatMap((text) => among(labels, text) ?? []),
    openNow: read.ouvert === '1',
    near: read.pied === '10',
    sort: among(sortChoices, read.tri) ?? 'tot',
    page: Number.isSafeInteger(page) && page > 1 ? Math.min(page, LAST_PAGE) : 1,
  };
}

/** The query as address parameters, defaults left out. */
export function searchParametersOf(query: SearchQuery): Readonly<Record<string, string | readonly string[] | undefined>> {
  return {
    q: query.words === '' ? undefined : query.words,
    quand: query.when,
    comment: query.ways.map(wayName),
    rayon: query.departments,
    boutique: query.shops,
    prix: query.prices,
    marque: query.brands,
    etat: query.conditions.map(conditionName),
    carac: attributeParameters(query.attributes),
    label: query.labels,
    ouvert: query.openNow ? '1' : undefined,
    pied: query.near ? '10' : undefined,
    tri: query.sort === 'tot' ? undefined : query.sort,
    page: query.page === 1 ? undefined : String(query.page),
  };
}

/** How many filters are on, for the button on a phone. */
export function filterCount(query: SearchQuery): number {
  const lists = [
    query.ways,
    query.shops,
    query.departments,
    query.prices,
    query.brands,
    query.conditions,
    query.labels,
    attributeParameters(query.attributes),
  ];
  return lists.reduce((sum, list) => sum + list.length, 0) + Number(query.when !== undefined) + Number(query.openNow) + Number(query.near);
}
