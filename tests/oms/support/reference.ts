import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { RoutingCase, RoutingLocation } from '@/lib/oms';

function readLines(name: string): readonly unknown[] {
  const text = gunzipSync(readFileSync(new URL(`../cases/${name}.jsonl.gz`, import.meta.url))).toString('utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}

/** A case with its proven optimum and, for some, its proven trade-offs. */
export type ProvenCase = RoutingCase & {
  readonly optimal: Readonly<Record<string, number | string>>;
  readonly fronts?: { readonly parcels: readonly (readonly [number, number])[]; readonly minutes: readonly (readonly [number, number])[] };
};

/** All cases that came with a proof by an independent solver. */
export function provenCases(): readonly ProvenCase[] {
  return readLines('routing-cases') as readonly ProvenCase[];
}

/** Published optima, in the units of the files. See cases/README.md. */
export const publishedOptima: Readonly<Record<string, number>> = {
  cap71: 932615.75,
  cap72: 977799.4,
  cap73: 1010641.45,
  cap74: 1034976.975,
  cap101: 796648.4375,
  cap102: 854704.2,
  cap103: 893782.1125,
  cap104: 928941.75,
  cap131: 793439.5625,
  cap132: 851495.325,
  cap133: 893076.7125,
  cap134: 928941.75,
  scp41: 429,
  scp42: 512,
  scp43: 516,
  scp61: 138,
  scp62: 146,
  scpe1: 5,
  scpe2: 5,
};

/** Cap costs have at most four decimals: ten thousandths are whole. */
export const CAP_SCALE = 10_000;

/** An OR-Library instance as a routing case. */
export function referenceCase(name: string): RoutingCase {
  const found = (readLines('or-library') as readonly { name: string; text: string }[]).find((instance) => instance.name === name)!;
  const numbers = found.text.trim().split(/\s+/).map(Number);
  return name.startsWith('cap') ? facilityLocation(name, numbers) : setCovering(name, numbers);
}

function facilityLocation(name: string, numbers: readonly number[]): RoutingCase {
  let at = 0;
  const next = () => numbers[at++]!;
  const [warehouses, customers] = [next(), next()];
  const fixed = Array.from({ length: warehouses }, () => (next(), Math.round(next() * CAP_SCALE)));
  const costs = Array.from({ length: customers }, () => (next(), fixed.map(() => Math.round(next() * CAP_SCALE))));
  return withLocations(
    name,
    customers,
    fixed.map((cost, warehouse) => ({ fixed: cost, offers: costs.map((row, line) => [line, row[warehouse]!] as const) })),
  );
}

function setCovering(name: string, numbers: readonly number[]): RoutingCase {
  let at = 0;
  const next = () => numbers[at++]!;
  const [rows, columns] = [next(), next()];
  const fixed = Array.from({ length: columns }, next);
  const covers: number[][] = fixed.map(() => []);
  for (let row = 0; row < rows; row += 1) {
    const count = next();
    for (let index = 0; index < count; index += 1) covers[next() - 1]!.push(row);
  }
  return withLocations(
    name,
    rows,
    fixed.map((cost, column) => ({ fixed: cost, offers: covers[column]!.map((row) => [row, 0] as const) })),
  );
}

type Place = { readonly fixed: number; readonly offers: readonly (readonly [line: number, price: number])[] };

function withLocations(id: string, lines: number, places: readonly Place[]): RoutingCase {
  const name = (prefix: string, index: number) => `${prefix}${String(index).padStart(4, '0')}`;
  const locations = places.map((place, index): RoutingLocation => ({
    id: name('P', index),
    merchant: name('P', index),
    at: [0, 0],
    bias: 0,
    unitBias: 0,
    offers: place.offers.map(([line, price]) => [name('L', line), 1, price] as const),
    services: [{ id: 'any', mode: 'pickup', tariff: 'free', fixed: place.fixed, co2: 0, tour: null, promise: [[1_000, 60]] }],
  }));
  return {
    format: 'routing-case/1',
    id,
    goal: 'cheapest',
    home: [0, 0],
    deadline: null,
    maxParcels: null,
    maxSources: null,
    allowPartial: false,
    tariffs: { free: [[1_000_000, 10_000_000, 0, 1, 0]] },
    tours: [],
    lines: Array.from({ length: lines }, (_, index) => ({
      id: name('L', index),
      product: name('L', index),
      qty: 1,
      grams: 0,
      cm3: 0,
      split: true,
    })),
    locations,
  };
}
