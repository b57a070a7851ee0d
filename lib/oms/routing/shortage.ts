import type { InfeasibleReason, RoutingCase } from './case';
import { byCodeUnit } from './order';

type Supply = { total: number; largest: number };

/** What every line could be given by all locations that keep the deadline, together and by the largest alone. */
function suppliesOf(routing: RoutingCase): ReadonlyMap<string, Supply> {
  const supplies = new Map<string, Supply>(routing.lines.map((line) => [line.id, { total: 0, largest: 0 }]));
  for (const location of routing.locations) {
    let most = 0;
    for (const service of location.services) most = Math.max(most, mostUnits(service.promise, routing.deadline));
    if (most === 0) continue;
    for (const offer of location.offers) {
      const supply = supplies.get(offer[0]);
      if (!supply) continue;
      const units = Math.min(offer[1], most);
      supply.total += units;
      if (units > supply.largest) supply.largest = units;
    }
  }
  return supplies;
}

function mostUnits(promise: RoutingCase['locations'][number]['services'][number]['promise'], deadline: number | null): number {
  for (let row = promise.length - 1; row >= 0; row -= 1) {
    const [units, minute] = promise[row] ?? [0, 0];
    if (deadline === null || minute <= deadline) return units;
  }
  return 0;
}

/**
 * Reasons that can be read off the stock without any search: lines short of stock, and lines that may not be split and have no single source.
 * Guarantees: when it is not empty no complete plan exists; empty proves nothing.
 */
export function stockReasons(routing: RoutingCase): readonly InfeasibleReason[] {
  const supplies = suppliesOf(routing);
  const isShort = (line: RoutingCase['lines'][number]): boolean => {
    const { total, largest } = supplies.get(line.id) ?? { total: 0, largest: 0 };
    return (line.split ? total : largest) < line.qty;
  };
  if (!routing.lines.some(isShort)) return [];
  const lines = routing.lines.toSorted((a, b) => byCodeUnit(a.id, b.id));
  const short = lines.filter((line) => (supplies.get(line.id)?.total ?? 0) < line.qty);
  if (short.length > 0) {
    return [
      {
        kind: 'short-of-stock',
        lines: short.map((line) => ({ line: line.id, wanted: line.qty, available: supplies.get(line.id)?.total ?? 0 })),
      },
    ];
  }
  const alone = lines.filter((line) => !line.split && (supplies.get(line.id)?.largest ?? 0) < line.qty);
  if (alone.length === 0) return [];
  return [
    {
      kind: 'no-single-source',
      lines: alone.map((line) => ({ line: line.id, wanted: line.qty, largest: supplies.get(line.id)?.largest ?? 0 })),
    },
  ];
}

/** Every minute some promise is made for, within the deadline, earliest first. */
export function promiseMinutes(routing: RoutingCase): readonly number[] {
  const minutes = new Set<number>();
  for (const location of routing.locations) {
    for (const service of location.services) {
      for (const [units, minute] of service.promise) {
        if (units > 0 && (routing.deadline === null || minute <= routing.deadline)) minutes.add(minute);
      }
    }
  }
  return [...minutes].toSorted((a, b) => a - b);
}
