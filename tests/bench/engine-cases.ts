import type { RoutingCase, RoutingLocation, RoutingService } from '@/lib/oms';
import { seeded } from '../oms/support/random-case';

/** Sizes and habits of one class of cases. Shares are out of a hundred. */
type Shape = {
  readonly lines: number;
  readonly locations: number;
  readonly coverage: number;
  readonly quantity: number;
  readonly stock: number;
  readonly grams: number;
  readonly isCovering?: boolean;
};

export type EngineClass = { readonly name: string; readonly maxNodes: number; readonly cases: readonly RoutingCase[] };

const POST = [
  [500, 8_000, 459, 1, 180],
  [1_000, 15_000, 560, 1, 210],
  [2_000, 25_000, 690, 1, 260],
  [5_000, 60_000, 990, 1, 390],
  [10_000, 100_000, 1_450, 1, 560],
  [30_000, 200_000, 2_590, 1, 1_200],
  [60_000, 400_000, 5_180, 2, 2_400],
] as const;

const RELAY = [
  [1_000, 12_000, 390, 1, 120],
  [3_000, 30_000, 480, 1, 170],
  [10_000, 80_000, 790, 1, 330],
  [20_000, 120_000, 1_190, 1, 600],
] as const;

/** The classes whose times and proofs are reported, each with its seeded cases. */
export function engineClasses(): readonly EngineClass[] {
  const cases = (count: number, shape: Shape) => Array.from({ length: count }, (_, index) => townCase(index + 1, shape));
  const town = { coverage: 25, quantity: 2, stock: 6, grams: 400 };
  return [
    { name: '8 lines, 100 locations', maxNodes: 200_000, cases: cases(40, { ...town, lines: 8, locations: 100, coverage: 10 }) },
    { name: '12 lines, 100 locations', maxNodes: 200_000, cases: cases(30, { ...town, lines: 12, locations: 100, coverage: 10 }) },
    { name: 'dense: 12 lines, 60 % overlap', maxNodes: 20_000, cases: cases(10, { ...town, lines: 12, locations: 100, coverage: 60 }) },
    { name: '20 lines, 200 locations', maxNodes: 4_000, cases: cases(8, { ...town, lines: 20, locations: 200, coverage: 10 }) },
    {
      name: 'bulk and heavy',
      maxNodes: 4_000,
      cases: cases(20, { lines: 6, locations: 30, coverage: 30, quantity: 16, stock: 9, grams: 900 }),
    },
    { name: '40 lines, 1000 locations', maxNodes: 50, cases: cases(3, { ...town, lines: 40, locations: 1_000, coverage: 5 }) },
    {
      name: 'covering: 50 lines, 10 %',
      maxNodes: 1_000,
      cases: cases(3, { lines: 50, locations: 200, coverage: 10, quantity: 1, stock: 2, grams: 0, isCovering: true }),
    },
  ];
}

/** A town of one seed: shops around a centre, prices near a common level, stock that may be short of what is wanted. */
function townCase(seed: number, shape: Shape): RoutingCase {
  const random = seeded(seed * 7_919 + shape.lines * 104_729 + shape.locations);
  const lines = Array.from({ length: shape.lines }, (_, index) => ({
    id: `L${String(index).padStart(2, '0')}`,
    product: `P${index}`,
    qty: 1 + random(shape.quantity),
    grams: shape.grams === 0 ? 0 : 50 + random(shape.grams),
    cm3: 100 + random(1_500),
    split: true,
  }));
  const level = lines.map(() => (shape.isCovering ? 0 : 300 + random(4_000)));
  const locations = Array.from({ length: shape.locations }, (_, index): RoutingLocation => {
    const at = [random(60), random(60)] as const;
    const offers = lines.flatMap((line, lineIndex) => {
      if (random(100) >= shape.coverage) return [];
      return [[line.id, 1 + random(shape.stock), Math.round(((level[lineIndex] ?? 0) * (85 + random(31))) / 100), 0] as const];
    });
    return {
      id: `S${String(index).padStart(4, '0')}`,
      merchant: `M${index}`,
      at,
      bias: 0,
      unitBias: 0,
      offers,
      services: servicesOf(random, shape, at),
    };
  });
  return {
    format: 'routing-case/1',
    id: `bench-${shape.lines}x${shape.locations}-${seed}`,
    goal: 'cheapest',
    home: [30, 30],
    deadline: null,
    maxParcels: null,
    maxSources: null,
    allowPartial: true,
    tariffs: { pickup: [[1_000_000, 10_000_000, 0, 1, 0]], post: POST, relay: RELAY },
    tours: [],
    lines,
    locations,
  };
}

function servicesOf(random: (below: number) => number, shape: Shape, at: readonly [number, number]): readonly RoutingService[] {
  const distance = Math.abs(at[0] - 30) + Math.abs(at[1] - 30);
  const fixed = shape.isCovering ? 100 + random(900) : 80 + 8 * distance;
  const pickup: RoutingService = {
    id: 'pickup',
    mode: 'pickup',
    tariff: 'pickup',
    fixed,
    co2: 10 * distance,
    tour: null,
    promise: [[60, 75]],
  };
  if (shape.isCovering) return [pickup];
  const parcel = (id: 'post' | 'relay', minute: number): RoutingService => ({
    id,
    mode: 'parcel',
    tariff: id,
    fixed: 10 * random(14),
    co2: 20,
    tour: null,
    promise: [[60, minute]],
  });
  return [pickup, parcel('post', 2_880), ...(random(2) === 0 ? [parcel('relay', 4_320)] : [])];
}
