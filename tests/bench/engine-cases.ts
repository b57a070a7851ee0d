import type { RoutingCase } from '@/lib/oms';
import { townCase } from '../oms/support/town-case';
import type { TownShape } from '../oms/support/town-case';

/** A class of the engine's targets: its cases, and what is aimed at (milliseconds; null where only the gap counts). */
export type EngineClass = {
  readonly name: string;
  readonly target: { readonly p50Ms: number | null; readonly p99Ms: number | null; readonly provenShare: number | null };
  readonly cases: readonly RoutingCase[];
};

/** So many cases of each shape in turn, so that a bench that runs out of time has seen all shapes. */
function mixed(count: number, shapes: readonly TownShape[]): readonly RoutingCase[] {
  return Array.from({ length: count }, (_, index) =>
    townCase(1 + Math.floor(index / shapes.length), shapes[index % shapes.length] ?? shapes[0]!),
  );
}

/** The habits of a usual basket: every goal, with and without a courier's tour, in proportion to what shoppers ask. */
function usual(size: { readonly lines: number; readonly locations: number; readonly coverage: number }): readonly TownShape[] {
  const town = { ...size, services: ['pickup', 'post', 'relay'] } as const;
  const tour = { ...size, services: ['pickup', 'bike', 'post'], tours: 1 } as const;
  return [
    town,
    tour,
    { ...size, services: ['pickup'] },
    { ...town, ranking: true },
    { ...town, goal: 'fewest' },
    { ...tour, goal: 'greenest' },
    { ...tour, goal: 'fastest' },
    { ...town, maxParcels: 4 },
    { ...town, ties: true },
    { ...size, services: ['post', 'relay'] },
  ];
}

function withoutStock(routing: RoutingCase): RoutingCase {
  const [first] = routing.lines;
  return { ...routing, lines: routing.lines.map((line) => (line === first ? { ...line, qty: 10_000 } : line)) };
}

/** The classes whose times and proofs are reported, each with its seeded cases. Source of the targets: routing model §7. */
export function engineClasses(): readonly EngineClass[] {
  const proven = (p50Ms: number, p99Ms: number, provenShare = 1) => ({ p50Ms, p99Ms, provenShare });
  const eight = usual({ lines: 8, locations: 100, coverage: 12 });
  const bulk = { lines: 6, locations: 30, coverage: 35 } as const;
  return [
    { name: '8 lines, 100 locations', target: proven(0.3, 5), cases: mixed(100, eight) },
    { name: '12 lines, 100 locations', target: proven(1, 20), cases: mixed(60, usual({ lines: 12, locations: 100, coverage: 12 })) },
    {
      name: 'dense: 12 lines, 60 % overlap',
      target: proven(5, 50),
      cases: mixed(20, usual({ lines: 12, locations: 100, coverage: 60 }).slice(0, 4)),
    },
    {
      name: '20 lines, 200 locations',
      target: proven(20, 250, 0.98),
      cases: mixed(40, usual({ lines: 20, locations: 200, coverage: 10 })),
    },
    {
      name: 'bulk and heavy',
      target: proven(10, 250, 0.95),
      cases: mixed(60, [
        { ...bulk, quantity: 20 },
        { ...bulk, quantity: 9, heavy: true, services: ['pickup', 'post', 'relay', 'van'] },
        { ...bulk, quantity: 6, capacity: 6 },
        { ...bulk, quantity: 24, stock: 9, services: ['post', 'relay'] },
        { ...bulk, quantity: 20, stock: 4, allowPartial: true },
      ]),
    },
    {
      name: 'two tours, and emissions first',
      target: { p50Ms: null, p99Ms: null, provenShare: null },
      cases: mixed(20, [
        { lines: 8, locations: 60, coverage: 12, tours: 2 },
        { lines: 8, locations: 60, coverage: 12, tours: 2, goal: 'greenest' },
        { lines: 6, locations: 60, coverage: 15, tours: 3 },
        { lines: 8, locations: 100, coverage: 12, tours: 2, goal: 'fewest' },
      ]),
    },
    {
      name: '20–60 lines, 500–2,000 locations',
      target: { p50Ms: null, p99Ms: 250, provenShare: null },
      cases: mixed(6, [
        { lines: 20, locations: 500, coverage: 6 },
        { lines: 40, locations: 1_000, coverage: 5 },
        { lines: 60, locations: 2_000, coverage: 4 },
      ]),
    },
    {
      name: 'covering: 40–60 lines, 10 %',
      target: { p50Ms: null, p99Ms: 250, provenShare: null },
      cases: mixed(9, [
        { lines: 40, locations: 200, coverage: 10, covering: true },
        { lines: 50, locations: 200, coverage: 10, covering: true },
        { lines: 60, locations: 300, coverage: 10, covering: true },
      ]),
    },
    { name: 'infeasible by stock', target: proven(0.1, 0.1), cases: mixed(20, eight.slice(0, 2)).map(withoutStock) },
  ];
}
