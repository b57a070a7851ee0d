import { criteriaOf } from './case';
import type { RoutingAnswer, RoutingCase, RoutingCriterion } from './case';
import type { EvaluatedPlan } from './evaluate';
import { byId } from './order';
import type { Finding } from './run';

/** Turns what a search found into an answer, with the first criterion that is not settled and its bound. */
export function answerOf(routing: RoutingCase, finding: Finding): RoutingAnswer {
  const { plan, nodes, isComplete } = finding;
  if (!plan) return { ...noPlan(routing, isComplete ? 'infeasible' : 'unknown', nodes), bound: boundOf(routing, finding) };
  return planned(routing, plan, { status: isComplete ? 'optimal' : 'feasible', bound: boundOf(routing, finding), nodes });
}

/** An answer that carries a plan. */
export function planned(
  routing: RoutingCase,
  plan: EvaluatedPlan,
  { status, bound, nodes }: Pick<RoutingAnswer, 'status' | 'bound'> & { readonly nodes: number },
): RoutingAnswer {
  return {
    caseId: routing.id,
    status,
    uses: plan.uses,
    missing: plan.missing,
    value: plan.value,
    bound,
    tours: plan.tours,
    reasons: [],
    stats: { nodes },
  };
}

/** An answer without a plan: everything is missing. */
export function noPlan(routing: RoutingCase, status: 'infeasible' | 'unknown', nodes: number): RoutingAnswer {
  const missing = routing.lines.toSorted(byId).map((line) => [line.id, line.qty] as const);
  const units = missing.reduce((sum, [, qty]) => sum + qty, 0);
  return {
    caseId: routing.id,
    status,
    uses: [],
    missing,
    value: { missing: units, cents: 0, parcels: 0, minutes: 0, co2: 0, paid: 0 },
    bound: { criterion: 'missing', value: 0 },
    tours: [],
    reasons: [],
    stats: { nodes },
  };
}

/** Unpacks the single integer of the bound, criterion by criterion, down to the first the plan does not meet. */
function boundOf(routing: RoutingCase, { plan, bound, weights, isComplete }: Finding): RoutingAnswer['bound'] {
  const criteria = criteriaOf[routing.goal];
  const [, , last] = criteria;
  if (plan && isComplete) return { criterion: last, value: plan.value[last] };
  if (bound === Infinity) return { criterion: 'missing', value: 1 };
  let left = Math.max(0, bound);
  const weightOf: Readonly<Record<RoutingCriterion, number>> = { ...weights, minutes: 0 };
  for (const criterion of criteria) {
    const weight = weightOf[criterion];
    // Minutes are settled by searches of their own (`solveFastest`): before those, nothing is known of them.
    if (criterion === 'minutes' || weight === 0) return { criterion, value: 0 };
    const least = Math.floor(left / weight);
    if (!plan || plan.value[criterion] > least || criterion === last) return { criterion, value: least };
    left -= plan.value[criterion] * weight;
  }
  return { criterion: last, value: 0 };
}
