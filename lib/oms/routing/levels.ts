import { answerOf, planned } from './answer';
import { criteriaOf } from './case';
import type { RoutingAnswer, RoutingCase } from './case';
import { isComparable, leadingWeights, rangesOf, weightsFor } from './ranges';
import { run } from './run';

/**
 * One criterion after the other, for amounts whose combination would not be exact in one number: first the leading one, then the next
 * among the plans that are as good. Guarantees: as `solve`; `feasible` where even the second number would not be exact.
 */
export function solveByLevels(routing: RoutingCase, maxNodes: number, forced: string | undefined): RoutingAnswer {
  const { goal, deadline } = routing;
  const ranges = rangesOf(routing);
  const maxMissing = routing.allowPartial ? ranges.units : 0;
  const question = { routing, goal, deadline, forced, maxMissing } as const;
  const first = run({ ...question, maxNodes, measure: { ranges, weights: leadingWeights(goal, ranges) } });
  if (!first.plan || !first.isComplete) return answerOf(routing, first);

  // No plan of interest exceeds the first one in any criterion that still counts.
  const { value } = first.plan;
  const within = { units: ranges.units, cents: value.cents, parcels: value.parcels, co2: value.co2 };
  const [, , last] = criteriaOf[goal];
  const unsettled = { status: 'feasible', bound: { criterion: last, value: 0 }, nodes: first.nodes } as const;
  if (!isComparable(goal, within) || first.nodes >= maxNodes) return planned(routing, first.plan, unsettled);
  const measure = { ranges: within, weights: weightsFor(goal, within) };
  const second = run({ ...question, maxNodes: maxNodes - first.nodes, measure, known: first.plan });
  return answerOf(routing, { ...second, plan: second.plan ?? first.plan, nodes: first.nodes + second.nodes });
}

/** Nodes after which a search for fewest parcels and least money at once is given up for one after the other. */
const AT_ONCE = 40;

/**
 * Fewest parcels, then least money among as few. Both at once where that settles it soon: the count of parcels leaves a bound no room
 * for money, so otherwise parcels are proven alone first and money then within so many. Guarantees: as `solve`.
 */
export function solveFewest(routing: RoutingCase, maxNodes: number, forced: string | undefined): RoutingAnswer {
  const { goal, deadline } = routing;
  const ranges = rangesOf(routing);
  const maxMissing = routing.allowPartial ? ranges.units : 0;
  const question = { routing, goal, deadline, forced, maxMissing } as const;
  const atOnce = run({ ...question, maxNodes: Math.min(maxNodes, AT_ONCE), measure: { ranges, weights: weightsFor(goal, ranges) } });
  let left = maxNodes - atOnce.nodes;
  if (atOnce.isComplete || left <= 0) return answerOf(routing, atOnce);

  const byCount = { ranges, weights: leadingWeights(goal, ranges) };
  const fewer = run({ ...question, maxNodes: left, measure: byCount, ...(atOnce.plan ? { known: atOnce.plan } : {}) });
  left -= fewer.nodes;
  const fewest = fewer.plan ?? atOnce.plan;
  const soFar = { ...fewer, plan: fewest, nodes: maxNodes - left };
  if (!fewest) return answerOf(routing, soFar);
  if (!fewer.isComplete || left <= 0) return answerOf(routing, { ...soFar, isComplete: false });

  const within = { ...routing, maxParcels: fewest.value.parcels };
  const byMoney = { ranges, weights: leadingWeights('cheapest', ranges) };
  const last = run({ ...question, routing: within, maxNodes: left, measure: byMoney, known: fewest });
  const nodes = maxNodes - left + last.nodes;
  const plan = last.plan ?? fewest;
  const cents = last.isComplete ? plan.value.cents : Math.floor(last.bound - last.weights.missing * plan.value.missing);
  const bound = { criterion: 'cents', value: Math.max(0, cents) } as const;
  return planned(routing, plan, { status: last.isComplete ? 'optimal' : 'feasible', bound, nodes });
}
