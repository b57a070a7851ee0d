import { err, ok } from '@/lib/kernel';
import type { Result } from '@/lib/kernel';
import type {
  RoutedTour,
  RoutingCase,
  RoutingItem,
  RoutingLine,
  RoutingLocation,
  RoutingService,
  RoutingTour,
  RoutingUse,
  RoutingValue,
} from './case';
import { byId } from './order';
import { shortestTour } from './tour-path';

/** A plan with every criterion recomputed from the case alone. */
export type EvaluatedPlan = {
  readonly uses: readonly RoutingUse[];
  readonly missing: readonly RoutingItem[];
  readonly value: RoutingValue;
  readonly tours: readonly RoutedTour[];
};

export type BrokenRule = { readonly kind: 'broken-rule'; readonly rule: string };

type Stop = { readonly location: RoutingLocation; readonly grams: number; readonly cm3: number };

type Use = { grams: number; cm3: number; units: number; price: number; ranking: number };

/**
 * Recomputes every criterion of a plan and checks every rule of the model (C1–C8).
 *
 * Units: as in `RoutingCase`. Guarantees: independent of the solver: it reads the case and the plan only,
 *   so a plan that passes here is valid whoever made it.
 * Errors: `broken-rule` names the first rule that does not hold.
 */
export function evaluatePlan(routing: RoutingCase, uses: readonly RoutingUse[]): Result<EvaluatedPlan, BrokenRule> {
  const lines = new Map(routing.lines.map((line) => [line.id, line]));
  const locations = new Map(routing.locations.map((location) => [location.id, location]));
  const served = new Map<string, number>();
  const sources = new Map<string, number>();
  const stopsOf = new Map<string, Stop[]>();
  const used = new Set<string>();
  let cents = 0;
  let paid = 0;
  let parcels = 0;
  let minutes = 0;
  let co2 = 0;

  for (const use of uses) {
    const location = locations.get(use.location);
    const service = location?.services.find((candidate) => candidate.id === use.service);
    if (!location || !service) return broken('unknown location or service');
    if (used.has(location.id)) return broken('C1 a location is used with one service');
    used.add(location.id);

    const load = loadOf(use, location, lines);
    if (!load.ok) return load;
    for (const [line, qty] of use.items) {
      served.set(line, (served.get(line) ?? 0) + qty);
      sources.set(line, (sources.get(line) ?? 0) + 1);
    }
    const { grams, cm3, units, price, ranking } = load.value;
    const row = routing.tariffs[service.tariff]?.find(([maxGrams, maxCm3]) => grams <= maxGrams && cm3 <= maxCm3);
    if (!row) return broken('C5 weight and volume fit a tariff row');
    const promise = service.promise.find(([maxUnits]) => units <= maxUnits);
    if (!promise) return broken('C6 units fit a promise row');
    if (routing.deadline !== null && promise[1] > routing.deadline) return broken('C6 the promise keeps the deadline');

    paid += price + service.fixed + row[2];
    cents += price + ranking + service.fixed + row[2] + location.bias;
    parcels += row[3];
    co2 += service.co2 + row[4];
    minutes = Math.max(minutes, promise[1]);
    if (service.tour !== null) {
      stopsOf.set(service.tour, [...(stopsOf.get(service.tour) ?? []), { location, grams, cm3 }]);
    }
  }

  const missing: RoutingItem[] = [];
  for (const line of routing.lines.toSorted(byId)) {
    const got = served.get(line.id) ?? 0;
    const rule = brokenDemand(routing, line, got, sources.get(line.id) ?? 0);
    if (rule) return broken(rule);
    if (got < line.qty) missing.push([line.id, line.qty - got]);
  }

  const tours: RoutedTour[] = [];
  for (const tour of routing.tours.toSorted(byId)) {
    const stops = (stopsOf.get(tour.id) ?? []).toSorted((a, b) => byId(a.location, b.location));
    stopsOf.delete(tour.id);
    if (stops.length === 0) continue;
    if (!tourHolds(tour, stops)) return broken('C7 the tour holds its stops and load');
    const path = shortestTour(stops.map((stop) => stop.location.at), routing.home);
    const price = tour.base + tour.perStop * stops.length + tour.perUnit * path.length;
    cents += price;
    paid += price;
    parcels += 1;
    co2 += tour.co2PerUnit * path.length;
    tours.push({ id: tour.id, stops: path.order.map((index) => stops[index]?.location.id ?? ''), length: path.length });
  }
  if (stopsOf.size > 0) return broken('unknown tour');
  if (routing.maxParcels !== null && parcels > routing.maxParcels) return broken('C8 parcels within the limit');
  if (routing.maxSources !== null && used.size > routing.maxSources) return broken('C8 sources within the limit');

  const missingUnits = missing.reduce((sum, [, qty]) => sum + qty, 0);
  return ok({ uses, missing, tours, value: { missing: missingUnits, cents, parcels, minutes, co2, paid } });
}

function broken(rule: string) {
  return err({ kind: 'broken-rule', rule });
}

/** The demand rules of one line (C3, C4); undefined when they hold. */
function brokenDemand(routing: RoutingCase, line: RoutingLine, got: number, sources: number): string | undefined {
  if (got > line.qty) return 'C3 no line is served beyond its quantity';
  if (got < line.qty && !routing.allowPartial) return 'C3 each line gets its quantity';
  if (!line.split && got > 0 && (got !== line.qty || sources !== 1)) return 'C4 an unsplittable line has one source';
  return undefined;
}

function tourHolds(tour: RoutingTour, stops: readonly Stop[]): boolean {
  const grams = stops.reduce((sum, stop) => sum + stop.grams, 0);
  const cm3 = stops.reduce((sum, stop) => sum + stop.cm3, 0);
  return stops.length <= tour.maxStops && grams <= tour.maxGrams && cm3 <= tour.maxCm3;
}

function loadOf(
  use: RoutingUse,
  location: RoutingLocation,
  lines: ReadonlyMap<string, RoutingLine>,
): Result<Use, BrokenRule> {
  const load: Use = { grams: 0, cm3: 0, units: 0, price: 0, ranking: 0 };
  const seen = new Set<string>();
  for (const [lineId, qty] of use.items) {
    const line = lines.get(lineId);
    const offer = location.offers.find(([id]) => id === lineId);
    if (!line || !offer) return broken('unknown line or offer');
    if (seen.has(lineId)) return broken('a line is listed once for each use');
    if (!Number.isSafeInteger(qty) || qty < 1) return broken('C2 whole units, at least one');
    if (qty > offer[1]) return broken('C2 no more than the stock');
    seen.add(lineId);
    load.grams += qty * line.grams;
    load.cm3 += qty * line.cm3;
    load.units += qty;
    load.price += qty * offer[2];
    load.ranking += qty * ((offer[3] ?? 0) + location.unitBias);
  }
  if (load.units === 0) return broken('C2 a used pair carries at least one unit');
  return ok(load);
}

/** The services of a location that can still keep the deadline for at least one unit. */
export function servicesInTime(location: RoutingLocation, deadline: number | null): readonly RoutingService[] {
  return location.services.filter((service) =>
    service.promise.some(([units, minute]) => units > 0 && (deadline === null || minute <= deadline)),
  );
}
