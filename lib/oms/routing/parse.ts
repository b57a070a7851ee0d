import { err, ok } from '@/lib/kernel';
import type { Result } from '@/lib/kernel';
import { routingGoals, serviceModes } from './case';
import type { PromiseRow, RoutingCase, RoutingLine, RoutingLocation, RoutingOffer, RoutingService, RoutingTour, TariffRow } from './case';
import { LARGEST_LOAD, isComparableByLevels, rangesOf } from './ranges';
import { Malformed, count, distinct, fail, list, oneOf, optional, point, record, text, truth, tuple } from './read-value';
import type { Owner } from './read-value';
import { LARGEST_TOUR } from './tours/tour-path';

export type MalformedCase = { readonly kind: 'malformed-case'; readonly reason: string };

/** More than any basket or town needs; beyond, a case is a mistake or an attack. */
const LIMITS = { lines: 500, locations: 20_000, services: 20, rows: 200, tours: 20, tariffs: 1_000, offers: 1_000_000 } as const;

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
    if (!isComparableByLevels(routing.goal, rangesOf(routing))) fail('the amounts are too large to be compared exactly');
    return ok(routing);
  } catch (error) {
    if (error instanceof Malformed) return err({ kind: 'malformed-case', reason: error.message });
    throw error;
  }
}

function readCase(input: unknown): RoutingCase {
  const raw = record(input, 'a case', '');
  if (raw.format !== 'routing-case/1') fail('the format is not "routing-case/1"');
  const lines = list(raw.lines, 'lines', '', LIMITS.lines).map(readLine);
  distinct(lines, 'lines', '');
  if (tooHeavy(lines, 'grams') || tooHeavy(lines, 'cm3')) fail('the lines are too heavy or too large together');
  const tours = list(raw.tours ?? [], 'tours', '', LIMITS.tours).map(readTour);
  distinct(tours, 'tours', '');
  const tariffs = readTariffs(raw.tariffs);
  const known = { lines: new Set(lines.map((line) => line.id)), tours: new Set(tours.map((tour) => tour.id)), tariffs };
  const rawLocations = list(raw.locations, 'locations', '', LIMITS.locations);
  let offers = 0;
  const locations = rawLocations.map((location) => {
    const read = readLocation(location, known);
    offers += read.offers.length;
    if (offers > LIMITS.offers) fail(`the offers are more than ${LIMITS.offers}`);
    return read;
  });
  distinct(locations, 'locations', '');
  return {
    format: 'routing-case/1',
    id: text(raw.id, 'the id of the case', ''),
    goal: oneOf(raw.goal, routingGoals, 'the goal', ''),
    home: point(raw.home, 'home', ''),
    deadline: optional(raw.deadline, 'the deadline', ''),
    maxParcels: optional(raw.maxParcels, 'maxParcels', ''),
    maxSources: optional(raw.maxSources, 'maxSources', ''),
    allowPartial: truth(raw.allowPartial, 'allowPartial', ''),
    tariffs,
    tours,
    lines,
    locations,
  };
}

function readLine(input: unknown): RoutingLine {
  const raw = record(input, 'a line', '');
  const id = text(raw.id, 'the id of a line', '');
  const at: Owner = { kind: 'line', id };
  const qty = count(raw.qty, 'the quantity', at);
  if (qty === 0) fail('the quantity is zero', at);
  return {
    id,
    product: text(raw.product ?? id, 'the product', at),
    qty,
    grams: count(raw.grams, 'the weight', at),
    cm3: count(raw.cm3, 'the volume', at),
    split: truth(raw.split, 'split', at),
  };
}

/** Would sums of what is carried leave the whole numbers that are exact? */
function tooHeavy(lines: readonly RoutingLine[], measure: 'grams' | 'cm3'): boolean {
  return lines.reduce((sum, line) => sum + line.qty * line[measure], 0) > LARGEST_LOAD;
}

function readTour(input: unknown): RoutingTour {
  const raw = record(input, 'a tour', '');
  const id = text(raw.id, 'the id of a tour', '');
  const at: Owner = { kind: 'tour', id };
  const maxStops = count(raw.maxStops, 'maxStops', at);
  if (maxStops > LARGEST_TOUR) fail(`maxStops is more than ${LARGEST_TOUR}`, at);
  return {
    id,
    base: count(raw.base, 'the base', at),
    perStop: count(raw.perStop, 'perStop', at),
    perUnit: count(raw.perUnit, 'perUnit', at),
    co2PerUnit: count(raw.co2PerUnit, 'co2PerUnit', at),
    maxStops,
    maxGrams: count(raw.maxGrams, 'maxGrams', at),
    maxCm3: count(raw.maxCm3, 'maxCm3', at),
  };
}

function readTariffs(input: unknown): Readonly<Record<string, readonly TariffRow[]>> {
  const entries = Object.entries(record(input, 'the tariffs', ''));
  if (entries.length > LIMITS.tariffs) fail(`the tariffs are more than ${LIMITS.tariffs}`);
  return Object.fromEntries(
    entries.map(([name, rows]): [string, readonly TariffRow[]] => {
      const at: Owner = { kind: 'tariff', id: text(name, 'the name of a tariff', '') };
      const read = list(rows, 'the rows', at, LIMITS.rows).map((row): TariffRow => {
        const [grams, cm3, cents, parcels, co2] = tuple(row, 5, 'a row', at);
        const figure = (value: unknown) => count(value, 'a figure', at);
        return [figure(grams), figure(cm3), figure(cents), figure(parcels), figure(co2)];
      });
      read.forEach((row, index) => {
        const before = read[index - 1];
        if (before && row.some((value, column) => value < (before[column] ?? 0))) fail('the rows decrease', at);
      });
      return [name, read];
    }),
  );
}

type Known = {
  readonly lines: ReadonlySet<string>;
  readonly tours: ReadonlySet<string>;
  readonly tariffs: Readonly<Record<string, readonly TariffRow[]>>;
};

function readLocation(input: unknown, known: Known): RoutingLocation {
  const raw = record(input, 'a location', '');
  const id = text(raw.id, 'the id of a location', '');
  const at: Owner = { kind: 'location', id };
  const offers = list(raw.offers, 'the offers', at, LIMITS.offers).map((offer) => readOffer(offer, known, at));
  if (offers.length > 1 && new Set(offers.map(([line]) => line)).size < offers.length) fail('two offers for the same line', at);
  const services = list(raw.services, 'the services', at, LIMITS.services).map((service) => readService(service, known, at));
  distinct(services, 'services', at);
  return {
    id,
    merchant: text(raw.merchant ?? id, 'the merchant', at),
    at: point(raw.at, 'the place', at),
    bias: count(raw.bias ?? 0, 'the bias', at),
    unitBias: count(raw.unitBias ?? 0, 'the unit bias', at),
    offers,
    services,
  };
}

function readOffer(input: unknown, known: Known, at: Owner): RoutingOffer {
  if (!Array.isArray(input) || input.length < 3) fail('an offer is not [line, stock, price, risk]', at);
  const id = text(input[0], 'the line of an offer', at);
  if (!known.lines.has(id)) fail('an offer is for an unknown line', at);
  return [id, count(input[1], 'a stock', at), count(input[2], 'a price', at), count(input[3] ?? 0, 'a risk', at)];
}

function readService(input: unknown, known: Known, at: Owner): RoutingService {
  const raw = record(input, 'a service', at);
  const id = text(raw.id, 'the id of a service', at);
  const tariff = text(raw.tariff, 'the tariff of a service', at);
  if (!Object.hasOwn(known.tariffs, tariff)) fail('the tariff of a service is unknown', at);
  const tour = raw.tour === null || raw.tour === undefined ? null : text(raw.tour, 'the tour of a service', at);
  if (tour !== null && !known.tours.has(tour)) fail('the tour of a service is unknown', at);
  const promise = list(raw.promise, 'the promise rows', at, LIMITS.rows).map((row): PromiseRow => {
    const [units, minute] = tuple(row, 2, 'a promise row', at);
    return [count(units, 'the units of a promise row', at), count(minute, 'the minute of a promise row', at)];
  });
  promise.forEach((row, index) => {
    const before = promise[index - 1];
    if (before && (row[0] <= before[0] || row[1] < before[1])) fail('the promise rows do not increase', at);
  });
  return {
    id,
    mode: oneOf(raw.mode, serviceModes, 'the mode of a service', at),
    tariff,
    fixed: count(raw.fixed, 'the fixed cost of a service', at),
    co2: count(raw.co2 ?? 0, 'the CO2 of a service', at),
    tour,
    promise,
  };
}
