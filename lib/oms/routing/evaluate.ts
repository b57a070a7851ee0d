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
import { shortestTour } from './tours/tour-path';

/** A plan with every criterion recomputed from the case alone. */
export type EvaluatedPlan = {
  readonly uses: readonly RoutingUse[];
  readonly missing: readonly RoutingItem[];
  readonly value: RoutingValue;
  readonly tours: readonly RoutedTour[];
};

export type BrokenRule = { readonly kind: 'broken-rule'; readonly rule: string };

type Stop = { readonly location: RoutingLocation; readonly grams: number; readonly cm3: number };

type Load = { grams: number; cm3: number; units: number; price: number; ranking: number };

/** What is summed while a plan is read. */
type Sums = {
  cents: number;
  paid: number;
  parcels: number;
  minutes: number;
  co2: number;
  readonly served: Map<string, { units: number; sources: number }>;
  readonly stops: Map<string, Stop[]>;
  readonly used: Set<string>;
};

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
  const sums: Sums = { cents: 0, paid: 0, parcels: 0, minutes: 0, co2: 0, served: new Map(), stops: new Map(), used: new Set() };
  for (const use of uses) {
    const location = locations.get(use.location);
    const service = location?.services.find((candidate) => candidate.id === use.service);
    if (!location || !service) return broken('unknown location or service');
    if (sums.used.has(location.id)) return broken('C1 a location is used with one service');
    const load = loadOf(use, location, lines);
    if (!load.ok) return load;
    const rule = addUse(routing, sums, { use, location, service, load: load.value });
    if (rule !== undefined) return broken(rule);
  }
  const missing = missingOf(routing, sums);
  if (!missing.ok) return missing;
  const tours = rideTours(routing, sums);
  if (!tours.ok) return tours;
  const { cents, paid, parcels, minutes, co2 } = sums;
  if (routing.maxParcels !== null && parcels > routing.maxParcels) return broken('C8 parcels within the limit');
  if (routing.maxSources !== null && sums.used.size > routing.maxSources) return broken('C8 sources within the limit');
  const units = missing.value.reduce((sum, [, qty]) => sum + qty, 0);
  return ok({ uses, missing: missing.value, tours: tours.value, value: { missing: units, cents, parcels, minutes, co2, paid } });
}

type PricedUse = { readonly use: RoutingUse; readonly location: RoutingLocation; readonly service: RoutingService; readonly load: Load };

/** Adds one used pair to the sums; the rule it breaks, if any (C5, C6). */
function addUse(routing: RoutingCase, sums: Sums, { use, location, service, load }: PricedUse): string | undefined {
  const { grams, cm3, units, price, ranking } = load;
  const row = routing.tariffs[service.tariff]?.find(([maxGrams, maxCm3]) => grams <= maxGrams && cm3 <= maxCm3);
  if (!row) return 'C5 weight and volume fit a tariff row';
  const promise = service.promise.find(([maxUnits]) => units <= maxUnits);
  if (!promise) return 'C6 units fit a promise row';
  if (routing.deadline !== null && promise[1] > routing.deadline) return 'C6 the promise keeps the deadline';

  sums.used.add(location.id);
  sums.paid += price + service.fixed + row[2];
  sums.cents += price + ranking + service.fixed + row[2] + location.bias;
  sums.parcels += row[3];
  sums.co2 += service.co2 + row[4];
  sums.minutes = Math.max(sums.minutes, promise[1]);
  for (const [line, qty] of use.items) {
    const before = sums.served.get(line);
    sums.served.set(line, { units: qty + (before?.units ?? 0), sources: 1 + (before?.sources ?? 0) });
  }
  if (service.tour !== null) sums.stops.set(service.tour, [...(sums.stops.get(service.tour) ?? []), { location, grams, cm3 }]);
  return undefined;
}

/** What stays unserved, by line (C3, C4). */
function missingOf(routing: RoutingCase, sums: Sums): Result<readonly RoutingItem[], BrokenRule> {
  const missing: RoutingItem[] = [];
  for (const line of routing.lines.toSorted(byId)) {
    const { units, sources } = sums.served.get(line.id) ?? { units: 0, sources: 0 };
    const rule = brokenDemand(routing, line, units, sources);
    if (rule !== undefined) return broken(rule);
    if (units < line.qty) missing.push([line.id, line.qty - units]);
  }
  return ok(missing);
}

/** Adds every tour that has stops, along its shortest path (C7). */
function rideTours(routing: RoutingCase, sums: Sums): Result<readonly RoutedTour[], BrokenRule> {
  const tours: RoutedTour[] = [];
  for (const tour of routing.tours.toSorted(byId)) {
    const stops = (sums.stops.get(tour.id) ?? []).toSorted((a, b) => byId(a.location, b.location));
    sums.stops.delete(tour.id);
    if (stops.length === 0) continue;
    if (!tourHolds(tour, stops)) return broken('C7 the tour holds its stops and load');
    const points = stops.map((stop) => stop.location.at);
    const path = shortestTour(points, routing.home);
    const price = tour.base + tour.perStop * stops.length + tour.perUnit * path.length;
    sums.cents += price;
    sums.paid += price;
    sums.parcels += 1;
    sums.co2 += tour.co2PerUnit * path.length;
    tours.push({ id: tour.id, stops: path.order.map((index) => stops[index]?.location.id ?? ''), length: path.length });
  }
  return sums.stops.size > 0 ? broken('unknown tour') : ok(tours);
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

function loadOf(use: RoutingUse, location: RoutingLocation, lines: ReadonlyMap<string, RoutingLine>): Result<Load, BrokenRule> {
  const load: Load = { grams: 0, cm3: 0, units: 0, price: 0, ranking: 0 };
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
