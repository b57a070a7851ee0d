import { describe, expect, test } from 'vitest';
import { alternatives, criteriaOf, explain, explainInfeasible, solve, solveForced } from '@/lib/oms';
import type { RoutingCase } from '@/lib/oms';
import { bruteForce, compare } from './support/brute-force';
import { randomCase } from './support/random-case';
import { provenCases } from './support/reference';

const tiny = (name: string): RoutingCase => provenCases().find((routing) => routing.id.startsWith(name))!;
const small = Array.from({ length: 30 }, (_, seed) => randomCase(3_000_000 + seed, { lines: 3, locations: 3, quantity: 3 }));

describe('the differences of an explanation', () => {
  test('are those of two optima, recomputed over all plans', () => {
    for (const routing of small) {
      const answer = solve(routing);
      if (answer.status !== 'optimal') continue;
      const explanation = explain(routing, answer);
      const asked = [
        ...explanation.uses.map(({ location, withoutIt }) => ({
          found: withoutIt,
          best: bruteForce(routing, (uses) => uses.every((use) => use.location !== location)),
        })),
        ...explanation.notUsed.map(({ location, forced }) => ({
          found: forced,
          best: bruteForce(routing, (uses) => uses.some((use) => use.location === location)),
        })),
      ];
      for (const { found, best } of asked) {
        const criteria = criteriaOf[routing.goal].map((criterion) => ({
          criterion,
          by: (best?.[criterion] ?? 0) - answer.value[criterion],
        }));
        expect([routing.id, found]).toEqual([routing.id, best ? { kind: 'costs', criteria } : { kind: 'impossible' }]);
      }
    }
  });

  test('of a location forced into the plan are exact too', () => {
    for (const routing of small) {
      for (const { id } of routing.locations) {
        const forced = solveForced(routing, id);
        const best = bruteForce(routing, (uses) => uses.some((use) => use.location === id));
        expect([routing.id, id, forced.status]).toEqual([routing.id, id, best ? 'optimal' : 'infeasible']);
        if (best) expect([routing.id, id, compare(routing, forced.value, best)]).toEqual([routing.id, id, 0]);
      }
    }
  });
});

test('an explanation says where each line comes from and what outweighs its cheapest offer', () => {
  const routing = tiny('tiny-02');
  const explanation = explain(routing, solve(routing));
  expect(explanation.lines.map(({ line, outweighedBy }) => [line, outweighedBy])).toEqual([
    ['a', 'total'],
    ['b', 'total'],
  ]);
});

test('the limits a plan touches are named', () => {
  const routing = tiny('tiny-08');
  const { binding } = explain(routing, solve(routing));
  expect(binding.exhaustedOffers).toEqual([
    { location: 'S1', line: 'a' },
    { location: 'S2', line: 'a' },
  ]);
  expect(binding).toMatchObject({ isDeadlineReached: false, isParcelLimitReached: false, isSourceLimitReached: false });
});

describe('why there is no plan', () => {
  test('stock that is short is said with what there is', () => {
    const { reasons, partial } = explainInfeasible(tiny('tiny-07'));
    expect(reasons).toEqual([{ kind: 'short-of-stock', lines: [{ line: 'a', wanted: 3, available: 2 }] }]);
    expect([partial.status, partial.value.missing]).toEqual(['optimal', 1]);
  });

  test('a line that may not be split says the largest single source', () => {
    const routing = tiny('tiny-03');
    const unsplit = { ...routing, lines: routing.lines.map((line) => ({ ...line, split: false })) };
    expect(explainInfeasible(unsplit).reasons[0]?.kind).toBe('no-single-source');
  });

  test('a deadline says the earliest minute that can be kept', () => {
    const routing = tiny('tiny-01');
    expect(explainInfeasible({ ...routing, deadline: 60 }).reasons).toEqual([{ kind: 'too-late', lines: ['a'], earliestMinute: 2_880 }]);
  });

  test('limits say the smallest number that can be kept', () => {
    const routing = tiny('tiny-03');
    expect(explainInfeasible({ ...routing, maxParcels: 1 }).reasons).toEqual([{ kind: 'too-many-parcels', smallest: 2 }]);
    expect(explainInfeasible({ ...routing, maxSources: 1 }).reasons).toEqual([{ kind: 'too-many-sources', smallest: 2 }]);
  });

  test('every infeasible case gets a reason that holds, and its best partial plan', () => {
    for (const routing of small) {
      if (routing.allowPartial || solve(routing).status !== 'infeasible') continue;
      const { reasons, partial } = explainInfeasible(routing);
      expect([routing.id, reasons.length > 0]).toEqual([routing.id, true]);
      const best = bruteForce({ ...routing, allowPartial: true });
      expect(best && compare(routing, partial.value, best)).toBe(0);
      for (const reason of reasons) {
        if (reason.kind === 'too-late') {
          expect(bruteForce({ ...routing, deadline: reason.earliestMinute })).toBeDefined();
          expect(bruteForce({ ...routing, deadline: reason.earliestMinute - 1 })).toBeUndefined();
        }
        if (reason.kind === 'jointly-infeasible') expect(reason.lines.length).toBeGreaterThan(0);
      }
    }
  });
});

describe('alternatives', () => {
  test('hold no dominated point and no plan twice', () => {
    for (const routing of small) {
      const { plans, fronts, isProven } = alternatives(routing);
      expect(isProven).toBe(true);
      expect(new Set(plans.map((plan) => JSON.stringify(plan.answer.uses))).size).toBe(plans.length);
      for (const front of [fronts.parcels, fronts.minutes]) {
        front.slice(1).forEach(([limit, cents], index) => {
          expect(limit).toBeGreaterThan(front[index]![0]);
          expect(cents).toBeLessThan(front[index]![1]);
        });
      }
    }
  });

  test('say at each point what is the cheapest within its limit', () => {
    for (const routing of small.slice(0, 20)) {
      for (const [parcels, cents] of alternatives(routing).fronts.parcels) {
        expect([routing.id, bruteForce({ ...routing, goal: 'cheapest', maxParcels: parcels })?.cents]).toEqual([routing.id, cents]);
      }
      for (const [minute, cents] of alternatives(routing).fronts.minutes) {
        expect([routing.id, bruteForce({ ...routing, goal: 'cheapest', deadline: minute })?.cents]).toEqual([routing.id, cents]);
      }
    }
  });
});
