import { DAY, type Instant } from '@/lib/kernel';
import type { ShopCardView } from '@/components/commerce/shop-card';

/** Another few shops each week, in turn, so that every shop of the city has its week; nobody pays for it. */
export function shopsOfTheWeek(shops: readonly ShopCardView[], now: Instant, count: number): readonly ShopCardView[] {
  const inOrder = shops.toSorted((a, b) => (a.slug < b.slug ? -1 : 1));
  const week = Math.floor((now + 3 * DAY) / (7 * DAY)); // weeks from Monday
  const start = inOrder.length === 0 ? 0 : (week * count) % inOrder.length;
  return [...inOrder.slice(start), ...inOrder.slice(0, start)].slice(0, count);
}
