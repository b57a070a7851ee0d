import { answerOf, noPlan } from './answer';
import type { RoutingAnswer, RoutingCase, SolveOptions } from './case';
import { solveFastest } from './fastest';
import { run } from './run';
import { stockReasons } from './shortage';

/** Enough to prove every case of a city's size; a caller with less time passes fewer. */
export const DEFAULT_NODES = 200_000;

/**
 * Finds the best plan of a case: which location supplies what, with which service.
 *
 * Units: as in `RoutingCase`. Guarantees: pure; the same for any order of the case's arrays; `optimal` and `infeasible` are proven;
 *   `bound` never exceeds the optimum; a plan always keeps every rule. Infeasibility that can be read off the stock comes with its
 *   reasons; `explainInfeasible` finds the others.
 * Errors: throws on figures too large to be compared exactly and on ids that do not exist: `parseCase` refuses both.
 * Source: routing model §2–§4; Lagrangian branch and bound, Geoffrion (1974), Erlenkotter (1978).
 */
export function solve(routing: RoutingCase, options: SolveOptions = {}): RoutingAnswer {
  return solveQuestion(routing, undefined, options);
}

/** As `solve`, over the plans that use one location with at least one unit: the answer to "why not this shop?". */
export function solveForced(routing: RoutingCase, location: string, options: SolveOptions = {}): RoutingAnswer {
  return solveQuestion(routing, location, options);
}

function solveQuestion(routing: RoutingCase, forced: string | undefined, { maxNodes = DEFAULT_NODES }: SolveOptions): RoutingAnswer {
  if (!routing.allowPartial && stockReasons(routing).length > 0) {
    // What is said is what would be short at any time; a deadline as the only cause takes a search (`explainInfeasible`).
    return { ...noPlan(routing, 'infeasible', 0), reasons: stockReasons({ ...routing, deadline: null }) };
  }
  if (routing.goal === 'fastest') return solveFastest(routing, maxNodes, forced);
  const units = routing.lines.reduce((sum, line) => sum + line.qty, 0);
  const maxMissing = routing.allowPartial ? units : 0;
  return answerOf(routing, run({ routing, goal: routing.goal, deadline: routing.deadline, maxNodes, maxMissing, forced }));
}
