import type { Instant, Minor, Position, ShopId } from '@/lib/kernel';
import { atRate, metresBetween, minor, plusMs } from '@/lib/kernel';
import type { Method } from '@/lib/promise';
import { methods } from '@/lib/promise/views';
import type { ShopBook } from '@/lib/shops';
import type { RescuePolicy } from './rescue-policy';

/** What the shopper was told of a part: how it is received, from when, and for what is brought until when. */
export type Told = { readonly method: Method; readonly from: Instant; readonly to: Instant | null | undefined };

/** The last moment at which a promise still is the one that was made. Pure, like all limits here: the live chain and the simulation share them. */
export function sameHourOf({ method, from, to }: Told, { sameHourMs }: RescuePolicy): Instant {
  return plusMs(method === 'pickup' ? from : (to ?? from), sameHourMs);
}

/** The most a shop may ask for goods that cost so much: what the shopper paid, and what the rescue account adds. Minor units. */
export function mostPriceOf(goodsMinor: number, { mostExtraMinor, mostExtraBps }: RescuePolicy): number {
  return goodsMinor + Math.max(mostExtraMinor, atRate(minor(goodsMinor), mostExtraBps));
}

/** What the rescue account pays at most for units that are looked for together: dearer goods, and bringing them by themselves. Minor units. */
export function rescueBudgetOf(goods: readonly number[], policy: RescuePolicy): Minor {
  return minor(goods.reduce((sum, goodsMinor) => sum + mostPriceOf(goodsMinor, policy) - goodsMinor, policy.mostDeliveryMinor));
}

/** What was to be fetched is fetched, never brought to a shop's door. */
export function rescueMethods(method: Method): ReadonlySet<Method> {
  return new Set<Method>(method === 'pickup' ? ['pickup'] : methods);
}

/** Shops on the same way as the place where it was to be fetched. */
export function shopsNear(place: Position, book: ShopBook, { nearMetres }: RescuePolicy): ReadonlySet<ShopId> {
  return new Set(book.all().flatMap((shop) => (metresBetween(place, shop.at) <= nearMetres ? [shop.id] : [])));
}
