import type { RoutingLocation, RoutingService, TariffRow } from '../case';
import { byId } from '../order';
import type { Weights } from '../ranges';

/** One way to serve from a location: a service with one tariff row. `fixed` is the scaled cost of opening it. */
export type Option = {
  readonly service: RoutingService;
  /** Index of the tour it is a stop of, or −1. */
  readonly tour: number;
  readonly fixed: number;
  readonly parcels: number;
  readonly units: number;
  readonly grams: number;
  readonly cm3: number;
};

/** A tour as its options see it. */
export type TourLimits = {
  readonly index: number;
  readonly perStop: number;
  readonly maxStops: number;
  readonly maxGrams: number;
  readonly maxCm3: number;
};

/** All a location could ever give, and the least it could give at once. */
export type Load = { units: number; grams: number; cm3: number; leastGrams: number; leastCm3: number };

export type OptionContext = {
  readonly tariffs: Readonly<Record<string, readonly TariffRow[]>>;
  readonly tours: ReadonlyMap<string, TourLimits>;
  readonly weights: Weights;
  readonly scale: number;
  readonly deadline: number | null;
  /** Do parcels count beside their weight in the goal? */
  readonly countsParcels: boolean;
};

/**
 * The options of a location that a best plan may need, from cheap to dear; a capacity that can never bind becomes infinite.
 *
 * Left out: rows beyond the first that carries everything, rows too small for the smallest unit, and whatever another option replaces
 * at no higher cost.
 */
export function optionsOf(context: OptionContext, location: RoutingLocation, load: Load): readonly Option[] {
  const options: Option[] = [];
  const services = isSorted(location.services) ? location.services : location.services.toSorted(byId);
  for (const service of services) addRows(context, location, { service, load, options });
  return options.length > 1 ? undominated(options, context.countsParcels) : options;
}

function isSorted(services: readonly RoutingService[]): boolean {
  return services.every((service, index) => index === 0 || (services[index - 1]?.id ?? '') < service.id);
}

type Rows = { readonly service: RoutingService; readonly load: Load; readonly options: Option[] };

function addRows(context: OptionContext, location: RoutingLocation, { service, load, options }: Rows): void {
  const { tariffs, tours, weights, scale } = context;
  const units = unitsInTime(service, context.deadline);
  const tour = service.tour === null ? undefined : tours.get(service.tour);
  if (units === 0 || (service.tour !== null && (tour?.maxStops ?? 0) === 0)) return;
  const { index = -1, perStop = 0, maxGrams = Infinity, maxCm3 = Infinity } = tour ?? {};
  for (const [rowGrams, rowCm3, cents, parcels, co2] of tariffs[service.tariff] ?? []) {
    const grams = Math.min(rowGrams, maxGrams);
    const cm3 = Math.min(rowCm3, maxCm3);
    if (grams < load.leastGrams || cm3 < load.leastCm3) continue;
    options.push({
      service,
      tour: index,
      parcels,
      fixed:
        scale *
        (weights.cents * (location.bias + service.fixed + cents + perStop) +
          weights.parcels * parcels +
          weights.co2 * (service.co2 + co2) +
          (weights.sources ?? 0)),
      units: units >= load.units ? Infinity : units,
      grams: grams >= load.grams ? Infinity : grams,
      cm3: cm3 >= load.cm3 ? Infinity : cm3,
    });
    if (grams >= load.grams && cm3 >= load.cm3) return;
  }
}

function unitsInTime(service: RoutingService, deadline: number | null): number {
  for (let row = service.promise.length - 1; row >= 0; row -= 1) {
    const [units, minute] = service.promise[row] ?? [0, 0];
    if (deadline === null || minute <= deadline) return units;
  }
  return 0;
}

/** Drops options another one can always replace at no higher cost. */
function undominated(options: Option[], countsParcels: boolean): readonly Option[] {
  const kept: Option[] = [];
  options.sort(
    (a, b) => a.fixed - b.fixed || a.parcels - b.parcels || a.tour - b.tour || b.units - a.units || b.grams - a.grams || b.cm3 - a.cm3,
  );
  for (const option of options) {
    let isReplaced = false;
    for (const other of kept) if (replaces(other, option, countsParcels)) isReplaced = true;
    if (!isReplaced) kept.push(option);
  }
  return kept;
}

function replaces(other: Option, option: Option, countsParcels: boolean): boolean {
  return (
    (other.tour === -1 || other.tour === option.tour) &&
    other.units >= option.units &&
    other.grams >= option.grams &&
    other.cm3 >= option.cm3 &&
    (!countsParcels || other.parcels <= option.parcels)
  );
}
