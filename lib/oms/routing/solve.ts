import { answerOf, noPlan } from './answer';
import type { RoutingAnswer, RoutingCase, SolveOptions } from './case';
import { solveFastest } from './fastest';
import { solveByLevels, solveFewest } from './levels';
import { isComparable, rangesOf, weightsFor } from './ranges';
import { run } from './run';
import { stockReasons } from './shortage';

/** Most nodes of a search that was given no number; a caller with less time, or more, passes its own. */
const DEFAULT_NODES = 15_000;

/** What a search of usual length may look at: nodes of a large case take longer, and of one with tours, so it gets fewer. */
const USUAL_WORK = 25_000_000;
const TOUR_FACTOR = 5;
const FEWEST_NODES = 300;

/** Nodes for a case when its caller names none: a second or so at any size. Guarantees: read off the case alone, so answers repeat. */
function usualNodes(routing: RoutingCase): number {
  const size = routing.locations.reduce((sum, location) => sum + location.offers.length + 3 * location.services.length, 1);
  const work = routing.tours.length > 0 ? TOUR_FACTOR * size : size;
  return Math.min(DEFAULT_NODES, Math.max(FEWEST_NODES, Math.floor(USUAL_WORK / work)));
}

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

function solveQuestion(routing: RoutingCase, forced: string | undefined, options: SolveOptions): RoutingAnswer {
  if (!routing.allowPartial && stockReasons(routing).length > 0) {
    // What is said is what would be short at any time; a deadline as the only cause takes a search (`explainInfeasible`).
    return { ...noPlan(routing, 'infeasible', 0), reasons: stockReasons({ ...routing, deadline: null }) };
  }
  const maxNodes = options.maxNodes ?? usualNodes(routing);
  if (routing.goal === 'fastest') return solveFastest(routing, maxNodes, forced);
  const ranges = rangesOf(routing);
  if (!isComparable(routing.goal, ranges)) return solveByLevels(routing, maxNodes, forced);
  if (routing.goal === 'fewest') return solveFewest(routing, maxNodes, forced);
  const maxMissing = routing.allowPartial ? ranges.units : 0;
  const measure = { ranges, weights: weightsFor(routing.goal, ranges) };
  return answerOf(routing, run({ routing, goal: routing.goal, deadline: routing.deadline, maxNodes, maxMissing, forced, measure }));
}
