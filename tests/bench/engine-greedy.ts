import { gridDistance } from '@/lib/oms/routing/tours/tour-path';
import type { RoutingCase, RoutingItem, RoutingLocation, RoutingUse } from '@/lib/oms';

export type GreedyRule = 'nearest-first' | 'most-lines-first' | 'cheapest-first';

/**
 * What a plain rule would do: go through the locations in the rule's order and take all each can give of what is still wanted, with its
 * first service that carries it. The yardstick, not a solver: it may fail where a plan exists.
 */
export function greedy(routing: RoutingCase, rule: GreedyRule): readonly RoutingUse[] {
  const left = new Map(routing.lines.map((line) => [line.id, line.qty]));
  const uses: RoutingUse[] = [];
  for (const location of routing.locations.toSorted((a, b) => rank(routing, rule, a) - rank(routing, rule, b))) {
    const items = location.offers.flatMap(([line, stock]): readonly RoutingItem[] => {
      const wanted = left.get(line) ?? 0;
      const isSplit = routing.lines.find((candidate) => candidate.id === line)?.split ?? true;
      const take = isSplit || stock >= wanted ? Math.min(stock, wanted) : 0;
      return take > 0 ? [[line, take]] : [];
    });
    const service = items.length === 0 ? undefined : location.services.find((candidate) => carries(routing, candidate, items));
    if (!service) continue;
    for (const [line, qty] of items) left.set(line, (left.get(line) ?? 0) - qty);
    uses.push({ location: location.id, service: service.id, items });
  }
  return uses;
}

function carries(routing: RoutingCase, service: RoutingLocation['services'][number], items: readonly RoutingItem[]): boolean {
  const sum = (figure: 'grams' | 'cm3') =>
    items.reduce((total, [id, qty]) => total + qty * (routing.lines.find((line) => line.id === id)?.[figure] ?? 0), 0);
  const units = items.reduce((total, [, qty]) => total + qty, 0);
  const fits = routing.tariffs[service.tariff]?.some(([grams, cm3]) => sum('grams') <= grams && sum('cm3') <= cm3) ?? false;
  return fits && service.promise.some(([most, minute]) => units <= most && (routing.deadline === null || minute <= routing.deadline));
}

function rank(routing: RoutingCase, rule: GreedyRule, location: RoutingLocation): number {
  if (rule === 'nearest-first') return gridDistance(location.at, routing.home);
  if (rule === 'most-lines-first') return -location.offers.filter(([, stock]) => stock > 0).length;
  return location.offers.reduce((sum, [, , price]) => sum + price, 0) / Math.max(1, location.offers.length);
}
