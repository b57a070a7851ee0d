import type { Instant } from '@/lib/kernel';
import { isOpenAt, nextOpening } from '@/lib/oms';
import type { ShopFacts } from './views';

/**
 * May something be ordered here now, paid before or, where a shop only sets things aside, at its till? Being shut does not matter: the
 * promise says when it is ready.
 */
export function takesOrdersAt(shop: ShopFacts, now: Instant): boolean {
  return (shop.level === 'sell' || onlySetsAside(shop)) && isTaking(shop, now);
}

/** May something be ordered and paid before here now? What was paid for already can only go to such a shop. */
export function sellsAt(shop: ShopFacts, now: Instant): boolean {
  return shop.level === 'sell' && isTaking(shop, now);
}

/** A shop whose file is complete but which cannot be paid through Halles yet: what is ordered here is set aside (OP-25, ADR 0100). */
export function onlySetsAside({ level, services }: Pick<ShopFacts, 'level' | 'services'>): boolean {
  return level === 'reserve' && services.setAside && services.pickup;
}

function isTaking(shop: ShopFacts, now: Instant): boolean {
  return shop.takesOrders && pausedUntilAt(shop, now) === undefined;
}

/** Open at `now`, and when that changes next; no `changesAt` when it does not in what is known. `backAt`: "back in a moment", until then. */
export type OpenState = { readonly isOpen: boolean; readonly changesAt: Instant | undefined; readonly backAt?: Instant | undefined };

/** What the sign on the door says. */
export function openState(shop: ShopFacts, now: Instant): OpenState {
  if (!isOpenAt(shop.openings, now)) return { isOpen: false, changesAt: nextOpening(shop.openings, now) };
  const changesAt = shop.openings.find((interval) => interval.from <= now && now < interval.to)?.to;
  return { isOpen: true, changesAt, backAt: shop.pauseReason === 'away' ? pausedUntilAt(shop, now) : undefined };
}

/** Until when nothing is offered here, of a pause that ends by itself; undefined when there is none, or it is over. */
export function pausedUntilAt({ pausedUntil }: Pick<ShopFacts, 'pausedUntil'>, now: Instant): Instant | undefined {
  return pausedUntil !== undefined && pausedUntil > now ? pausedUntil : undefined;
}
