import { explainBinding } from './binding';
import type { BindingLimits } from './binding';
import { criteriaOf } from './case';
import type { RoutingAnswer, RoutingCase, RoutingCriterion, RoutingItem, RoutingLine, SolveOptions } from './case';
import { servicesInTime } from './evaluate';
import { byId } from './order';
import { solve, solveForced } from './solve';

/** What another optimum costs more, criterion by criterion of the goal, or that there is none, or that the search ended too early. */
export type Difference =
  | { readonly kind: 'costs'; readonly criteria: readonly { readonly criterion: RoutingCriterion; readonly by: number }[] }
  | { readonly kind: 'impossible' }
  | { readonly kind: 'unproven' };

/** Why a line does not come (only) from its cheapest offer. */
export type Outweighed = 'nothing' | 'stock' | 'deadline' | 'limits' | 'total';

export type LineExplanation = {
  readonly line: string;
  readonly sources: readonly { readonly location: string; readonly qty: number }[];
  /** By ranking cents per unit; null when nobody offers the line. */
  readonly cheapest: { readonly location: string; readonly cents: number } | null;
  readonly outweighedBy: Outweighed;
};

export type Explanation = {
  /** For each used location: the optimum without it, less the optimum. */
  readonly uses: readonly { readonly location: string; readonly withoutIt: Difference }[];
  /** For each location asked about and not used: the optimum forced to use it, less the optimum. */
  readonly notUsed: readonly { readonly location: string; readonly forced: Difference }[];
  readonly lines: readonly LineExplanation[];
  readonly binding: BindingLimits;
};

export type ExplainOptions = SolveOptions & {
  /** Ids of the locations to answer "why not this one?" for; all that are not used when left out. */
  readonly whyNot?: readonly string[];
};

/**
 * Why a plan is what it is.
 *
 * Guarantees: every difference is one of two exact optima, so anyone can recompute it; `unproven` where a search did not complete.
 *   Costs one search for each used location and each one asked about. The answer must be to this case.
 */
export function explain(routing: RoutingCase, answer: RoutingAnswer, options: ExplainOptions = {}): Explanation {
  const used = new Set(answer.uses.map((use) => use.location));
  const others = routing.locations
    .toSorted(byId)
    .filter((location) => !used.has(location.id) && (options.whyNot?.includes(location.id) ?? true));
  return {
    uses: answer.uses.map(({ location }) => ({
      location,
      withoutIt: difference(
        routing,
        answer,
        solve({ ...routing, locations: routing.locations.filter((other) => other.id !== location) }, options),
      ),
    })),
    notUsed: others.map(({ id }) => ({ location: id, forced: difference(routing, answer, solveForced(routing, id, options)) })),
    lines: routing.lines.toSorted(byId).map((line) => explainLine(routing, answer, line)),
    binding: explainBinding(routing, answer),
  };
}

function difference(routing: RoutingCase, optimum: RoutingAnswer, other: RoutingAnswer): Difference {
  if (other.status === 'infeasible') return { kind: 'impossible' };
  if (other.status !== 'optimal' || optimum.status !== 'optimal') return { kind: 'unproven' };
  return {
    kind: 'costs',
    criteria: criteriaOf[routing.goal].map((criterion) => ({ criterion, by: other.value[criterion] - optimum.value[criterion] })),
  };
}

function explainLine(routing: RoutingCase, answer: RoutingAnswer, line: RoutingLine): LineExplanation {
  const sources = answer.uses.flatMap(({ location, items }) =>
    items.filter((item: RoutingItem) => item[0] === line.id).map(([, qty]) => ({ location, qty })),
  );
  const offers = routing.locations
    .toSorted(byId)
    .flatMap((location) =>
      location.offers
        .filter(([id, stock]) => id === line.id && stock > 0)
        .map(([, stock, price, risk = 0]) => ({ location, stock, cents: price + risk + location.unitBias })),
    )
    .toSorted((a, b) => a.cents - b.cents || byId(a.location, b.location));
  const [best] = offers;
  if (!best) return { line: line.id, sources, cheapest: null, outweighedBy: 'stock' };
  const taken = sources.find((source) => source.location === best.location.id)?.qty ?? 0;
  const cheapest = { location: best.location.id, cents: best.cents };
  return {
    line: line.id,
    sources,
    cheapest,
    outweighedBy: outweighedBy(routing, answer, { line, taken, stock: best.stock, location: best.location }),
  };
}

type Cheapest = {
  readonly line: RoutingLine;
  readonly taken: number;
  readonly stock: number;
  readonly location: RoutingCase['locations'][number];
};

function outweighedBy(routing: RoutingCase, answer: RoutingAnswer, { line, taken, stock, location }: Cheapest): Outweighed {
  if (taken === line.qty) return 'nothing';
  if (servicesInTime(location, routing.deadline).length === 0) return 'deadline';
  if (taken === stock || (!line.split && stock < line.qty)) return 'stock';
  const isAtLimit = answer.uses.length === routing.maxSources || answer.value.parcels === routing.maxParcels;
  return isAtLimit && taken === 0 ? 'limits' : 'total';
}
