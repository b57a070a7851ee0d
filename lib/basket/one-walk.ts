import type { Position } from '@/lib/kernel';
import { metresBetween, streetMetres } from '@/lib/kernel';
import type { SourcingProblem, WalkStop } from '@/lib/oms';
import { fetchHours, shortestWalk, walkPast } from '@/lib/oms';
import type { ShopBook } from '@/lib/shops';
import type { Place } from '@/lib/sourcing';
import type { BasketPlan } from './basket-plan';
import type { WalkView } from './views';

/** A round that takes longer, waiting included, is not one walk to whoever walks it. */
const LONGEST_WALK_MINUTES = 90;

/**
 * The one walk in which everything of a plan can be collected, from home and back: in order, with closing times kept; undefined where there is
 * none, where something is brought, where one shop has it all, or where nobody said where home is.
 */
export function oneWalk(
  plan: BasketPlan,
  { book, home }: { readonly book: ShopBook; readonly home: Position | undefined },
): WalkView | undefined {
  if (home === undefined || plan.parts.length < 2 || plan.parts.some((part) => part.method !== 'pickup')) return undefined;
  const stops = plan.parts.flatMap((part): readonly WalkStop[] => {
    const shop = book.get(part.shopId);
    return shop ? [{ id: shop.id, at: shop.at, hours: fetchHours(shop.openings, part.promise.from) }] : [];
  });
  if (stops.length < plan.parts.length) return undefined;
  const walk = walkPast(home, stops, { from: book.now, mostMinutes: LONGEST_WALK_MINUTES });
  if (!walk) return undefined;
  return {
    leaveAt: walk.leaveAt,
    minutes: walk.minutes,
    metres: walkedMetres([home, ...walk.order.flatMap((id) => stops.find((stop) => stop.id === id)?.at ?? []), home]),
    shopNames: walk.order.flatMap((id) => book.all().find((shop) => shop.id === id)?.name ?? []),
  };
}

/** The question with nothing but the shops of the shortest walk; undefined where nobody said where home is, or there is no such walk. */
export function onOneWalk(problem: SourcingProblem, places: ReadonlyMap<string, Place>, book: ShopBook): SourcingProblem | undefined {
  if (problem.home === null) return undefined;
  const hours = new Map([...places].map(([id, place]) => [id, book.get(place.shopId)?.openings ?? []]));
  const found = shortestWalk(problem, { home: problem.home, hours, mostMinutes: LONGEST_WALK_MINUTES });
  if (!found) return undefined;
  const locations = problem.locations
    .filter((location) => found.places.includes(location.id))
    .map((location) => ({ ...location, services: location.services.filter((service) => service.method === 'pickup') }));
  return { ...problem, locations };
}

/** As streets go. */
function walkedMetres(way: readonly Position[]): number {
  return Math.round(way.reduce((sum, at, index) => sum + streetMetres(metresBetween(way[index - 1] ?? at, at)), 0));
}
