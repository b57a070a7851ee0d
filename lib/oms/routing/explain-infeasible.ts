import type { InfeasibleReason, RoutingAnswer, RoutingCase, SolveOptions } from './case';
import { byId } from './order';
import { stockReasons } from './shortage';
import { solve } from './solve';

export type InfeasibleExplanation = {
  /** Empty only when the searches ended before any reason was proven. */
  readonly reasons: readonly InfeasibleReason[];
  /** The best plan that leaves something unserved. */
  readonly partial: RoutingAnswer;
};

/**
 * Why a case has no plan, as the smallest statement that is useful, and the best that can be done instead.
 *
 * In this order: stock that is short, unsplittable lines without a single source, a deadline (with the earliest minute that can be kept),
 * limits on parcels and sources (with the smallest that can be kept), and otherwise the fewest lines that cannot be had together.
 * Guarantees: every figure is exact: a reason whose search did not complete is left out.
 */
export function explainInfeasible(routing: RoutingCase, options: SolveOptions = {}): InfeasibleExplanation {
  const complete: RoutingCase = { ...routing, allowPartial: false };
  const reasons =
    firstFound([
      () => stockReasons({ ...complete, deadline: null }),
      () => lateReason(complete, options),
      () => limitReasons(complete, options),
      () => jointReason(complete, options),
    ]) ?? [];
  return { reasons, partial: solve({ ...routing, allowPartial: true }, options) };
}

function firstFound(attempts: readonly (() => readonly InfeasibleReason[])[]): readonly InfeasibleReason[] | undefined {
  for (const attempt of attempts) {
    const reasons = attempt();
    if (reasons.length > 0) return reasons;
  }
  return undefined;
}

function lateReason(routing: RoutingCase, options: SolveOptions): readonly InfeasibleReason[] {
  if (routing.deadline === null) return [];
  const fastest = solve({ ...routing, goal: 'fastest', deadline: null }, options);
  if (fastest.status !== 'optimal' || fastest.value.minutes <= routing.deadline) return [];
  const short = stockReasons(routing).flatMap((reason) =>
    'lines' in reason ? reason.lines.map((line) => (typeof line === 'string' ? line : line.line)) : [],
  );
  const lines = short.length > 0 ? short : routing.lines.toSorted(byId).map((line) => line.id);
  return [{ kind: 'too-late', lines, earliestMinute: fastest.value.minutes }];
}

function limitReasons(routing: RoutingCase, options: SolveOptions): readonly InfeasibleReason[] {
  const reasons: InfeasibleReason[] = [];
  for (const other of [{}, { maxParcels: null, maxSources: null }]) {
    // First each limit with the other one kept; only when neither alone is the cause, each with the other one gone.
    const parcels = routing.maxParcels === null ? undefined : fewestParcels({ ...routing, ...other, maxParcels: null }, options);
    if (parcels !== undefined && parcels > (routing.maxParcels ?? 0)) reasons.push({ kind: 'too-many-parcels', smallest: parcels });
    const sources = routing.maxSources === null ? undefined : fewestSources({ ...routing, ...other }, routing.maxSources, options);
    if (sources !== undefined && sources > (routing.maxSources ?? 0)) reasons.push({ kind: 'too-many-sources', smallest: sources });
    if (reasons.length > 0) return reasons;
  }
  return reasons;
}

function fewestParcels(routing: RoutingCase, options: SolveOptions): number | undefined {
  const answer = solve({ ...routing, goal: 'fewest' }, options);
  return answer.status === 'optimal' ? answer.value.parcels : undefined;
}

/** The smallest number of sources that has a plan, by trying one more at a time: each smaller number was proven impossible. */
function fewestSources(routing: RoutingCase, from: number, options: SolveOptions): number | undefined {
  const free = solve({ ...routing, goal: 'cheapest', maxSources: null }, options);
  if (free.status !== 'optimal') return undefined;
  for (let sources = from; sources < free.uses.length; sources += 1) {
    const answer = solve({ ...routing, goal: 'cheapest', maxSources: sources }, options);
    if (answer.status === 'optimal') return sources;
    if (answer.status !== 'infeasible') return undefined;
  }
  return free.uses.length;
}

/** Leaves out every line without which it is still impossible: what remains cannot be had together. */
function jointReason(routing: RoutingCase, options: SolveOptions): readonly InfeasibleReason[] {
  if (solve(routing, options).status !== 'infeasible') return [];
  let lines = routing.lines.toSorted(byId);
  for (const line of lines) {
    const others = lines.filter((other) => other !== line);
    if (others.length > 0 && solve(withLines(routing, others), options).status === 'infeasible') lines = others;
  }
  return [{ kind: 'jointly-infeasible', lines: lines.map((line) => line.id) }];
}

function withLines(routing: RoutingCase, lines: RoutingCase['lines']): RoutingCase {
  const ids = new Set(lines.map((line) => line.id));
  const locations = routing.locations.map((location) => ({ ...location, offers: location.offers.filter(([line]) => ids.has(line)) }));
  return { ...routing, lines, locations };
}
