import { describe, expect, test } from 'vitest';
import { parseCase, solve, solveForced } from '@/lib/oms';
import type { RoutingCase } from '@/lib/oms';
import { criteriaOf, exhaustive } from './support/exhaustive';
import { hostileCase } from './support/hostile-case';
import { loadSolver, solveMixedInteger } from './support/mixed-integer';
import { ridersCase } from './support/riders-case';
import { townCase } from './support/town-case';
import type { TownShape } from './support/town-case';
import { wrongs } from './support/wrongs';

// FUZZ_RUNS raises the number of cases, FUZZ_FIRST moves the seeds: tens of thousands are for a night, not for every commit.
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 200);
const FIRST = Number(process.env['FUZZ_FIRST'] ?? 0);
const seeds = (count: number) => Array.from({ length: count }, (_, index) => FIRST + index);
const isExact = (routing: RoutingCase) => routing.lines.every(({ grams, cm3 }) => grams < 1e6 && cm3 < 1e6);

const generators = {
  hostile: { make: (seed: number) => hostileCase(seed), most: 4_000, share: 0.5 },
  riders: { make: (seed: number) => ridersCase(seed, { lines: 6, locations: 9 }), most: 1_000, share: 0.4 },
};

describe.each(Object.entries(generators))('on %s cases', (_, { make, most, share }) => {
  test(`no answer of ${RUNS} is wrong, whatever the budget`, { timeout: 60_000 + RUNS * 100 }, () => {
    let compared = 0;
    for (const seed of seeds(RUNS)) {
      const routing = make(seed);
      const best = exhaustive(routing, most);
      if (best === 'too-many') continue;
      compared += 1;
      const parsed = parseCase(routing);
      if (!parsed.ok) throw new Error(`${routing.id}: ${parsed.error.reason}`);
      for (const maxNodes of [20_000, 1, 2, 4, 16]) {
        const answer = solve(parsed.value, { maxNodes });
        expect([routing.id, maxNodes, wrongs(routing, answer, best)]).toEqual([routing.id, maxNodes, []]);
        // Billions of cents beside tons of emissions leave no exact number for both: such plans are said to be feasible only.
        const isHuge = routing.goal === 'greenest' && answer.value.cents > 1e9;
        if (maxNodes === 20_000 && !isHuge) expect([routing.id, answer.status]).toEqual([routing.id, best ? 'optimal' : 'infeasible']);
      }
    }
    expect(compared).toBeGreaterThan(RUNS * share);
  });
});

describe('a general solver finds the same', () => {
  const shape = { lines: 6, locations: 9, quantity: 6 };
  const count = Math.ceil(RUNS / 20);

  test(`on ${count} hostile cases too large to be listed`, { timeout: 60_000 + count * 3_000 }, async () => {
    const solver = await loadSolver();
    for (const seed of seeds(count)) {
      const routing = hostileCase(5_000_000 + seed, shape);
      const answer = solve(routing, { maxNodes: 3_000 });
      if (!isExact(routing) || answer.status === 'feasible' || answer.status === 'unknown') continue;
      const found = solveMixedInteger(solver, routing, 5);
      if (found.status === 'unknown') continue;
      const value = answer.status === 'optimal' ? criteriaOf(routing.goal, answer.value) : [];
      expect([routing.id, answer.status, value]).toEqual([routing.id, found.status, found.status === 'optimal' ? found.value : []]);
    }
  });

  const towns: Readonly<Record<string, TownShape>> = {
    'every service': { lines: 5, locations: 18, coverage: 30, tours: 1 },
    'two tours, least emissions': { lines: 4, locations: 12, coverage: 35, tours: 2, goal: 'greenest' },
    'tours too small for the basket': { lines: 5, locations: 13, coverage: 35, tours: 2, tourGrams: 1_200, goal: 'fewest' },
    'one tour too small, least emissions': { lines: 5, locations: 13, coverage: 35, tours: 1, tourGrams: 2_000, goal: 'greenest' },
    'few parcels': { lines: 5, locations: 15, coverage: 30, tours: 1, goal: 'fewest' },
    'parcels by weight': { lines: 6, locations: 20, coverage: 30, services: ['post', 'relay'] },
    'quantities over many shops': { lines: 3, locations: 12, coverage: 50, quantity: 20, stock: 9 },
    'heavy goods': { lines: 4, locations: 14, coverage: 40, quantity: 6, heavy: true, services: ['pickup', 'post', 'relay', 'van'] },
    'shops that prepare little': { lines: 4, locations: 15, coverage: 40, quantity: 6, capacity: 5 },
    'too few units': { lines: 4, locations: 8, coverage: 30, quantity: 12, stock: 4, allowPartial: true },
  };
  test.each(Object.entries(towns))('in a town of %s', { timeout: 300_000 }, async (_, town) => {
    const solver = await loadSolver();
    for (const seed of seeds(Math.max(1, Math.ceil(RUNS / 200)))) {
      const routing = townCase(900 + seed, town);
      const answer = solve(routing, { maxNodes: 3_000 });
      const found = solveMixedInteger(solver, routing, 10);
      if (answer.status === 'feasible' || found.status === 'unknown') continue;
      const value = answer.status === 'optimal' ? criteriaOf(routing.goal, answer.value) : [];
      expect([routing.id, answer.status, value]).toEqual([routing.id, found.status, found.status === 'optimal' ? found.value : []]);
    }
  });
});

test('a location that must be used is, at the least cost', { timeout: 60_000 + RUNS * 20 }, () => {
  for (const seed of seeds(Math.ceil(RUNS / 4))) {
    const routing = hostileCase(7_000_000 + seed, { lines: 3, locations: 3, quantity: 3 });
    if (exhaustive(routing, 2_000) === 'too-many') continue;
    for (const { id } of routing.locations) {
      const forced = solveForced(routing, id);
      const best = exhaustive(routing, 2_000, (used) => used.includes(id));
      expect([routing.id, id, wrongs(routing, forced, best === 'too-many' ? undefined : best)]).toEqual([routing.id, id, []]);
    }
  }
});

describe('scars', () => {
  const [shop] = hostileCase(1).locations;
  const plain = (change: Partial<RoutingCase>): RoutingCase => ({
    ...hostileCase(1),
    goal: 'cheapest',
    deadline: null,
    maxParcels: null,
    maxSources: null,
    allowPartial: false,
    tours: [],
    tariffs: { free: [[2 ** 50, 2 ** 50, 0, 1, 0]] },
    ...change,
  });
  const service = { id: 'V', mode: 'pickup', tariff: 'free', fixed: 1, co2: 0, tour: null, promise: [[2 ** 52, 1]] } as const;

  test('a quantity beyond 32 bits is counted, not wrapped', () => {
    const routing = plain({
      lines: [{ id: 'a', product: 'a', qty: 2 ** 33 + 1, grams: 1, cm3: 0, split: true }],
      locations: [{ ...shop!, bias: 0, unitBias: 0, offers: [['a', 2 ** 40, 0]], services: [service] }],
    });
    expect(solve(routing)).toMatchObject({ status: 'optimal', uses: [{ items: [['a', 2 ** 33 + 1]] }], value: { missing: 0, cents: 1 } });
  });

  test('parcels beyond 32 bits are counted, not wrapped', () => {
    const routing = plain({
      lines: [{ id: 'a', product: 'a', qty: 1, grams: 1, cm3: 0, split: true }],
      tariffs: { free: [[9, 9, 0, 2 ** 33, 0]] },
      locations: [{ ...shop!, bias: 0, unitBias: 0, offers: [['a', 1, 0]], services: [service] }],
    });
    expect(solve(routing).value).toMatchObject({ parcels: 2 ** 33 });
  });

  test('amounts too large for one number are compared one criterion after the other', () => {
    const line = { id: 'a', product: 'a', qty: 1, grams: 1, cm3: 0, split: true };
    const at = (id: string, co2: number, fixed: number) => ({
      ...shop!,
      id,
      bias: 0,
      unitBias: 0,
      offers: [['a', 1, 0]] as const,
      services: [{ ...service, co2, fixed }],
    });
    const locations = [at('A', 3e6, 5e8), at('B', 2e5, 9e8), at('C', 2e5, 8e8)];
    const answer = solve({ ...plain({ lines: [line], locations }), goal: 'greenest' });
    expect(answer).toMatchObject({ uses: [{ location: 'C' }], status: 'optimal', value: { co2: 2e5, cents: 8e8 } });
  });

  test('that so few parcels cannot do is proven by counting them', () => {
    const routing = townCase(1, { lines: 20, locations: 200, coverage: 10, services: ['pickup', 'post', 'relay'], maxParcels: 4 });
    expect(solve(routing, { maxNodes: 50 }).status).toBe('infeasible');
  });

  test('where everything costs the same, the bound is rounded up to what so many cost', () => {
    const shape = { lines: 24, locations: 60, coverage: 15, covering: true } as const;
    const town = townCase(3, shape);
    const locations = town.locations.map((one) => ({ ...one, services: one.services.map((kept) => ({ ...kept, fixed: 250 })) }));
    expect(solve({ ...town, locations }, { maxNodes: 1 })).toMatchObject({ status: 'optimal', value: { parcels: 6, cents: 1_500 } });
  });

  test('the fastest plan cut short before its minute is settled speaks of minutes, not of cents', () => {
    const routing = hostileCase(990);
    const short = solve({ ...routing, goal: 'fastest' }, { maxNodes: 1 });
    if (short.status === 'feasible' && short.value.missing > 0) expect(['missing', 'minutes']).toContain(short.bound.criterion);
  });
});
