import { LARGEST_SUM } from './ranges';
import type { Ranges, Weights } from './ranges';
import type { RoutingCase, RoutingLine, RoutingLocation, RoutingService } from './case';
import { optionsOf } from './options';
import type { Load, Option, OptionContext } from './options';
import { byId } from './order';

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
  /** Coordinates of locations, x and y in turn. */
  readonly at: Float64Array;
  readonly homeX: number;
  readonly homeY: number;
  readonly maxParcels: number;
  readonly maxSources: number;
  /** Index of the location every plan must use, or −1. */
  readonly forced: number;
};

type Source = {
  readonly location: RoutingLocation;
  readonly lines: readonly number[];
  readonly units: readonly number[];
  readonly costs: readonly number[];
  readonly options: readonly Option[];
};

/** Builds the arrays. Guarantees: the same for any order of the case's arrays. Units: see `Model`. */
export function buildModel(routing: RoutingCase, settings: ModelSettings): Model {
  const { weights } = settings;
  const lines = routing.lines.toSorted(byId);
  const tours = routing.tours.toSorted(byId);
  const scale = scaleFor(weights.missing * (settings.ranges.units + 1));
  const sources = sourcesOf(routing, settings, { lines, tours, scale });
  const tourFigure = (figure: (tour: RoutingCase['tours'][number]) => number) => Float64Array.from(tours, figure);

  return {
    scale,
    missingCost: weights.missing * scale,
    ...levelOf(settings),
    lineCount: lines.length,
    lines,
    qty: Float64Array.from(lines, (line) => line.qty),
    grams: Float64Array.from(lines, (line) => line.grams),
    cm3: Float64Array.from(lines, (line) => line.cm3),
    isSplit: Uint8Array.from(lines, (line) => (line.split ? 1 : 0)),
    locationCount: sources.length,
    locations: sources.map((source) => source.location),
    ...offerArrays(lines.length, sources),
    ...optionArrays(sources),
    tourCount: tours.length,
    tourBase: tourFigure((tour) => scale * (weights.cents * tour.base + weights.parcels)),
    tourLength: tourFigure((tour) => scale * (weights.cents * tour.perUnit + weights.co2 * tour.co2PerUnit)),
    tourStops: Int32Array.from(tours, (tour) => tour.maxStops),
    tourGrams: tourFigure((tour) => (tour.maxGrams < totalOf(lines, 'grams') ? tour.maxGrams : Infinity)),
    tourCm3: tourFigure((tour) => (tour.maxCm3 < totalOf(lines, 'cm3') ? tour.maxCm3 : Infinity)),
    at: Float64Array.from({ length: 2 * sources.length }, (_, index) => sources[index >> 1]?.location.at[index & 1] ?? 0),
    homeX: routing.home[0],
    homeY: routing.home[1],
    maxParcels: settings.maxParcels ?? Infinity,
    maxSources: settings.maxSources ?? Infinity,
    forced: settings.forced === null ? -1 : sources.findIndex((source) => source.location.id === settings.forced),
  };
}

/** Weight or volume of everything wanted: a tour that holds as much has no limit. */
function totalOf(lines: readonly RoutingLine[], measure: 'grams' | 'cm3'): number {
  return lines.reduce((sum, line) => sum + line.qty * line[measure], 0);
}

type Sorted = { readonly lines: readonly RoutingLine[]; readonly tours: RoutingCase['tours']; readonly scale: number };

/** The locations that can give anything, in order of their ids. */
function sourcesOf(routing: RoutingCase, settings: ModelSettings, { lines, tours, scale }: Sorted): readonly Source[] {
  const lineIndex = new Map(lines.map((line, index) => [line.id, index]));
  const context: OptionContext = {
    tariffs: routing.tariffs,
    tours: new Map(tours.map((tour, index) => [tour.id, { index, ...tour }])),
    weights: settings.weights,
    scale,
    deadline: settings.deadline,
    countsParcels: settings.maxParcels !== null,
  };
  const sources: Source[] = [];
  for (const location of routing.locations.toSorted(byId)) {
    const load: Load = { units: 0, grams: 0, cm3: 0, leastGrams: Infinity, leastCm3: Infinity };
    const offers: Offer[] = [];
    for (const [lineId, stock, price, risk = 0] of location.offers) {
      const index = lineIndex.get(lineId);
      const line = index === undefined ? undefined : lines[index];
      if (index === undefined || !line) continue;
      const units = line.split || stock >= line.qty ? Math.min(stock, line.qty) : 0;
      if (units === 0) continue;
      offers.push({ line: index, units, cost: scale * settings.weights.cents * (price + risk + location.unitBias) });
      addLoad(load, line, units);
    }
    if (offers.length === 0) continue;
    const options = optionsOf(context, location, load);
    if (options.length === 0) continue;
    if (offers.length > 1) offers.sort((a, b) => a.line - b.line);
    sources.push({
      location,
      options,
      lines: offers.map(({ line }) => line),
      units: offers.map(({ units }) => units),
      costs: offers.map(({ cost }) => cost),
    });
  }
  return sources;
}

type Offer = { readonly line: number; readonly units: number; readonly cost: number };

function addLoad(load: Load, line: RoutingLine, units: number): void {
  load.units += units;
  load.grams += units * line.grams;
  load.cm3 += units * line.cm3;
  const least = line.split ? 1 : units;
  load.leastGrams = Math.min(load.leastGrams, least * line.grams);
  load.leastCm3 = Math.min(load.leastCm3, least * line.cm3);
}

function offerArrays(lineCount: number, sources: readonly Source[]) {
  const offerStart = starts(sources.map((source) => source.lines.length));
  const count = offerStart.at(-1) ?? 0;
  const offerLine = new Int32Array(count);
  const offerLocation = new Int32Array(count);
  const offerUnits = new Float64Array(count);
  const offerCost = new Float64Array(count);
  const counts = Array.from({ length: lineCount }, () => 0);
  sources.forEach((source, location) => {
    const start = offerStart[location] ?? 0;
    offerLine.set(source.lines, start);
    offerUnits.set(source.units, start);
    offerCost.set(source.costs, start);
    offerLocation.fill(location, start, start + source.lines.length);
    for (const line of source.lines) counts[line] = (counts[line] ?? 0) + 1;
  });
  const lineStart = starts(counts);
  const lineOffers = new Int32Array(count);
  const filled = Int32Array.from(lineStart);
  for (let offer = 0; offer < count; offer += 1) {
    const line = offerLine[offer] ?? 0;
    lineOffers[filled[line] ?? 0] = offer;
    filled[line] = (filled[line] ?? 0) + 1;
  }
  for (let line = 0; line < lineCount; line += 1) {
    lineOffers.subarray(lineStart[line], lineStart[line + 1]).sort((a, b) => (offerCost[a] ?? 0) - (offerCost[b] ?? 0) || a - b);
  }
  return { offerStart, offerLine, offerLocation, offerUnits, offerCost, lineStart, lineOffers };
}

function optionArrays(sources: readonly Source[]) {
  const options = sources.flatMap((source) => source.options);
  const figures = (figure: (option: Option) => number) => Float64Array.from(options, figure);
  return {
    isUnlimited: Uint8Array.from(sources, (source) => (source.options.some(isUnlimited) ? 1 : 0)),
    optionStart: starts(sources.map((source) => source.options.length)),
    optionLocation: Int32Array.from(sources.flatMap((source, location) => source.options.map(() => location))),
    optionFixed: figures((option) => option.fixed),
    optionUnits: figures((option) => option.units),
    optionGrams: figures((option) => option.grams),
    optionCm3: figures((option) => option.cm3),
    optionParcels: figures((option) => option.parcels),
    optionTour: Int32Array.from(options, (option) => option.tour),
    optionService: options.map((option) => option.service),
  };
}

/** Which criterion leads after missing units, and how much room the next one needs below it. */
function levelOf({ weights, ranges }: ModelSettings): { level: number; belowLevel: number } {
  if (weights.parcels > weights.cents) return { level: weights.parcels, belowLevel: ranges.cents };
  if (weights.co2 > weights.cents) return { level: weights.co2, belowLevel: ranges.cents };
  return { level: weights.cents, belowLevel: weights.parcels * ranges.parcels };
}

/** The largest power of two that keeps every sum exact. */
function scaleFor(largest: number): number {
  let scale = 1;
  while (scale < 2 ** 20 && 2 * scale * largest <= LARGEST_SUM) scale *= 2;
  return scale;
}

function isUnlimited(option: Option): boolean {
  return option.units === Infinity && option.grams === Infinity && option.cm3 === Infinity;
}

function starts(counts: readonly number[]): Int32Array {
  const result = new Int32Array(counts.length + 1);
  counts.forEach((count, index) => (result[index + 1] = (result[index] ?? 0) + count));
  return result;
}
