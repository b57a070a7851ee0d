import type { RoutingAnswer, RoutingCase } from './case';
import { rangesOf } from './ranges';
import { run } from './run';
import type { Finding } from './run';
import { promiseMinutes, stockReasons } from './shortage';
import { answerOf, planned } from './answer';

/**
 * The earliest promise for everything, then the cheapest plan that keeps it.
 *
 * First the fewest missing units at any time, then by halving the earliest minute that still has such a plan, then the cheapest there.
 * Guarantees: as `solve`. When the budget ends within the halving, `bound` is the earliest minute not yet excluded.
 */
export function solveFastest(routing: RoutingCase, maxNodes: number, forced?: string): RoutingAnswer {
  const units = routing.lines.reduce((sum, line) => sum + line.qty, 0);
  const first = run({
    routing,
    goal: 'fastest',
    deadline: routing.deadline,
    maxNodes,
    maxMissing: routing.allowPartial ? units : 0,
    forced,
  });
  if (!first.plan) return answerOf(routing, first);
  const search: Search = { routing, forced, nodesLeft: maxNodes - first.nodes };
  if (!first.isComplete && first.plan.value.missing > 0) return answerOf(routing, first);
  const maxMissing = first.plan.value.missing;

  const minutes = [0, ...promiseMinutes(routing)].filter((minute) => minute <= (first.plan?.value.minutes ?? 0));
  let best = first;
  let [low, high] = [0, minutes.length - 1]; // the answer is among minutes[low..high]; `best` keeps minutes[high]
  let isProven = true;
  while (low < high && isProven) {
    const middle = Math.floor((low + high) / 2);
    const deadline = minutes[middle] ?? 0;
    const found = find(search, deadline, maxMissing);
    if (found.plan) {
      best = found;
      high = minutes.indexOf(found.plan.value.minutes);
    } else if (found.isComplete) low = middle + 1;
    else isProven = false;
  }
  return cheapestBy(search, { best, maxMissing, isProven, earliest: minutes[low] ?? 0, maxNodes });
}

/** The question all the searches of one answer share, and what is left of its budget. */
type Search = { readonly routing: RoutingCase; readonly forced: string | undefined; nodesLeft: number };

/** Nodes after which a search for any plan by a minute leaves money aside: it guides to a plan, and hides that there is none. */
const WITH_MONEY = 40;

/** Is there a plan by that minute? */
function find(search: Search, deadline: number, maxMissing: number): Finding {
  const { routing, forced } = search;
  const question = { routing, goal: 'fastest', deadline, maxNodes: search.nodesLeft, maxMissing, anyPlan: true, forced } as const;
  if (maxMissing === 0 && stockReasons({ ...routing, deadline }).length > 0) {
    return { plan: undefined, bound: Infinity, isComplete: true, nodes: 0, weights: { missing: 1, cents: 1, parcels: 0, co2: 0 } };
  }
  const finding = run({ ...question, maxNodes: Math.min(search.nodesLeft, WITH_MONEY) });
  search.nodesLeft -= finding.nodes;
  if (finding.plan || finding.isComplete || search.nodesLeft <= 0) return finding;
  const measure = { ranges: rangesOf(routing), weights: { missing: 1, cents: 0, parcels: 0, co2: 0 }, isCounting: true };
  const counted = run({ ...question, maxNodes: search.nodesLeft, measure });
  search.nodesLeft -= counted.nodes;
  return counted;
}

type Earliest = {
  readonly best: Finding;
  readonly maxMissing: number;
  readonly isProven: boolean;
  readonly earliest: number;
  readonly maxNodes: number;
};

/** The cheapest plan by the minute of the earliest one found. */
function cheapestBy(search: Search, { best, maxMissing, isProven, earliest, maxNodes }: Earliest): RoutingAnswer {
  const { routing, forced } = search;
  const minute = best.plan?.value.minutes ?? 0;
  const last = run({ routing, goal: 'fastest', deadline: minute, maxNodes: Math.max(1, search.nodesLeft), maxMissing, forced });
  search.nodesLeft -= last.nodes;
  const nodes = maxNodes - search.nodesLeft;
  const plan = last.plan ?? best.plan;
  if (!plan) return answerOf(routing, best);
  if (!isProven) return planned(routing, plan, { status: 'feasible', bound: { criterion: 'minutes', value: earliest }, nodes });
  if (last.isComplete) return planned(routing, plan, { status: 'optimal', bound: { criterion: 'cents', value: plan.value.cents }, nodes });
  const cents = Math.max(0, Math.floor(last.bound - last.weights.missing * maxMissing));
  return planned(routing, plan, { status: 'feasible', bound: { criterion: 'cents', value: cents }, nodes });
}
