import { routingGoals } from './case';
import type { RoutingAnswer, RoutingCase, RoutingGoal, SolveOptions } from './case';
import { isComparableByLevels, rangesOf } from './ranges';
import { solve } from './solve';

/** One plan and every goal it is the best for. */
export type Alternative = { readonly goals: readonly RoutingGoal[]; readonly answer: RoutingAnswer };

/** `[limit, cents]`: the least cents of a plan with at most that many parcels, or promised no later than that minute. */
export type TradeOff = readonly [limit: number, cents: number];

export type Alternatives = {
  readonly plans: readonly Alternative[];
  readonly fronts: { readonly parcels: readonly TradeOff[]; readonly minutes: readonly TradeOff[] };
  /** False when a search ended before its proof: plans hold, points may not be the least. */
  readonly isProven: boolean;
};

/**
 * The best plan of each goal, each plan once, and the exact trade-offs of cents against parcels and of cents against minutes.
 *
 * Units: as in `RoutingCase`; a goal whose amounts are too large to be compared exactly is left out. Guarantees: plans are distinct by their uses and come in the order of `routingGoals`; fronts run from the
 *   smallest limit to the cheapest plan and hold no dominated point; units are never left unserved to make a point cheaper.
 */
export function alternatives(routing: RoutingCase, options: SolveOptions = {}): Alternatives {
  const plans = new Map<string, { goals: RoutingGoal[]; answer: RoutingAnswer }>();
  let isProven = true;
  const ranges = rangesOf(routing);
  for (const goal of routingGoals.filter((candidate) => isComparableByLevels(candidate, ranges))) {
    const answer = solve({ ...routing, goal }, options);
    isProven &&= answer.status === 'optimal' || answer.status === 'infeasible';
    if (!hasPlan(answer)) continue;
    const key = JSON.stringify(answer.uses);
    const known = plans.get(key);
    if (known) known.goals.push(goal);
    else plans.set(key, { goals: [goal], answer });
  }
  const cheapest: RoutingCase = { ...routing, goal: 'cheapest' };
  const parcels = sweep(
    cheapest,
    options,
    (answer) => (answer.value.parcels === 0 ? undefined : { maxParcels: answer.value.parcels - 1 }),
    'parcels',
  );
  const minutes = sweep(
    cheapest,
    options,
    (answer) => (answer.value.minutes === 0 ? undefined : { deadline: answer.value.minutes - 1 }),
    'minutes',
  );
  return {
    plans: [...plans.values()],
    fronts: { parcels: parcels.points, minutes: minutes.points },
    isProven: isProven && parcels.isProven && minutes.isProven,
  };
}

function hasPlan(answer: RoutingAnswer): boolean {
  return answer.status === 'optimal' || answer.status === 'feasible';
}

/** Solves again and again under a tighter limit, until nothing is left or units would go unserved. */
function sweep(
  routing: RoutingCase,
  options: SolveOptions,
  tighter: (answer: RoutingAnswer) => Partial<RoutingCase> | undefined,
  criterion: 'parcels' | 'minutes',
): { readonly points: readonly TradeOff[]; readonly isProven: boolean } {
  const points: TradeOff[] = [];
  let answer = solve(routing, options);
  const { missing } = answer.value;
  while (hasPlan(answer) && answer.value.missing === missing) {
    if (answer.status === 'feasible') return { points: points.toReversed(), isProven: false };
    // The same cents under a tighter limit: the looser point is dominated.
    if (points.at(-1)?.[1] === answer.value.cents) points.pop();
    points.push([answer.value[criterion], answer.value.cents]);
    const limit = tighter(answer);
    if (!limit) break;
    answer = solve({ ...routing, ...limit }, options);
  }
  return { points: points.toReversed(), isProven: answer.status !== 'unknown' };
}
