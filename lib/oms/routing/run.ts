import { invariant } from '@/lib/kernel';
import { finishSearch, startSearch } from './search/branch';
import type { RoutingCase, RoutingGoal, RoutingUse, RoutingValue } from './case';
import { criteriaOf } from './case';
import { evaluatePlan } from './evaluate';
import type { EvaluatedPlan } from './evaluate';
import { buildModel } from './search/model';
import { byCodeUnit } from './order';
import { isComparable, rangesOf, weightsFor } from './ranges';
import type { Ranges, Weights } from './ranges';
import { newState } from './search/search-state';
import type { SearchState } from './search/search-state';

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
  /** How criteria are compared, and what no plan of interest exceeds: by the goal and the case when left out. */
  readonly measure?: Measure;
  /** Only plans better than this one are of interest. */
  readonly known?: EvaluatedPlan;
};

/** `isCounting`: the search only asks whether so few parcels or sources can do. */
type Measure = { readonly weights: Weights; readonly ranges: Ranges; readonly isCounting?: boolean };

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
  const { weights, ranges } = question.measure ?? measureOf(routing, goal);
  const { maxParcels, maxSources } = routing;
  const model = buildModel(routing, { weights, ranges, deadline, maxParcels, maxSources, forced: question.forced ?? null });
  const limit = question.known ? model.scale * weigh(question.known.value, weights) : (question.maxMissing + 1) * model.missingCost;
  const state = newState(model, question.maxNodes, limit, question.anyPlan ? limit : -1);
  if (question.forced !== undefined && model.forced < 0) return { plan: undefined, bound: Infinity, isComplete: true, nodes: 0, weights };
  const root = startSearch(state);
  let fallback: EvaluatedPlan | undefined;
  if (!root.isComplete && state.best === limit && isOpen(question)) {
    const first = findAny(question, ranges);
    state.nodes += first.nodes;
    const isSettled = first.isComplete && (!first.plan || question.anyPlan === true);
    if (isSettled) return { ...first, bound: first.plan ? root.bound : Infinity, nodes: state.nodes, weights };
    fallback = first.plan;
    if (fallback) state.best = model.scale * weigh(fallback.value, weights);
  }
  const start = state.best;
  const bound = finishSearch(state, root);
  const isFound = fallback ? state.best < start : state.best < limit;
  const plan = isFound ? planOf(state, { ...routing, deadline, allowPartial: true }) : fallback;
  return { plan, bound, isComplete: !state.isOut, nodes: state.nodes, weights };
}

/** Is the question whether there is any plan at all, still to be asked without money? */
function isOpen({ maxMissing, measure, known }: Question): boolean {
  return maxMissing === 0 && !known && measure?.isCounting !== true;
}

/**
 * Looks for any plan at all by making small what is limited, or what is missing, money apart: where there is none, the count alone often
 * proves it. A plan with more than is allowed is of no interest, so nothing needs to weigh more than one beyond it.
 */
function findAny(question: Question, ranges: Ranges): Finding {
  const { maxParcels, maxSources } = question.routing;
  const byParcels = maxParcels === null ? 0 : 1;
  const bySources = maxParcels === null && maxSources !== null ? 1 : 0;
  const most = maxParcels ?? maxSources ?? 0;
  const weights = { missing: most + 1, cents: 0, parcels: byParcels, co2: 0, sources: bySources };
  return run({ ...question, measure: { weights, ranges, isCounting: true }, anyPlan: true, maxNodes: Math.ceil(question.maxNodes / 2) });
}

function measureOf(routing: RoutingCase, goal: RoutingGoal) {
  const ranges = rangesOf(routing);
  invariant(isComparable(goal, ranges), 'the figures of a case are small enough to be compared exactly (see solve)');
  return { ranges, weights: weightsFor(goal, ranges) };
}

function weigh(value: RoutingValue, weights: Weights): number {
  return value.missing * weights.missing + value.cents * weights.cents + value.parcels * weights.parcels + value.co2 * weights.co2;
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
