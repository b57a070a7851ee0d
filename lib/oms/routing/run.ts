import { invariant } from '@/lib/kernel';
import { branchAndBound } from './branch';
import type { RoutingCase, RoutingGoal, RoutingUse, RoutingValue } from './case';
import { criteriaOf } from './case';
import { evaluatePlan } from './evaluate';
import type { EvaluatedPlan } from './evaluate';
import { buildModel } from './model';
import { byCodeUnit } from './order';
import { isComparable, rangesOf, weightsFor } from './ranges';
import type { Weights } from './ranges';
import { newState } from './search-state';
import type { SearchState } from './search-state';

/** One search: a case, and what differs from it. */
export type Question = {
  readonly routing: RoutingCase;
  readonly goal: RoutingGoal;
  readonly deadline: number | null;
  readonly maxNodes: number;
  /** Id of a location every plan must use. */
  readonly forced?: string | undefined;
  /** Only plans with at most so many missing units are of interest. */
  readonly maxMissing: number;
  /** Is any such plan enough? */
  readonly anyPlan?: boolean;
};

/** What a search found. `bound` is proven, in the weights' single integer; `isComplete` says whether it ended by itself. */
export type Finding = {
  readonly plan: EvaluatedPlan | undefined;
  readonly bound: number;
  readonly isComplete: boolean;
  readonly nodes: number;
  readonly weights: Weights;
};

/** Runs one search. Guarantees: pure; the plan is valid for the case with the question's deadline. */
export function run(question: Question): Finding {
  const { routing, goal, deadline } = question;
  const ranges = rangesOf(routing);
  invariant(isComparable(goal, ranges), 'the figures of a case are small enough to be compared exactly (see parseCase)');
  const weights = weightsFor(goal, ranges);
  const model = buildModel(routing, {
    weights,
    ranges,
    deadline,
    maxParcels: routing.maxParcels,
    maxSources: routing.maxSources,
    forced: question.forced ?? null,
  });
  const limit = (question.maxMissing + 1) * model.missingCost;
  const state = newState(model, question.maxNodes, limit, question.anyPlan ? limit : -1);
  if (question.forced !== undefined && model.forced < 0) return { plan: undefined, bound: Infinity, isComplete: true, nodes: 0, weights };
  const bound = branchAndBound(state);
  const plan = state.best < limit ? planOf(state, { ...routing, deadline, allowPartial: true }) : undefined;
  return { plan, bound, isComplete: !state.isOut, nodes: state.nodes, weights };
}

/** Reads the best plan out of the arrays and recomputes it from the case: a plan that breaks a rule must never leave the engine. */
function planOf(state: SearchState, routing: RoutingCase): EvaluatedPlan {
  const { model } = state;
  const uses: RoutingUse[] = [];
  model.locations.forEach((location, index) => {
    const option = state.bestOption[index] ?? 0;
    const service = model.optionService[option];
    if (option < 0 || !service) return;
    const items: (readonly [string, number])[] = [];
    for (let offer = model.offerStart[index] ?? 0; offer < (model.offerStart[index + 1] ?? 0); offer += 1) {
      const units = state.bestUnits[offer] ?? 0;
      const line = model.lines[model.offerLine[offer] ?? 0];
      if (units > 0 && line) items.push([line.id, units]);
    }
    uses.push({ location: location.id, service: service.id, items: items.toSorted((a, b) => byCodeUnit(a[0], b[0])) });
  });
  const plan = evaluatePlan(routing, uses);
  invariant(plan.ok, plan.ok ? '' : `the engine made a plan that breaks a rule: ${plan.error.rule}`);
  return plan.value;
}

/** Lexicographic comparison of two values under the criteria of a goal: negative when `a` is better. */
export function compareValues(goal: RoutingGoal, a: RoutingValue, b: RoutingValue): number {
  for (const criterion of criteriaOf[goal]) {
    const difference = a[criterion] - b[criterion];
    if (difference !== 0) return difference;
  }
  return 0;
}
