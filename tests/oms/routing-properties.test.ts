import { describe, expect, test } from 'vitest';
import { evaluatePlan, solve as solveFully } from '@/lib/oms';
import type { RoutingAnswer, RoutingCase, SolveOptions } from '@/lib/oms';
import { bruteForce, compare } from './support/brute-force';
import { permuted } from './support/permuted';
import { randomCase } from './support/random-case';
import { provenCases } from './support/reference';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 240);
const FIRST = Number(process.env['FUZZ_FIRST'] ?? 0);
const seeds = Array.from({ length: RUNS }, (_, index) => FIRST + index);
// A search that ends early proves nothing to compare: what is not settled within this many nodes is left out.
const ENOUGH = 200;
const solve = (routing: RoutingCase, options: SolveOptions = { maxNodes: ENOUGH }) => solveFully(routing, options);
const isSettled = (answer: RoutingAnswer) => answer.status === 'optimal' || answer.status === 'infeasible';
const medium = { lines: 6, locations: 10, quantity: 4 };
const someSeeds = seeds.slice(0, Math.ceil(RUNS / 4));

function relabelled(routing: RoutingCase): RoutingCase {
  const name = (id: string) => `z${id.split('').toReversed().join('')}`;
  const locations = routing.locations.map((location) => ({
    ...location,
    id: name(location.id),
    offers: location.offers.map(([line, ...rest]) => [name(line), ...rest] as const),
    services: location.services.map((service) => ({ ...service, id: name(service.id), tour: service.tour && name(service.tour) })),
  }));
  const rename = <T extends { readonly id: string }>(items: readonly T[]) => items.map((item) => ({ ...item, id: name(item.id) }));
  return { ...routing, locations, lines: rename(routing.lines), tours: rename(routing.tours) };
}

/** Negative when `a` is better than `b` for the goal; a case without a plan is worse than any. */
function compareAnswers(routing: RoutingCase, a: RoutingAnswer, b: RoutingAnswer): number {
  const isNone = (answer: RoutingAnswer) => Number(answer.status === 'infeasible');
  return isNone(a) - isNone(b) || compare(routing, a.value, b.value);
}

test(`on ${RUNS} small random cases the answer is the best of all plans there are`, () => {
  for (const seed of seeds) {
    const routing = randomCase(seed);
    const answer = solveFully(routing);
    const best = bruteForce(routing);
    expect([seed, answer.status]).toEqual([seed, best ? 'optimal' : 'infeasible']);
    if (best) expect([seed, compare(routing, answer.value, best)]).toEqual([seed, 0]);
  }
});

describe("on random cases of a basket's size", () => {
  const cases = someSeeds.map((seed) => randomCase(1_000_000 + seed, medium)).filter((routing) => isSettled(solve(routing)));

  test('every plan keeps every rule, and says its value truly', () => {
    for (const routing of cases) {
      const answer = solve(routing);
      if (answer.status === 'infeasible') continue;
      const plan = evaluatePlan(routing, answer.uses);
      expect(plan.ok && plan.value.value).toEqual(answer.value);
    }
  });

  test('the answer does not change with the order of the input', () => {
    cases.forEach((routing, seed) => {
      const { uses, value, missing, bound, status, stats } = solve(routing);
      expect(solve(permuted(routing, seed))).toMatchObject({ uses, value, missing, bound, status, stats });
    });
  });

  test('other names change no criterion', () => {
    for (const routing of cases) {
      const [answer, renamed] = [solve(routing), solve(relabelled(routing))];
      if (isSettled(renamed))
        expect([routing.id, renamed.status, compareAnswers(routing, answer, renamed)]).toEqual([routing.id, answer.status, 0]);
    }
  });

  test('a bound found within few nodes never exceeds the optimum, and a plan is never better than it', () => {
    for (const routing of cases) {
      const optimum = solve(routing);
      for (const maxNodes of [1, 5]) {
        const answer = solve(routing, { maxNodes });
        if (answer.status === 'optimal' || answer.status === 'infeasible') {
          expect([routing.id, answer.status, compareAnswers(routing, answer, optimum)]).toEqual([routing.id, optimum.status, 0]);
          continue;
        }
        if (optimum.status === 'infeasible') continue;
        const { criterion, value } = answer.bound;
        expect([routing.id, value <= optimum.value[criterion] || compare(routing, answer.value, optimum.value) > 0]).toEqual([
          routing.id,
          true,
        ]);
        if (answer.status === 'feasible') expect(compare(routing, answer.value, optimum.value)).toBeGreaterThanOrEqual(0);
      }
    }
  });
});

test('all money times k makes all cents times k', () => {
  for (const proven of provenCases()
    .filter((routing) => routing.goal === 'cheapest')
    .slice(0, 12)) {
    const k = 7;
    const tariffs = Object.fromEntries(
      Object.entries(proven.tariffs).map(([name, rows]) => [
        name,
        rows.map(([grams, cm3, cents, ...rest]) => [grams, cm3, k * cents, ...rest] as const),
      ]),
    );
    const scaled: RoutingCase = {
      ...proven,
      tariffs,
      tours: proven.tours.map((tour) => ({ ...tour, base: k * tour.base, perStop: k * tour.perStop, perUnit: k * tour.perUnit })),
      locations: proven.locations.map((location) => ({
        ...location,
        bias: k * location.bias,
        unitBias: k * location.unitBias,
        offers: location.offers.map(([line, stock, price, risk = 0]) => [line, stock, k * price, k * risk] as const),
        services: location.services.map((service) => ({ ...service, fixed: k * service.fixed })),
      })),
    };
    expect([proven.id, solveFully(scaled).value.cents]).toEqual([proven.id, k * solveFully(proven).value.cents]);
  }
});

describe('nothing that helps makes the answer worse', () => {
  const cases = someSeeds
    .map((seed) => randomCase(2_000_000 + seed, medium))
    .filter((routing) => routing.locations.length > 1 && isSettled(solve(routing)));
  const never = (what: string, change: (routing: RoutingCase) => RoutingCase) =>
    test(what, () => {
      for (const routing of cases) {
        const changed = solve(change(routing));
        if (isSettled(changed)) expect([routing.id, compareAnswers(routing, changed, solve(routing)) <= 0]).toEqual([routing.id, true]);
      }
    });

  never('more stock', (routing) => ({
    ...routing,
    locations: routing.locations.map((location, index) =>
      index > 0 ? location : { ...location, offers: location.offers.map(([line, stock, ...rest]) => [line, stock + 2, ...rest] as const) },
    ),
  }));
  never('a later deadline', (routing) => ({ ...routing, deadline: routing.deadline === null ? null : routing.deadline + 120 }));
  never('a lower price', (routing) => ({
    ...routing,
    locations: routing.locations.map((location, index) =>
      index > 0
        ? location
        : {
            ...location,
            offers: location.offers.map(([line, stock, price, risk = 0]) => [line, stock, Math.floor(price / 2), risk] as const),
          },
    ),
  }));
  never('wider limits', (routing) => ({
    ...routing,
    maxParcels: routing.maxParcels === null ? null : routing.maxParcels + 1,
    maxSources: routing.maxSources === null ? null : routing.maxSources + 1,
  }));

  test('removing a location never improves it', () => {
    for (const routing of cases) {
      const fewer = solve({ ...routing, locations: routing.locations.slice(1) });
      if (isSettled(fewer)) expect([routing.id, compareAnswers(routing, fewer, solve(routing)) >= 0]).toEqual([routing.id, true]);
    }
  });
});
