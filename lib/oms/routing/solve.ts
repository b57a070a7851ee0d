import { criteriaOf } from './case';
import type {
  RoutingAnswer,
  RoutingCase,
  RoutingLine,
  RoutingLocation,
  RoutingService,
  RoutingUse,
  RoutingValue,
  SolveOptions,
} from './case';
import { evaluatePlan, servicesInTime } from './evaluate';
import type { EvaluatedPlan } from './evaluate';
import { byId } from './order';

const DEFAULT_NODES = 300_000;

type Open = { service: RoutingService; items: Map<string, number> };

/** Lexicographic comparison of two values under the criteria of a goal. */
export function compareValues(routing: RoutingCase, a: RoutingValue, b: RoutingValue): number {
  for (const criterion of criteriaOf[routing.goal]) {
    const difference = a[criterion] - b[criterion];
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * Solves a routing case by enumerating, line by line, who supplies how much with which service.
 *
 * Units: as in `RoutingCase`. Guarantees: exact when the search completes; `feasible` or `unknown` otherwise.
 */
export function solve(routing: RoutingCase, options: SolveOptions = {}): RoutingAnswer {
  const maxNodes = options.maxNodes ?? DEFAULT_NODES;
  const lines = routing.lines.toSorted(byId);
  const locations = routing.locations.toSorted(byId);
  const open = new Map<string, Open>();
  const cheapest = lines.map((line) => cheapestUnit(line, locations));
  let nodes = 0;
  let best: EvaluatedPlan | undefined;

  const consider = () => {
    const uses: RoutingUse[] = [...open]
      .filter(([, use]) => use.items.size > 0)
      .map(([location, use]) => ({ location, service: use.service.id, items: [...use.items].toSorted() }))
      .toSorted((a, b) => (a.location < b.location ? -1 : 1));
    const plan = evaluatePlan(routing, uses);
    if (plan.ok && (!best || compareValues(routing, plan.value.value, best.value) < 0)) best = plan.value;
  };

  const canImprove = (missing: number, cents: number, parcels: number, from: number) => {
    if (!best) return true;
    if (missing !== best.value.missing) return missing < best.value.missing;
    let atLeast = cents;
    if (!routing.allowPartial) for (let index = from; index < lines.length; index += 1) atLeast += cheapest[index] ?? 0;
    if (routing.goal === 'cheapest') return atLeast < best.value.cents || (atLeast === best.value.cents && parcels < best.value.parcels);
    if (routing.goal === 'fewest') return parcels < best.value.parcels || (parcels === best.value.parcels && atLeast < best.value.cents);
    return true;
  };

  const placeLine = (index: number, missing: number, cents: number, parcels: number): void => {
    nodes += 1;
    if (nodes > maxNodes || !canImprove(missing, cents, parcels, index)) return;
    const line = lines[index];
    if (!line) return consider();
    const sources = locations
      .map((location) => ({ location, unit: unitCents(line, location), stock: stockOf(line, location) }))
      .filter(({ stock }) => stock > 0)
      .toSorted((a, b) => a.unit - b.unit || byId(a.location, b.location));

    const placeSource = (at: number, left: number, sum: number, bags: number): void => {
      if (nodes > maxNodes || !canImprove(missing, sum, bags, index + 1)) return;
      const source = sources[at];
      if (left === 0) return placeLine(index + 1, missing, sum, bags);
      if (!source) {
        if (routing.allowPartial && (line.split || left === line.qty)) placeLine(index + 1, missing + left, sum, bags);
        return;
      }
      const { location, unit, stock } = source;
      const known = open.get(location.id);
      for (let take = line.split ? Math.min(stock, left) : stock >= left && left === line.qty ? left : 0; take > 0; take -= 1) {
        for (const service of known ? [known.service] : servicesInTime(location, routing.deadline)) {
          const use = known ?? { service, items: new Map<string, number>() };
          open.set(location.id, use);
          use.items.set(line.id, take);
          const row = routing.tariffs[service.tariff]?.[0];
          const opening = known ? 0 : service.fixed + location.bias + (row?.[2] ?? 0);
          nodes += 1;
          placeSource(at + 1, left - take, sum + take * unit + opening, bags + (known ? 0 : (row?.[3] ?? 0)));
          use.items.delete(line.id);
          if (!known) open.delete(location.id);
        }
        if (!line.split) break;
      }
      placeSource(at + 1, left, sum, bags);
    };
    placeSource(0, line.qty, cents, parcels);
  };
  placeLine(0, 0, 0, 0);
  return answer(routing, best, nodes, nodes <= maxNodes);
}

function answer(routing: RoutingCase, best: EvaluatedPlan | undefined, nodes: number, complete: boolean): RoutingAnswer {
  const criteria = criteriaOf[routing.goal];
  const missing = routing.lines.toSorted(byId).map((line) => [line.id, line.qty] as const);
  const units = missing.reduce((sum, [, qty]) => sum + qty, 0);
  const value = best?.value ?? { missing: units, cents: 0, parcels: 0, minutes: 0, co2: 0, paid: 0 };
  const status = best ? (complete ? 'optimal' : 'feasible') : complete ? 'infeasible' : 'unknown';
  return {
    caseId: routing.id,
    status,
    uses: best?.uses ?? [],
    missing: best?.missing ?? missing,
    value,
    bound: status === 'optimal' ? { criterion: criteria[2], value: value[criteria[2]] } : { criterion: criteria[0], value: 0 },
    tours: best?.tours ?? [],
    reasons: [],
    stats: { nodes },
  };
}

function unitCents(line: RoutingLine, location: RoutingLocation): number {
  const offer = location.offers.find(([id]) => id === line.id);
  return offer ? offer[2] + (offer[3] ?? 0) + location.unitBias : Infinity;
}

function stockOf(line: RoutingLine, location: RoutingLocation): number {
  return location.offers.find(([id]) => id === line.id)?.[1] ?? 0;
}

function cheapestUnit(line: RoutingLine, locations: readonly RoutingLocation[]): number {
  return line.qty * Math.min(...locations.map((location) => unitCents(line, location)));
}
