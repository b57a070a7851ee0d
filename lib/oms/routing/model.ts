import { LARGEST_SUM } from './ranges';
import type { Ranges, Weights } from './ranges';
import type { RoutingCase, RoutingLine, RoutingLocation, RoutingService } from './case';
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
  readonly home: RoutingCase['home'];
  readonly maxParcels: number;
  readonly maxSources: number;
  /** Index of the location every plan must use, or −1. */
  readonly forced: number;
};

type Option = {
  readonly service: RoutingService;
  readonly tour: number;
  readonly fixed: number;
  readonly parcels: number;
  readonly units: number;
  readonly grams: number;
  readonly cm3: number;
};

type Source = {
  readonly location: RoutingLocation;
  readonly offers: readonly { readonly line: number; readonly units: number; readonly cost: number }[];
  readonly options: readonly Option[];
};

/** Builds the arrays. Guarantees: the same for any order of the case's arrays. Units: see `Model`. */
export function buildModel(routing: RoutingCase, settings: ModelSettings): Model {
  const { weights } = settings;
  const lines = routing.lines.toSorted(byId);
  const tours = routing.tours.toSorted(byId);
  const scale = scaleFor(weights.missing * (settings.ranges.units + 1));
  const lineIndex = new Map(lines.map((line, index) => [line.id, index]));
  const tourIndex = new Map(tours.map((tour, index) => [tour.id, index]));
  const sources = routing.locations
    .toSorted(byId)
    .map((location) => sourceOf({ routing, settings, location, lines, lineIndex, tourIndex, scale }))
    .filter((source) => source.offers.length > 0 && source.options.length > 0);
  const offers = sources.flatMap((source, index) => source.offers.map((offer) => ({ ...offer, location: index })));
  const options = sources.flatMap((source) => source.options);
  const byLine = offersByLine(lines.length, offers);

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
    offerStart: starts(sources.map((source) => source.offers.length)),
    offerLine: Int32Array.from(offers, (offer) => offer.line),
    offerLocation: Int32Array.from(offers, (offer) => offer.location),
    offerUnits: Float64Array.from(offers, (offer) => offer.units),
    offerCost: Float64Array.from(offers, (offer) => offer.cost),
    lineStart: starts(byLine.map((indices) => indices.length)),
    lineOffers: Int32Array.from(byLine.flat()),
    isUnlimited: Uint8Array.from(sources, (source) => (source.options.some(isUnlimited) ? 1 : 0)),
    optionStart: starts(sources.map((source) => source.options.length)),
    optionFixed: Float64Array.from(options, (option) => option.fixed),
    optionUnits: Float64Array.from(options, (option) => option.units),
    optionGrams: Float64Array.from(options, (option) => option.grams),
    optionCm3: Float64Array.from(options, (option) => option.cm3),
    optionParcels: Float64Array.from(options, (option) => option.parcels),
    optionTour: Int32Array.from(options, (option) => option.tour),
    optionService: options.map((option) => option.service),
    tourCount: tours.length,
    tourBase: Float64Array.from(tours, (tour) => scale * (weights.cents * tour.base + weights.parcels)),
    tourLength: Float64Array.from(tours, (tour) => scale * (weights.cents * tour.perUnit + weights.co2 * tour.co2PerUnit)),
    tourStops: Int32Array.from(tours, (tour) => tour.maxStops),
    tourGrams: Float64Array.from(tours, (tour) => tour.maxGrams),
    tourCm3: Float64Array.from(tours, (tour) => tour.maxCm3),
    home: routing.home,
    maxParcels: settings.maxParcels ?? Infinity,
    maxSources: settings.maxSources ?? Infinity,
    forced: settings.forced === null ? -1 : sources.findIndex((source) => source.location.id === settings.forced),
  };
}

type SourceContext = {
  readonly routing: RoutingCase;
  readonly settings: ModelSettings;
  readonly location: RoutingLocation;
  readonly lines: readonly RoutingLine[];
  readonly lineIndex: ReadonlyMap<string, number>;
  readonly tourIndex: ReadonlyMap<string, number>;
  readonly scale: number;
};

function sourceOf(context: SourceContext): Source {
  const { location, lines, lineIndex, settings, scale } = context;
  const offers: { line: number; units: number; cost: number }[] = [];
  const load = { units: 0, grams: 0, cm3: 0 };
  for (const [lineId, stock, price, risk = 0] of location.offers) {
    const index = lineIndex.get(lineId);
    const line = index === undefined ? undefined : lines[index];
    if (index === undefined || !line) continue;
    const units = line.split || stock >= line.qty ? Math.min(stock, line.qty) : 0;
    if (units === 0) continue;
    offers.push({ line: index, units, cost: scale * settings.weights.cents * (price + risk + location.unitBias) });
    load.units += units;
    load.grams += units * line.grams;
    load.cm3 += units * line.cm3;
  }
  offers.sort((a, b) => a.line - b.line);
  return { location, offers, options: undominated(optionsOf(context, load), settings.maxParcels !== null) };
}

/** Every service with every tariff row; a capacity that can never bind becomes infinite. */
function optionsOf(context: SourceContext, load: { units: number; grams: number; cm3: number }): readonly Option[] {
  const { routing, settings, location, tourIndex, scale } = context;
  const { weights, deadline } = settings;
  const options: Option[] = [];
  for (const service of location.services.toSorted(byId)) {
    const inTime = service.promise.filter(([, minute]) => deadline === null || minute <= deadline);
    const units = inTime.at(-1)?.[0] ?? 0;
    if (units === 0) continue;
    const tour = service.tour === null ? -1 : (tourIndex.get(service.tour) ?? -1);
    const stop = service.tour === null ? 0 : (routing.tours.find((candidate) => candidate.id === service.tour)?.perStop ?? 0);
    for (const [maxGrams, maxCm3, cents, parcels, co2] of routing.tariffs[service.tariff] ?? []) {
      options.push({
        service,
        tour,
        parcels,
        fixed:
          scale *
          (weights.cents * (location.bias + service.fixed + cents + stop) + weights.parcels * parcels + weights.co2 * (service.co2 + co2)),
        units: units >= load.units ? Infinity : units,
        grams: maxGrams >= load.grams ? Infinity : maxGrams,
        cm3: maxCm3 >= load.cm3 ? Infinity : maxCm3,
      });
    }
  }
  return options;
}

/** Drops options another one can always replace at no higher cost. */
function undominated(options: readonly Option[], parcelsCount: boolean): readonly Option[] {
  const kept: Option[] = [];
  const sorted = options.toSorted(
    (a, b) => a.fixed - b.fixed || a.parcels - b.parcels || a.tour - b.tour || b.units - a.units || b.grams - a.grams || b.cm3 - a.cm3,
  );
  for (const option of sorted) {
    const replaced = kept.some(
      (other) =>
        (other.tour === -1 || other.tour === option.tour) &&
        other.units >= option.units &&
        other.grams >= option.grams &&
        other.cm3 >= option.cm3 &&
        (!parcelsCount || other.parcels <= option.parcels),
    );
    if (!replaced) kept.push(option);
  }
  return kept;
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

function costAt(offers: readonly { readonly cost: number }[], index: number): number {
  return offers[index]?.cost ?? 0;
}

/** Indices of the offers of each line, from cheap to dear. */
function offersByLine(
  lineCount: number,
  offers: readonly { readonly line: number; readonly cost: number }[],
): readonly (readonly number[])[] {
  const byLine: number[][] = Array.from({ length: lineCount }, () => []);
  offers.forEach((offer, index) => byLine[offer.line]?.push(index));
  return byLine.map((indices) => indices.toSorted((a, b) => costAt(offers, a) - costAt(offers, b) || a - b));
}
