import type { Result, StockLocationId } from '@/lib/kernel';
import type { SolveOptions } from '../routing/case';
import type { NoPlan } from './plans';
import { sourcePlan } from './plans';
import type { SourcingPlan, SourcingPlanKind, SourcingProblem } from './problem';
import { rankingOf } from './ranking';

/** When splitting an order is worth it: each part is worth at least so much, or bears so many ranking cents; and at most so many places. */
export type SplitRule = {
  readonly leastPartMinor: number;
  readonly smallPartCents: number;
  readonly mostPlaces: number | null;
};

const MOST_ROUNDS = 12;

/**
 * The best plan found in which splitting is worth it.
 *
 * Units: minor units of goods for a part, ranking cents for the burden of a part below `leastPartMinor` beside another. Guarantees: at most
 *   `mostPlaces` places; serves as much as any plan within that; never worse, burdens counted, than the plan chosen without regard to parts;
 *   a plan of one part bears nothing. The burden of a part depends on the whole plan, so it is no cost the engine knows: places with small
 *   parts are burdened and asked again until none is new, and the best answer of all rounds is taken. That is a bound, not a proof.
 * Errors: those of `sourcePlan`. Source: routing model §5.
 */
export function sourceSplitControlled(
  problem: SourcingProblem,
  kind: SourcingPlanKind,
  rule: SplitRule,
  options?: SolveOptions,
  ask: typeof sourcePlan = sourcePlan,
): Result<SourcingPlan, NoPlan> {
  const { mostPlaces } = rule;
  const maxSources = mostPlaces === null ? problem.wishes.maxSources : Math.min(mostPlaces, problem.wishes.maxSources ?? mostPlaces);
  const bound = { ...problem, wishes: { ...problem.wishes, maxSources } };
  const first = ask(bound, kind, options);
  if (!first.ok) return first;
  let best = first.value;
  const burdened = new Set<StockLocationId>();
  for (let round = 0, plan = best; round < MOST_ROUNDS; round += 1) {
    const fresh = smallParts(plan, rule).filter((place) => !burdened.has(place));
    if (fresh.length === 0) break;
    for (const place of fresh) burdened.add(place);
    const asked = ask(withBurden(bound, burdened, rule.smallPartCents), kind, options);
    if (!asked.ok) break;
    plan = asked.value;
    if (isBetter(plan, best, bound, rule)) best = plan;
  }
  return { ok: true, value: { ...best, isProven: best.isProven && smallParts(best, rule).length === 0 } };
}

function smallParts(plan: SourcingPlan, rule: SplitRule): readonly StockLocationId[] {
  if (plan.fulfilments.length < 2) return [];
  return plan.fulfilments.filter((part) => part.goodsMinor < rule.leastPartMinor).map((part) => part.locationId);
}

function withBurden(problem: SourcingProblem, places: ReadonlySet<StockLocationId>, cents: number): SourcingProblem {
  const locations = problem.locations.map((location) =>
    places.has(location.id) ? { ...location, bindingOnceMinor: (location.bindingOnceMinor ?? 0) + cents } : location,
  );
  return { ...problem, locations };
}

/** Serves as much, and costs less once small parts are burdened. */
function isBetter(plan: SourcingPlan, best: SourcingPlan, problem: SourcingProblem, rule: SplitRule): boolean {
  const missing = (one: SourcingPlan) => one.missing.reduce((sum, line) => sum + line.quantity, 0);
  if (missing(plan) !== missing(best)) return missing(plan) < missing(best);
  const burden = (one: SourcingPlan) => rankingOf(problem, one) + smallParts(one, rule).length * rule.smallPartCents;
  return burden(plan) < burden(best);
}
