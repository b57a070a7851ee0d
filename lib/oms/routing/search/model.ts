import { LARGEST_SUM } from '../ranges';
import type { Ranges, Weights } from '../ranges';
import type { RoutingCase, RoutingLine, RoutingLocation, RoutingService } from '../case';
import { optionsOf } from './options';
import type { Load, Option, OptionContext } from './options';
import { byId } from '../order';

/** What the search is to solve, beside the case: a goal as weights, and limits that may differ from the case's own. */
export type ModelSettings = {
  readonly weights: Weights;
  readonly ranges: Ranges;
  readonly deadline: number | null;
  readonly maxParcels: number | null;
  readonly maxSources: number | null;
  /** Index-free: the id of a location every plan must use. */
  readonly forced: string | null;
};

/**
 * A case as flat arrays. Costs are weighted criteria times `scale` (a power of two that gives the multipliers room below one unit).
 *
 * Lines and locations stand in order of their ids. Offers stand by location, `lineOffers` lists them by line from cheap to dear.
 * An option is a service with one tariff row: a fixed cost and three capacities. Options stand by location from cheap to dear.
 */
export type Model = {
  readonly scale: number;
  /** Cost of a unit left unserved: above any plan. */
  readonly missingCost: number;
  /** Unscaled weight of the goal's leading criterion, and the most that everything after it can weigh in a plan. */
  readonly level: number;
  readonly belowLevel: number;
  /** Unscaled: the value of every plan of interest is a multiple of it. */
  readonly grain: number;
  readonly lineCount: number;
  readonly lines: readonly RoutingLine[];
  readonly qty: Float64Array;
  readonly grams: Float64Array;
  readonly cm3: Float64Array;
  readonly isSplit: Uint8Array;
  readonly locationCount: number;
  readonly locations: readonly RoutingLocation[];
  readonly offerStart: Int32Array;
  readonly offerLine: Int32Array;
  readonly offerLocation: Int32Array;
  /** Units this offer can serve of its line: stock, but never more than is wanted. */
  readonly offerUnits: Float64Array;
  readonly offerCost: Float64Array;
  readonly lineStart: Int32Array;
  readonly lineOffers: Int32Array;
  /** Locations with an option that carries all they could ever give. */
  readonly isUnlimited: Uint8Array;
  readonly optionStart: Int32Array;
  readonly optionLocation: Int32Array;
  readonly optionFixed: Float64Array;
  readonly optionUnits: Float64Array;
  readonly optionGrams: Float64Array;
  readonly optionCm3: Float64Array;
  readonly optionParcels: Float64Array;
  /** Index of the tour the option is a stop of, or −1. */
  readonly optionTour: Int32Array;
  readonly optionService: readonly RoutingService[];
  readonly tourCount: number;
  readonly tourBase: Float64Array;
  readonly tourLength: Float64Array;
  readonly tourStops: Int32Array;
  readonly tourGrams: Float64Array;
  readonly tourCm3: Float64Array;
  /** Can any tour be too full? */
  readonly hasLoadLimits: boolean;
  /** Coordinates of locations, x and y in turn. */
  readonly at: Float64Array;
  readonly homeX: number;
  readonly homeY: number;
  readonly maxParcels: number;
  readonly maxSources: number;
  /** Index of the location every plan must use, or −1. */
  readonly forced: number;
};

/** Builds the arrays. Guarantees: the same for any order of the case's arrays. Units: see `Model`. */
export function buildModel(routing: RoutingCase, settings: ModelSettings): Model {
  const { weights } = settings;
  const lines = routing.lines.toSorted(byId);
  const tours = routing.tours.toSorted(byId);
  const scale = scaleFor(weights.missing * (settings.ranges.units + 1));
  const columns = readLocations(routing, settings, { lines, tours, scale });
  const offers = offerArrays(lines.length, columns);
  const { locations } = columns;
  const options = optionArrays(columns);
  const tourBase = new Float64Array(tours.map((tour) => scale * (weights.cents * tour.base + weights.parcels)));
  const tourLength = new Float64Array(tours.map((tour) => scale * (weights.cents * tour.perUnit + weights.co2 * tour.co2PerUnit)));
  const missing = new Float64Array(routing.allowPartial ? [weights.missing * scale] : []);
  const most = { grams: totalOf(lines, 'grams'), cm3: totalOf(lines, 'cm3') };

  return {
    scale,
    missingCost: weights.missing * scale,
    ...levelOf(settings),
    grain: commonDivisor([offers.offerCost, options.optionFixed, tourBase, tourLength, missing], scale) / scale,
    lineCount: lines.length,
    lines,
    qty: new Float64Array(lines.map((line) => line.qty)),
    grams: new Float64Array(lines.map((line) => line.grams)),
    cm3: new Float64Array(lines.map((line) => line.cm3)),
    isSplit: new Uint8Array(lines.map((line) => (line.split ? 1 : 0))),
    locationCount: locations.length,
    locations,
    ...offers,
    ...options,
    tourCount: tours.length,
    tourBase,
    tourLength,
    tourStops: new Int32Array(tours.map((tour) => tour.maxStops)),
    tourGrams: new Float64Array(tours.map((tour) => (tour.maxGrams < most.grams ? tour.maxGrams : Infinity))),
    tourCm3: new Float64Array(tours.map((tour) => (tour.maxCm3 < most.cm3 ? tour.maxCm3 : Infinity))),
    hasLoadLimits: tours.some((tour) => tour.maxGrams < most.grams || tour.maxCm3 < most.cm3),
    at: new Float64Array(locations.flatMap((location) => location.at)),
    homeX: routing.home[0],
    homeY: routing.home[1],
    maxParcels: settings.maxParcels ?? Infinity,
    maxSources: settings.maxSources ?? Infinity,
    forced: settings.forced === null ? -1 : locations.findIndex((location) => location.id === settings.forced),
  };
}

/** Weight or volume of everything wanted: a tour that holds as much has no limit. */
function totalOf(lines: readonly RoutingLine[], measure: 'grams' | 'cm3'): number {
  return lines.reduce((sum, line) => sum + line.qty * line[measure], 0);
}

type Sorted = { readonly lines: readonly RoutingLine[]; readonly tours: RoutingCase['tours']; readonly scale: number };

/** What the locations that can give anything give, column by column, in order of their ids. */
type Columns = {
  readonly locations: RoutingLocation[];
  readonly offerStart: number[];
  readonly offerLine: number[];
  readonly offerUnits: number[];
  readonly offerCost: number[];
  readonly optionStart: number[];
  readonly options: Option[];
};

function readLocations(routing: RoutingCase, settings: ModelSettings, { lines, tours, scale }: Sorted): Columns {
  const lineIndex = new Map(lines.map((line, index) => [line.id, index]));
  const context: OptionContext = {
    tariffs: routing.tariffs,
    tours: new Map(tours.map((tour, index) => [tour.id, { index, ...tour }])),
    weights: settings.weights,
    scale,
    deadline: settings.deadline,
    countsParcels: settings.maxParcels !== null,
  };
  const columns: Columns = {
    locations: [],
    offerStart: [0],
    offerLine: [],
    offerUnits: [],
    offerCost: [],
    optionStart: [0],
    options: [],
  };
  const perCent = scale * settings.weights.cents;
  for (const location of routing.locations.toSorted(byId)) {
    const load: Load = { units: 0, grams: 0, cm3: 0, leastGrams: Infinity, leastCm3: Infinity };
    const offers: Offer[] = [];
    for (const offer of location.offers) {
      const index = lineIndex.get(offer[0]);
      const line = index === undefined ? undefined : lines[index];
      if (index === undefined || !line) continue;
      const stock = offer[1];
      const units = line.split || stock >= line.qty ? Math.min(stock, line.qty) : 0;
      if (units === 0) continue;
      offers.push({ line: index, units, cost: perCent * (offer[2] + (offer[3] ?? 0) + location.unitBias) });
      addLoad(load, line, units);
    }
    const options = offers.length === 0 ? [] : optionsOf(context, location, load);
    if (options.length > 0) addColumns(columns, location, { offers, options });
  }
  return columns;
}

type Offer = { readonly line: number; readonly units: number; readonly cost: number };

function addColumns(
  columns: Columns,
  location: RoutingLocation,
  { offers, options }: { offers: Offer[]; options: readonly Option[] },
): void {
  if (offers.length > 1) offers.sort((a, b) => a.line - b.line);
  columns.locations.push(location);
  for (const { line, units, cost } of offers) {
    columns.offerLine.push(line);
    columns.offerUnits.push(units);
    columns.offerCost.push(cost);
  }
  for (const option of options) columns.options.push(option);
  columns.offerStart.push(columns.offerLine.length);
  columns.optionStart.push(columns.options.length);
}

function addLoad(load: Load, line: RoutingLine, units: number): void {
  load.units += units;
  load.grams += units * line.grams;
  load.cm3 += units * line.cm3;
  const least = line.split ? 1 : units;
  load.leastGrams = Math.min(load.leastGrams, least * line.grams);
  load.leastCm3 = Math.min(load.leastCm3, least * line.cm3);
}

function offerArrays(lineCount: number, columns: Columns) {
  const count = columns.offerLine.length;
  const offerStart = new Int32Array(columns.offerStart);
  const offerLine = new Int32Array(columns.offerLine);
  const offerCost = new Float64Array(columns.offerCost);
  const offerLocation = new Int32Array(count);
  const byLine: number[][] = Array.from({ length: lineCount }, () => []);
  for (let location = 0; location < columns.locations.length; location += 1) {
    for (let offer = offerStart[location] ?? 0; offer < (offerStart[location + 1] ?? 0); offer += 1) {
      offerLocation[offer] = location;
      byLine[offerLine[offer] ?? 0]?.push(offer);
    }
  }
  const lineStart = new Int32Array(lineCount + 1);
  const lineOffers = new Int32Array(count);
  byLine.forEach((offers, line) => {
    offers.sort((a, b) => (offerCost[a] ?? 0) - (offerCost[b] ?? 0) || a - b);
    lineOffers.set(offers, lineStart[line]);
    lineStart[line + 1] = (lineStart[line] ?? 0) + offers.length;
  });
  return { offerStart, offerLine, offerLocation, offerUnits: new Float64Array(columns.offerUnits), offerCost, lineStart, lineOffers };
}

function optionArrays({ locations, options, optionStart }: Columns) {
  const count = options.length;
  const arrays = {
    isUnlimited: new Uint8Array(locations.length),
    optionStart: new Int32Array(optionStart),
    optionLocation: new Int32Array(count),
    optionFixed: new Float64Array(count),
    optionUnits: new Float64Array(count),
    optionGrams: new Float64Array(count),
    optionCm3: new Float64Array(count),
    optionParcels: new Float64Array(count),
    optionTour: new Int32Array(count),
    optionService: options.map((option) => option.service),
  };
  let location = 0;
  options.forEach((option, index) => {
    while (index >= (arrays.optionStart[location + 1] ?? 0)) location += 1;
    arrays.optionLocation[index] = location;
    arrays.optionFixed[index] = option.fixed;
    arrays.optionUnits[index] = option.units;
    arrays.optionGrams[index] = option.grams;
    arrays.optionCm3[index] = option.cm3;
    arrays.optionParcels[index] = option.parcels;
    arrays.optionTour[index] = option.tour;
    if (option.units === Infinity && option.grams === Infinity && option.cm3 === Infinity) arrays.isUnlimited[location] = 1;
  });
  return arrays;
}

/** Which criterion leads after missing units, and how much room the next one needs below it. */
function levelOf({ weights, ranges }: ModelSettings): { level: number; belowLevel: number } {
  if (weights.parcels > weights.cents) return { level: weights.parcels, belowLevel: ranges.cents };
  if (weights.co2 > weights.cents) return { level: weights.co2, belowLevel: ranges.cents };
  return { level: weights.cents, belowLevel: weights.parcels * ranges.parcels };
}

/** The greatest common divisor of all amounts, which are multiples of `scale`. Source: Euclid. */
function commonDivisor(amounts: readonly Float64Array[], scale: number): number {
  let divisor = 0;
  for (const row of amounts) {
    for (let at = 0; at < row.length; at += 1) {
      let [a, b] = [row[at] ?? 0, divisor];
      while (b !== 0) [a, b] = [b, a % b];
      divisor = a;
      if (divisor === scale) return divisor;
    }
  }
  return divisor;
}

/** The largest power of two that keeps every sum exact. */
function scaleFor(largest: number): number {
  let scale = 1;
  while (scale < 2 ** 20 && 2 * scale * largest <= LARGEST_SUM) scale *= 2;
  return scale;
}
