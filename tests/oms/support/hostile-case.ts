import type { RoutingCase, RoutingGoal, RoutingLocation, RoutingService, RoutingTour, TariffRow } from '@/lib/oms';
import { seeded } from './random-case';

/** Upper limits of a hostile case. */
export type HostileShape = { readonly lines: number; readonly locations: number; readonly quantity: number };

type Random = (below: number) => number;
const goals: readonly RoutingGoal[] = ['cheapest', 'fewest', 'greenest', 'fastest'];

/** How one case is nasty: drawn once, so that a case is consistent in its nastiness. */
type Habit = {
  /** Money is a multiple of `unit` below `unit * spread`: small spreads make ties everywhere. */
  readonly unit: number;
  readonly spread: number;
  readonly fixedSpread: number;
  readonly isTight: boolean;
  readonly isSteppy: boolean;
  readonly isScarce: boolean;
  readonly isHeavy: boolean;
  readonly isCrowded: boolean;
  readonly hasRanking: boolean;
  readonly unsplit: number;
  readonly tours: number;
  readonly weight: number;
  readonly co2: number;
};

function habitOf(random: Random): Habit {
  const oneIn = (chances: number) => random(chances) === 0;
  return {
    unit: [1, 1, 1, 50, 7, 1_000_003, 10 ** 9][random(7)]!,
    spread: [1, 2, 3, 8, 40, 400][random(6)]!,
    fixedSpread: [1, 2, 4, 12, 100, 900][random(6)]!,
    isTight: oneIn(2),
    isSteppy: oneIn(2),
    isScarce: oneIn(4),
    isHeavy: oneIn(2),
    isCrowded: oneIn(3),
    hasRanking: oneIn(2),
    unsplit: [1_000, 4, 2, 1][random(4)]!,
    tours: oneIn(2) ? 0 : 1 + random(3),
    // Exact sums must hold at the far end of whole numbers too.
    weight: [1, 1, 100, 2 ** 38][random(4)]!,
    co2: [1, 1, 1, 5_000][random(4)]!,
  };
}

/** A random case made to break a router: edges everywhere, ties everywhere, nothing where something is expected. */
export function hostileCase(seed: number, shape: HostileShape = { lines: 4, locations: 5, quantity: 4 }): RoutingCase {
  const random = seeded(seed * 31 + 7);
  for (let skip = 0; skip < 3; skip += 1) random(2);
  const habit = habitOf(random);
  const oneIn = (chances: number) => random(chances) === 0;
  const lines = Array.from({ length: oneIn(40) ? 0 : 1 + random(shape.lines) }, (_, index) => ({
    id: `L${index}`,
    product: `P${index}`,
    qty: 1 + random(shape.quantity),
    grams: oneIn(4) ? 0 : habit.weight * (1 + random(habit.isHeavy ? 9 : 3)),
    cm3: oneIn(3) ? 0 : habit.weight * (1 + random(habit.isHeavy ? 9 : 3)),
    split: random(habit.unsplit) !== 0 || habit.unsplit > 100,
  }));
  const tours = Array.from({ length: habit.tours }, (_, index) => tourOf(random, habit, index));
  const tariffs = {
    a: rowsOf(random, habit),
    b: rowsOf(random, habit),
    free: [[2 ** 50, 2 ** 50, 0, 1, 0] as const],
    none: [[2 ** 50, 2 ** 50, 0, 0, 0] as const],
    ...(oneIn(6) ? { empty: [] } : {}),
  };
  const corner = random(20);
  const locations: RoutingLocation[] = [];
  for (let index = 0, count = oneIn(50) ? 0 : 1 + random(shape.locations); index < count; index += 1) {
    const twin = locations.at(-1);
    if (twin && oneIn(5)) {
      locations.push({ ...twin, id: `S${index}` });
      continue;
    }
    locations.push({
      id: `S${index}`,
      merchant: `M${index % 3}`,
      at: habit.isCrowded ? [corner + random(2), corner] : [random(20), random(20)],
      bias: habit.hasRanking && oneIn(2) ? habit.unit * random(habit.fixedSpread) : 0,
      unitBias: habit.hasRanking && oneIn(3) ? habit.unit * random(habit.spread) : 0,
      offers: lines
        .filter(() => !oneIn(4))
        .map((line) => {
          const stock = oneIn(8) ? 0 : oneIn(10) ? 2 ** 52 : 1 + random(habit.isScarce ? 2 : shape.quantity + 1);
          return [line.id, stock, habit.unit * random(habit.spread), habit.hasRanking ? habit.unit * random(habit.spread) : 0] as const;
        }),
      services: servicesOf(random, habit, { tariffs: Object.keys(tariffs), tours, quantity: shape.quantity * shape.lines }),
    });
  }
  const units = lines.reduce((sum, line) => sum + line.qty, 0);
  return {
    format: 'routing-case/1',
    id: `hostile-${seed}`,
    goal: goals[random(4)]!,
    home: [random(20), random(20)],
    deadline: oneIn(4) ? 1 + random(7) : null,
    maxParcels: habit.isTight && oneIn(2) ? random(6) : null,
    maxSources: habit.isTight && oneIn(2) ? random(Math.min(5, units + 2)) : null,
    allowPartial: oneIn(3),
    tariffs,
    tours,
    lines,
    locations,
  };
}

function tourOf(random: Random, habit: Habit, index: number): RoutingTour {
  const oneIn = (chances: number) => random(chances) === 0;
  return {
    id: `T${index}`,
    base: habit.unit * random(habit.fixedSpread),
    perStop: habit.unit * random(habit.spread),
    perUnit: oneIn(4) ? 0 : habit.unit * random(Math.min(habit.spread, 9)),
    co2PerUnit: habit.co2 * random(4),
    maxStops: oneIn(10) ? 0 : 1 + random(8),
    maxGrams: oneIn(3) ? habit.weight * random(30) : 2 ** 50,
    maxCm3: oneIn(3) ? habit.weight * random(30) : 2 ** 50,
  };
}

/** Tariff rows that never decrease; some equal to the one before, some that never apply. */
function rowsOf(random: Random, habit: Habit): readonly TariffRow[] {
  let [grams, cm3, cents, parcels, co2] = [
    habit.weight * random(8),
    habit.weight * random(8),
    habit.unit * random(habit.fixedSpread),
    random(2),
    random(3),
  ];
  return Array.from({ length: 1 + random(habit.isSteppy ? 6 : 2) }, () => {
    const row: TariffRow = [grams, cm3, cents, parcels, co2];
    grams += habit.weight * random(7);
    cm3 += habit.weight * random(7);
    cents += habit.unit * random(habit.fixedSpread);
    parcels += random(4) === 0 ? 1 : 0;
    co2 += habit.co2 * random(3);
    return row;
  });
}

type Offered = { readonly tariffs: readonly string[]; readonly tours: readonly RoutingTour[]; readonly quantity: number };

function servicesOf(random: Random, habit: Habit, { tariffs, tours, quantity }: Offered): readonly RoutingService[] {
  const count = random(20) === 0 ? 0 : 1 + random(3);
  return Array.from({ length: count }, (_, index): RoutingService => {
    const tour = tours.length > 0 && random(2) === 0 ? tours[random(tours.length)]! : undefined;
    let [units, minute] = [random(10) === 0 ? 0 : 1 + random(quantity), random(4)];
    const promise = Array.from({ length: random(10) === 0 ? 0 : 1 + random(3) }, () => {
      const row = [units, minute] as const;
      units += 1 + random(quantity);
      minute += 1 + random(3);
      return row;
    });
    return {
      id: `V${index}`,
      mode: tour ? 'courier' : 'parcel',
      tariff: tariffs[random(tariffs.length)]!,
      fixed: habit.unit * random(habit.fixedSpread),
      co2: habit.co2 * random(4),
      tour: tour?.id ?? null,
      promise,
    };
  });
}
