import type { Instant, Position } from '@/lib/kernel';
import { MINUTE, instant, metresBetween, plusMs, streetMetres } from '@/lib/kernel';
import type { SourcingProblem, WalkStop } from '@/lib/oms';
import { shortestWalk, walkPast } from '@/lib/oms';
import type { ShopBook } from '@/lib/shops';
import type { Place } from '@/lib/sourcing';
import type { BasketPlan } from './basket-plan';
import type { WalkView } from './views';

/** A round that takes longer, waiting included, is not one walk to whoever walks it. */
const LONGEST_WALK_MINUTES = 90;
const LONGEST_WALK_MS = LONGEST_WALK_MINUTES * MINUTE;

/**
 * The one walk in which everything of a plan can be collected, from home and back: in order, with closing times kept; undefined where there is
 * none, where something is brought, where one shop has it all, or where nobody said where home is.
 */
export function oneWalk(
  plan: BasketPlan,
  { book, home }: { readonly book: ShopBook; readonly home: Position | undefined },
): WalkView | undefined {
  if (home === undefined || plan.parts.length < 2 || plan.parts.some((part) => part.method !== 'pickup')) return undefined;
  const readyAt = instant(Math.max(...plan.parts.map((part) => part.promise.from)));
  const stops = plan.parts.flatMap((part): readonly WalkStop[] => {
    const shop = book.get(part.shopId);
    const open = shop?.openings.find((interval) => interval.to > readyAt);
    return shop && open ? [{ id: shop.id, at: shop.at, open: { from: later(open.from, part.promise.from), to: open.to } }] : [];
  });
  if (stops.length < plan.parts.length) return undefined;
  // Whoever waits for the last bag need not have left before.
  const walk = walkPast(home, stops, later(book.now, plusMs(readyAt, -LONGEST_WALK_MS)));
  if (!walk || walk.backAt - walk.leaveAt > LONGEST_WALK_MS) return undefined;
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

function later(a: Instant, b: Instant): Instant {
  return instant(Math.max(a, b));
}
