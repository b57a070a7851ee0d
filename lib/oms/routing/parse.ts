import { err, ok } from '@/lib/kernel';
import type { Result } from '@/lib/kernel';
import { routingGoals, serviceModes } from './case';
import type { PromiseRow, RoutingCase, RoutingLine, RoutingLocation, RoutingOffer, RoutingService, RoutingTour, TariffRow } from './case';
import { isComparable, rangesOf } from './ranges';
import { LARGEST_TOUR } from './tour-path';

export type MalformedCase = { readonly kind: 'malformed-case'; readonly reason: string };

/** More than any basket or town needs; beyond, a case is a mistake or an attack. */
const LIMITS = { lines: 500, locations: 20_000, services: 20, rows: 200, tours: 20, offers: 1_000_000, text: 200 } as const;
const LARGEST_NUMBER = 2 ** 40;

/** Thrown inside this file only: the first thing that is wrong ends the reading. */
class Malformed extends Error {}

/**
 * Reads a routing case from anything.
 *
 * Guarantees: what is returned keeps every promise of `RoutingCase`: whole numbers, known and distinct ids, ordered rows, amounts that
 *   can be compared exactly. Unknown fields are dropped; arrays are read only up to stated limits.
 * Errors: `malformed-case` with one sentence naming the first thing that is wrong.
 */
export function parseCase(input: unknown): Result<RoutingCase, MalformedCase> {
  try {
    const routing = readCase(input);
    if (!isComparable(routing.goal, rangesOf(routing))) fail('the amounts are too large to be compared exactly');
    return ok(routing);
  } catch (error) {
    if (error instanceof Malformed) return err({ kind: 'malformed-case', reason: error.message });
    throw error;
  }
}

function readCase(input: unknown): RoutingCase {
  const raw = record(input, 'a case');
  if (raw.format !== 'routing-case/1') fail('the format is not "routing-case/1"');
  const lines = list(raw.lines, 'lines', LIMITS.lines).map(readLine);
  distinct(lines, 'lines');
  const tours = list(raw.tours ?? [], 'tours', LIMITS.tours).map(readTour);
  distinct(tours, 'tours');
  const tariffs = readTariffs(raw.tariffs);
  const known = { lines: new Set(lines.map((line) => line.id)), tours: new Set(tours.map((tour) => tour.id)), tariffs };
  const locations = list(raw.locations, 'locations', LIMITS.locations).map((location) => readLocation(location, known));
  distinct(locations, 'locations');
  return {
    format: 'routing-case/1',
    id: text(raw.id, 'the id of the case'),
    goal: oneOf(raw.goal, routingGoals, 'the goal'),
    home: point(raw.home, 'home'),
    deadline: optional(raw.deadline, 'the deadline'),
    maxParcels: optional(raw.maxParcels, 'maxParcels'),
    maxSources: optional(raw.maxSources, 'maxSources'),
    allowPartial: truth(raw.allowPartial, 'allowPartial'),
    tariffs,
    tours,
    lines,
    locations,
  };
}

function readLine(input: unknown): RoutingLine {
  const raw = record(input, 'a line');
  const id = text(raw.id, 'the id of a line');
  const at = `of line ${id}`;
  const qty = count(raw.qty, `the quantity ${at}`);
  if (qty === 0) fail(`the quantity ${at} is zero`);
  return {
    id,
    product: text(raw.product ?? id, `the product ${at}`),
    qty,
    grams: count(raw.grams, `the weight ${at}`),
    cm3: count(raw.cm3, `the volume ${at}`),
    split: truth(raw.split, `split ${at}`),
  };
}

function readTour(input: unknown): RoutingTour {
  const raw = record(input, 'a tour');
  const id = text(raw.id, 'the id of a tour');
  const figure = (name: string) => count(raw[name], `${name} of tour ${id}`);
  const maxStops = figure('maxStops');
  if (maxStops > LARGEST_TOUR) fail(`tour ${id} has more than ${LARGEST_TOUR} stops`);
  return {
    id,
    base: figure('base'),
    perStop: figure('perStop'),
    perUnit: figure('perUnit'),
    co2PerUnit: figure('co2PerUnit'),
    maxStops,
    maxGrams: figure('maxGrams'),
    maxCm3: figure('maxCm3'),
  };
}

function readTariffs(input: unknown): Readonly<Record<string, readonly TariffRow[]>> {
  const entries = Object.entries(record(input, 'the tariffs')).map(([name, rows]): [string, readonly TariffRow[]] => {
    const what = `a row of tariff ${name.slice(0, LIMITS.text)}`;
    const read = list(rows, what, LIMITS.rows).map((row): TariffRow => {
      const [grams, cm3, cents, parcels, co2] = tuple(row, 5, what);
      return [count(grams, what), count(cm3, what), count(cents, what), count(parcels, what), count(co2, what)];
    });
    read.forEach((row, index) => {
      const before = read[index - 1];
      if (before && row.some((value, column) => value < (before[column] ?? 0))) fail(`the rows of tariff ${name} decrease`);
    });
    return [name, read];
  });
  return Object.fromEntries(entries);
}

type Known = {
  readonly lines: ReadonlySet<string>;
  readonly tours: ReadonlySet<string>;
  readonly tariffs: Readonly<Record<string, readonly TariffRow[]>>;
};

function readLocation(input: unknown, known: Known): RoutingLocation {
  const raw = record(input, 'a location');
  const id = text(raw.id, 'the id of a location');
  const at = `of location ${id}`;
  const offers = list(raw.offers, `the offers ${at}`, LIMITS.offers).map((offer) => readOffer(offer, known, at));
  if (new Set(offers.map(([line]) => line)).size < offers.length) fail(`two offers ${at} are for the same line`);
  const services = list(raw.services, `the services ${at}`, LIMITS.services).map((service) => readService(service, known, at));
  distinct(services, `services ${at}`);
  return {
    id,
    merchant: text(raw.merchant ?? id, `the merchant ${at}`),
    at: point(raw.at, `the place ${at}`),
    bias: count(raw.bias ?? 0, `the bias ${at}`),
    unitBias: count(raw.unitBias ?? 0, `the unit bias ${at}`),
    offers,
    services,
  };
}

function readOffer(input: unknown, known: Known, at: string): RoutingOffer {
  if (!Array.isArray(input) || input.length < 3) fail(`an offer ${at} is not [line, stock, price, risk]`);
  const [line, stock, price, risk] = [...input];
  const id = text(line, `the line of an offer ${at}`);
  if (!known.lines.has(id)) fail(`an offer ${at} is for an unknown line`);
  return [id, count(stock, `a stock ${at}`), count(price, `a price ${at}`), count(risk ?? 0, `a risk ${at}`)];
}

function readService(input: unknown, known: Known, at: string): RoutingService {
  const raw = record(input, `a service ${at}`);
  const id = text(raw.id, `the id of a service ${at}`);
  const where = `of service ${id} ${at}`;
  const tariff = text(raw.tariff, `the tariff ${where}`);
  if (!Object.hasOwn(known.tariffs, tariff)) fail(`the tariff ${where} is unknown`);
  const tour = raw.tour === null || raw.tour === undefined ? null : text(raw.tour, `the tour ${where}`);
  if (tour !== null && !known.tours.has(tour)) fail(`the tour ${where} is unknown`);
  const promise = list(raw.promise, `the promise ${where}`, LIMITS.rows).map((row): PromiseRow => {
    const [units, minute] = tuple(row, 2, `a promise row ${where}`);
    return [count(units, `a promise row ${where}`), count(minute, `a promise row ${where}`)];
  });
  promise.forEach((row, index) => {
    const before = promise[index - 1];
    if (before && (row[0] <= before[0] || row[1] < before[1])) fail(`the promise rows ${where} do not increase`);
  });
  return {
    id,
    mode: oneOf(raw.mode, serviceModes, `the mode ${where}`),
    tariff,
    fixed: count(raw.fixed, `the fixed cost ${where}`),
    co2: count(raw.co2 ?? 0, `the CO2 ${where}`),
    tour,
    promise,
  };
}

function fail(reason: string): never {
  throw new Malformed(`${reason}.`);
}

function record(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) fail(`${what} is not an object`);
  return Object.fromEntries(Object.entries(value));
}

function list(value: unknown, what: string, most: number): readonly unknown[] {
  if (!Array.isArray(value)) fail(`${what} are not a list`);
  if (value.length > most) fail(`${what} are more than ${most}`);
  return value;
}

function tuple(value: unknown, length: number, what: string): readonly unknown[] {
  if (!Array.isArray(value) || value.length !== length) fail(`${what} has not ${length} columns`);
  return value;
}

function text(value: unknown, what: string): string {
  if (typeof value !== 'string' || value === '' || value.length > LIMITS.text) fail(`${what} is not a short text`);
  return value;
}

function count(value: unknown, what: string): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) fail(`${what} is not a whole number of zero or more`);
  if (value > LARGEST_NUMBER) fail(`${what} is too large`);
  return value;
}

function optional(value: unknown, what: string): number | null {
  return value === null || value === undefined ? null : count(value, what);
}

function truth(value: unknown, what: string): boolean {
  if (typeof value !== 'boolean') fail(`${what} is neither true nor false`);
  return value;
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[], what: string): T {
  return allowed.find((candidate) => candidate === value) ?? fail(`${what} is not one of ${allowed.join(', ')}`);
}

function point(value: unknown, what: string): readonly [number, number] {
  const [x, y] = tuple(value, 2, what);
  return [count(x, what), count(y, what)];
}

function distinct(items: readonly { readonly id: string }[], what: string): void {
  if (new Set(items.map((item) => item.id)).size < items.length) fail(`two ${what} have the same id`);
}
