import type { RoutingCase, RoutingGoal, RoutingLine, RoutingLocation } from '@/lib/oms';

/** The criteria of a plan, as the model of the engine defines them, worked out here a second time. */
export type Criteria = {
  readonly missing: number;
  readonly cents: number;
  readonly parcels: number;
  readonly minutes: number;
  readonly co2: number;
};

const order: Readonly<Record<RoutingGoal, readonly (keyof Criteria)[]>> = {
  cheapest: ['missing', 'cents', 'parcels'],
  fewest: ['missing', 'parcels', 'cents'],
  greenest: ['missing', 'co2', 'cents'],
  fastest: ['missing', 'minutes', 'cents'],
};

/** Only the criteria a goal compares, in its order. */
export function criteriaOf(goal: RoutingGoal, value: Criteria): readonly number[] {
  return order[goal].map((criterion) => value[criterion]);
}

/** Negative when `a` is better. */
export function compareCriteria(goal: RoutingGoal, a: Criteria, b: Criteria): number {
  for (const criterion of order[goal]) if (a[criterion] !== b[criterion]) return a[criterion] - b[criterion];
  return 0;
}

/** What a location costs with one of its services under a given load. */
type Served = {
  readonly tour: string | null;
  readonly cents: number;
  readonly parcels: number;
  readonly minutes: number;
  readonly co2: number;
};
type Load = { units: number; grams: number; cm3: number; cents: number };
type Used = { readonly location: RoutingLocation; readonly load: Load; readonly ways: readonly Served[] };
type Chosen = { readonly used: Used; readonly way: Served };

/**
 * The best criteria over every plan there is, by listing them all. Shares no code with the engine, not even the check of a plan.
 *
 * Undefined when there is no plan, `too-many` when there are more than `most` ways to share the units out.
 */
export function exhaustive(
  routing: RoutingCase,
  most = 200_000,
  isWanted: (used: readonly string[]) => boolean = () => true,
): Criteria | undefined | 'too-many' {
  const shares = routing.lines.map((line) => sharesOf(routing, line));
  if (shares.reduce((product, ways) => product * ways.length, 1) > most) return 'too-many';
  const paths = new Map<string, number>();
  const loads: Load[] = routing.locations.map(() => ({ units: 0, grams: 0, cm3: 0, cents: 0 }));
  let best: Criteria | undefined;

  const finish = (missing: number): void => {
    const used: Used[] = [];
    for (const [index, location] of routing.locations.entries()) {
      const load = loads[index]!;
      if (load.units === 0) continue;
      const ways = waysOf(routing, location, load);
      if (ways.length === 0) return;
      used.push({ location, load, ways });
    }
    if (routing.maxSources !== null && used.length > routing.maxSources) return;
    if (!isWanted(used.map(({ location }) => location.id))) return;
    const choose = (at: number, chosen: readonly Chosen[]): void => {
      const one = used[at];
      if (one) return one.ways.forEach((way) => choose(at + 1, [...chosen, { used: one, way }]));
      const value = valueOf(routing, chosen, missing, paths);
      if (value && (!best || compareCriteria(routing.goal, value, best) < 0)) best = value;
    };
    choose(0, []);
  };

  const share = (at: number, missing: number): void => {
    const line = routing.lines[at];
    if (!line) return finish(missing);
    for (const way of shares[at]!) {
      add(routing, line, way, loads, 1);
      share(at + 1, missing + line.qty - way.reduce((sum, units) => sum + units, 0));
      add(routing, line, way, loads, -1);
    }
  };
  share(0, 0);
  return best;
}

/** Every way to share a line's units out over the locations (C2, C3, C4). */
function sharesOf(routing: RoutingCase, line: RoutingLine): readonly (readonly number[])[] {
  const ways: (readonly number[])[] = [];
  const go = (taken: readonly number[], left: number): void => {
    const location = routing.locations[taken.length];
    if (!location) {
      const sources = taken.filter((units) => units > 0).length;
      const isWhole = line.split || sources === 0 || (sources === 1 && left === 0);
      if (isWhole && (left === 0 || routing.allowPartial)) ways.push(taken);
      return;
    }
    const stock = location.offers.find(([id]) => id === line.id)?.[1] ?? 0;
    for (let units = 0; units <= Math.min(stock, left); units += 1) go([...taken, units], left - units);
  };
  go([], line.qty);
  return ways;
}

function add(routing: RoutingCase, line: RoutingLine, way: readonly number[], loads: readonly Load[], sign: 1 | -1): void {
  way.forEach((units, index) => {
    if (units === 0) return;
    const location = routing.locations[index]!;
    const [, , price, risk = 0] = location.offers.find(([id]) => id === line.id)!;
    const load = loads[index]!;
    load.units += sign * units;
    load.grams += sign * units * line.grams;
    load.cm3 += sign * units * line.cm3;
    load.cents += sign * units * (price + risk + location.unitBias);
  });
}

/** The services that carry a load in time, each with its first tariff row and promise row that fit (C5, C6). */
function waysOf(routing: RoutingCase, location: RoutingLocation, load: Load): readonly Served[] {
  return location.services.flatMap((service): readonly Served[] => {
    const row = routing.tariffs[service.tariff]!.find(([grams, cm3]) => load.grams <= grams && load.cm3 <= cm3);
    const promise = service.promise.find(([units]) => load.units <= units);
    if (!row || !promise || (routing.deadline !== null && promise[1] > routing.deadline)) return [];
    return [{ tour: service.tour, cents: service.fixed + row[2], parcels: row[3], minutes: promise[1], co2: service.co2 + row[4] }];
  });
}

function valueOf(routing: RoutingCase, chosen: readonly Chosen[], missing: number, paths: Map<string, number>): Criteria | undefined {
  const value = { missing, cents: 0, parcels: 0, minutes: 0, co2: 0 };
  for (const { used, way } of chosen) {
    value.cents += used.load.cents + used.location.bias + way.cents;
    value.parcels += way.parcels;
    value.minutes = Math.max(value.minutes, way.minutes);
    value.co2 += way.co2;
  }
  for (const tour of routing.tours) {
    const stops = chosen.filter(({ way }) => way.tour === tour.id).map(({ used }) => used);
    if (stops.length === 0) continue;
    const grams = stops.reduce((sum, { load }) => sum + load.grams, 0);
    const cm3 = stops.reduce((sum, { load }) => sum + load.cm3, 0);
    if (stops.length > tour.maxStops || grams > tour.maxGrams || cm3 > tour.maxCm3) return undefined;
    const key = stops.map(({ location }) => location.id).join();
    const length =
      paths.get(key) ??
      shortestPath(
        routing.home,
        stops.map(({ location }) => location.at),
      );
    paths.set(key, length);
    value.cents += tour.base + tour.perStop * stops.length + tour.perUnit * length;
    value.co2 += tour.co2PerUnit * length;
    value.parcels += 1;
  }
  return routing.maxParcels !== null && value.parcels > routing.maxParcels ? undefined : value;
}

type Point = readonly [number, number];

/** Shortest open path through all points that ends at home, by trying every order. */
export function shortestPath(home: Point, points: readonly Point[]): number {
  if (points.length === 0) return 0;
  const between = (a: Point, b: Point) => Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]);
  const backwards = (at: Point, left: readonly Point[]): number =>
    left.length === 0
      ? 0
      : Math.min(
          ...left.map(
            (point, index) =>
              between(at, point) +
              backwards(
                point,
                left.filter((_, other) => other !== index),
              ),
          ),
        );
  return backwards(home, points);
}
