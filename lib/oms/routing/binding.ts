import type { RoutingAnswer, RoutingCase, RoutingUse } from './case';

/** The limits a plan touches: the first places to look when a shop or a shopper asks what stands in the way. */
export type BindingLimits = {
  /** Offers taken to the last unit. */
  readonly exhaustedOffers: readonly { readonly location: string; readonly line: string }[];
  /** Uses whose tariff row cannot carry one more unit of anything it carries. */
  readonly fullTariffRows: readonly { readonly location: string; readonly service: string }[];
  /** Uses whose units fill their promise row: one more would be promised later, or not at all. */
  readonly fullPromiseRows: readonly { readonly location: string; readonly service: string }[];
  /** Tours with as many stops as they may have. */
  readonly fullTours: readonly string[];
  readonly isDeadlineReached: boolean;
  readonly isParcelLimitReached: boolean;
  readonly isSourceLimitReached: boolean;
};

/** Reads the binding limits off a plan. Guarantees: pure arithmetic on the case and the plan, no search. */
export function explainBinding(routing: RoutingCase, answer: RoutingAnswer): BindingLimits {
  const ids = (use: RoutingUse) => ({ location: use.location, service: use.service });
  return {
    exhaustedOffers: answer.uses.flatMap((use) =>
      use.items.filter(([line, qty]) => stockOf(routing, use.location, line) === qty).map(([line]) => ({ location: use.location, line })),
    ),
    fullTariffRows: answer.uses.filter((use) => isTariffRowFull(routing, use)).map(ids),
    fullPromiseRows: answer.uses.filter((use) => isPromiseRowFull(routing, use)).map(ids),
    fullTours: answer.tours
      .filter((tour) => tour.stops.length === routing.tours.find(({ id }) => id === tour.id)?.maxStops)
      .map((tour) => tour.id),
    isDeadlineReached: routing.deadline !== null && answer.value.minutes === routing.deadline,
    isParcelLimitReached: routing.maxParcels !== null && answer.value.parcels === routing.maxParcels,
    isSourceLimitReached: routing.maxSources !== null && answer.uses.length === routing.maxSources,
  };
}

function stockOf(routing: RoutingCase, location: string, line: string): number {
  return routing.locations.find(({ id }) => id === location)?.offers.find(([id]) => id === line)?.[1] ?? 0;
}

function serviceOf(routing: RoutingCase, use: RoutingUse) {
  return routing.locations.find(({ id }) => id === use.location)?.services.find(({ id }) => id === use.service);
}

function isTariffRowFull(routing: RoutingCase, use: RoutingUse): boolean {
  const carried = use.items.flatMap(([id, qty]) => routing.lines.filter((line) => line.id === id).map((line) => ({ line, qty })));
  const grams = carried.reduce((sum, { line, qty }) => sum + qty * line.grams, 0);
  const cm3 = carried.reduce((sum, { line, qty }) => sum + qty * line.cm3, 0);
  const row = routing.tariffs[serviceOf(routing, use)?.tariff ?? '']?.find(([maxGrams, maxCm3]) => grams <= maxGrams && cm3 <= maxCm3);
  return row !== undefined && carried.every(({ line }) => grams + line.grams > row[0] || cm3 + line.cm3 > row[1]);
}

function isPromiseRowFull(routing: RoutingCase, use: RoutingUse): boolean {
  const units = use.items.reduce((sum, [, qty]) => sum + qty, 0);
  return serviceOf(routing, use)?.promise.some(([maxUnits]) => maxUnits === units) ?? false;
}
