import type { RoutingCase, RoutingGoal, RoutingLocation, RoutingService, RoutingTour, TariffRow } from '@/lib/oms';
import { seeded } from './random-case';

/** Habits of a town: what its baskets and shops are like. Shares are out of a hundred. */
export type TownShape = {
  readonly lines: number;
  readonly locations: number;
  /** Share of the lines a shop has. */
  readonly coverage: number;
  readonly quantity?: number;
  /** Most units of one line at one shop. */
  readonly stock?: number;
  /** Units a shop can prepare in time. */
  readonly capacity?: number;
  readonly heavy?: boolean;
  readonly services?: readonly ('pickup' | 'post' | 'relay' | 'van' | 'bike')[];
  readonly tours?: number;
  /** What each tour can carry; usual sizes when left out. */
  readonly tourGrams?: number;
  readonly goal?: RoutingGoal;
  readonly ties?: boolean;
  readonly ranking?: boolean;
  readonly deadline?: number;
  readonly maxParcels?: number;
  readonly maxSources?: number;
  readonly allowPartial?: boolean;
  /** Prices of nothing and no weights: pure covering. */
  readonly covering?: boolean;
};

const POST: readonly TariffRow[] = [
  [500, 8_000, 459, 1, 180],
  [1_000, 15_000, 560, 1, 210],
  [2_000, 25_000, 690, 1, 260],
  [5_000, 60_000, 990, 1, 390],
  [10_000, 100_000, 1_450, 1, 560],
  [15_000, 140_000, 1_850, 1, 760],
  [30_000, 200_000, 2_590, 1, 1_200],
  [60_000, 400_000, 5_180, 2, 2_400],
  [90_000, 600_000, 7_770, 3, 3_600],
];

const RELAY: readonly TariffRow[] = [
  [1_000, 12_000, 390, 1, 120],
  [3_000, 30_000, 480, 1, 170],
  [10_000, 80_000, 790, 1, 330],
  [20_000, 120_000, 1_190, 1, 600],
];

const VAN: readonly TariffRow[] = [
  [50_000, 300_000, 1_900, 1, 2_500],
  [200_000, 1_500_000, 3_900, 1, 4_000],
  [800_000, 6_000_000, 7_900, 1, 8_000],
];

const TARIFFS = {
  pickup: [[1_000_000, 10_000_000, 0, 1, 0]],
  stop: [[1_000_000, 10_000_000, 0, 0, 0]],
  post: POST,
  relay: RELAY,
  van: VAN,
} as const;

type Random = (below: number) => number;

/** A seeded case of a town: shops on a grid, prices near a common level, stock and preparation as its habits say. */
export function townCase(seed: number, shape: TownShape): RoutingCase {
  const random = seeded(seed * 7_919 + shape.lines * 104_729 + shape.locations);
  for (let skip = 0; skip < 5; skip += 1) random(2);
  const lines = Array.from({ length: shape.lines }, (_, index) => lineOf(random, shape, index));
  const level = lines.map(() => (shape.covering ? 0 : shape.ties ? 1_000 : 200 + random(6) * random(900)));
  const tours = Array.from({ length: shape.tours ?? 0 }, (_, index) => tourOf(random, shape, index));
  const home = [random(61), random(61)] as const;
  const locations = Array.from({ length: shape.locations }, (_, index): RoutingLocation => {
    const at = [random(61), random(61)] as const;
    return {
      id: `S${String(index).padStart(4, '0')}`,
      merchant: `M${index % 40}`,
      at,
      bias: shape.ranking && random(3) === 0 ? random(300) : 0,
      unitBias: shape.ranking && random(4) === 0 ? random(120) : 0,
      offers: lines.flatMap((line, at) => {
        if (random(100) >= shape.coverage) return [];
        const price = Math.round(((level[at] ?? 0) * (shape.ties ? 100 : 85 + random(31))) / 100);
        return [[line.id, 1 + random(shape.stock ?? 18), price, shape.ranking ? random(200) : 0] as const];
      }),
      services: servicesOf(random, shape, tours, Math.abs(at[0] - home[0]) + Math.abs(at[1] - home[1])),
    };
  });
  return {
    format: 'routing-case/1',
    id: `town-${shape.lines}x${shape.locations}-${seed}`,
    goal: shape.goal ?? 'cheapest',
    home,
    deadline: shape.deadline ?? null,
    maxParcels: shape.maxParcels ?? null,
    maxSources: shape.maxSources ?? null,
    allowPartial: shape.allowPartial ?? false,
    tariffs: TARIFFS,
    tours,
    lines,
    locations: locations.filter((location) => location.offers.length > 0),
  };
}

function lineOf(random: Random, shape: TownShape, index: number): RoutingCase['lines'][number] {
  const qty = 1 + (random(3) === 0 || shape.quantity !== undefined ? random(shape.quantity ?? 3) : 0);
  const grams = shape.heavy ? 700 + 100 * random(70) : 40 + random(50) * random(50);
  const cm3 = shape.heavy ? 3_000 + 500 * random(60) : 150 + random(90) * random(90);
  return {
    id: `L${String(index).padStart(2, '0')}`,
    product: `P${index}`,
    qty,
    grams: shape.covering ? 0 : grams,
    cm3: shape.covering ? 0 : cm3,
    split: shape.covering === true || random(8) > 0,
  };
}

function tourOf(random: Random, shape: TownShape, index: number): RoutingTour {
  const usualGrams = [6_000, 20_000, 80_000][random(3)] ?? 0;
  return {
    id: `bike${index}`,
    base: 290 + 10 * random(12),
    perStop: 60 + 10 * random(7),
    perUnit: 6 + random(4),
    co2PerUnit: 2,
    maxStops: 4 + random(5),
    maxGrams: shape.tourGrams ?? usualGrams,
    maxCm3: 400_000,
  };
}

function servicesOf(random: Random, shape: TownShape, tours: readonly RoutingTour[], distance: number): readonly RoutingService[] {
  const capacity = shape.capacity ?? [16, 32, 60][random(3)] ?? 0;
  const own = 50 + 10 * random(10);
  const late = 2_880 + 1_440 * random(3);
  const make = (kind: 'pickup' | 'post' | 'relay' | 'van' | 'bike'): readonly RoutingService[] => {
    const service = (mode: RoutingService['mode'], fixed: number, co2: number, promise: RoutingService['promise']): RoutingService => ({
      id: kind,
      mode,
      tariff: kind === 'bike' ? 'stop' : kind,
      fixed,
      co2,
      tour: null,
      promise,
    });
    if (shape.covering) return [service('pickup', 100 + random(900), 0, [[1_000, 60]])];
    const hours = [1, 2, 3].map((hour) => [Math.ceil((capacity * hour) / 3), 15 + 60 * hour] as const);
    const rising = hours.filter(([units], index) => index === 0 || units > (hours[index - 1]?.[0] ?? 0));
    if (kind === 'pickup') return [service('pickup', 100 + 4 * distance, 11 * distance, rising)];
    if (kind === 'van') return [service('parcel', 200 + 2 * distance, 30 * distance, [[capacity, late]])];
    if (kind === 'post') return [service('parcel', own, 20 + random(20), [[capacity, late]])];
    if (kind === 'relay') return [service('parcel', own, 15, [[capacity, 4_320]])];
    return tours
      .filter(() => random(3) > 0)
      .map((tour) => ({ ...service('courier', own, 8, [[capacity, 240 + 60 * random(3)]]), id: tour.id, tour: tour.id }));
  };
  const kinds = shape.services ?? (shape.tours ? ['pickup', 'bike', 'post', 'relay'] : ['pickup', 'post', 'relay']);
  const some = kinds.filter((kind, index) => kinds.length === 1 || index === 0 || random(3) > 0).flatMap(make);
  return some;
}
