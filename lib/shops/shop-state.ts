import type { Instant } from '@/lib/kernel';
import { isOpenAt, nextOpening } from '@/lib/oms';
import type { ShopFacts } from './views';

/** May something be ordered and paid here now? Being shut does not matter: the promise says when it is ready. */
export function takesOrdersAt(shop: ShopFacts, now: Instant): boolean {
  return shop.level === 'sell' && shop.takesOrders && !(shop.pausedUntil !== undefined && shop.pausedUntil > now);
}

/** Open at `now`, and when that changes next; no `changesAt` when it does not in what is known. */
export type OpenState = { readonly isOpen: boolean; readonly changesAt: Instant | undefined };

/** What the sign on the door says. */
export function openState(shop: ShopFacts, now: Instant): OpenState {
  if (!isOpenAt(shop.openings, now)) return { isOpen: false, changesAt: nextOpening(shop.openings, now) };
  return { isOpen: true, changesAt: shop.openings.find((interval) => interval.from <= now && now < interval.to)?.to };
}
