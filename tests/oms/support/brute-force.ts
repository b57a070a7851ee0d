import { evaluatePlan } from '@/lib/oms';
import type { RoutingCase, RoutingUse, RoutingValue } from '@/lib/oms';
import { criteriaOf } from '@/lib/oms';

/** Negative when `a` is better than `b` under the case's goal. */
export function compare(routing: RoutingCase, a: RoutingValue, b: RoutingValue): number {
  for (const criterion of criteriaOf[routing.goal]) {
    if (a[criterion] !== b[criterion]) return a[criterion] - b[criterion];
  }
  return 0;
}

/**
 * The best value over every plan there is, found by listing them all: each line's quantities over its offers, each location's service.
 * Shares nothing with the engine but the check of a finished plan. Undefined when no plan is valid and wanted.
 */
export function bruteForce(
  routing: RoutingCase,
  isWanted: (uses: readonly RoutingUse[]) => boolean = () => true,
): RoutingValue | undefined {
  let best: RoutingValue | undefined;
  const takes = new Map<string, Map<string, number>>();

  const withServices = (used: readonly string[], uses: readonly RoutingUse[]): void => {
    const [id, ...rest] = used;
    if (id === undefined) {
      if (!isWanted(uses)) return;
      const plan = evaluatePlan(routing, uses);
      if (plan.ok && (!best || compare(routing, plan.value.value, best) < 0)) best = plan.value.value;
      return;
    }
    const location = routing.locations.find((candidate) => candidate.id === id)!;
    for (const service of location.services)
      withServices(rest, [...uses, { location: id, service: service.id, items: [...takes.get(id)!] }]);
  };

  const withLine = (lineIndex: number): void => {
    const line = routing.lines[lineIndex];
    if (!line)
      return withServices(
        [...takes].filter(([, items]) => items.size > 0).map(([id]) => id),
        [],
      );
    const withOffer = (locationIndex: number, left: number): void => {
      const location = routing.locations[locationIndex];
      if (!location) {
        if (left === 0 || routing.allowPartial) withLine(lineIndex + 1);
        return;
      }
      const stock = location.offers.find(([id]) => id === line.id)?.[1] ?? 0;
      for (let take = 0; take <= Math.min(stock, left); take += 1) {
        const items = takes.get(location.id) ?? new Map<string, number>();
        takes.set(location.id, items);
        if (take > 0) items.set(line.id, take);
        withOffer(locationIndex + 1, left - take);
        items.delete(line.id);
      }
    };
    withOffer(0, line.qty);
  };
  withLine(0);
  return best;
}
