import type { ShopCardView } from '@/components/commerce/shop-card';
import { placeUrl } from '@/app/_text/directions';
import { metresBetween, walkingMinutes, type Locale, type Position, type ShopId } from '@/lib/kernel';
import { openState, type ShopBook, type ShopFacts } from '@/lib/shops';
import { tradeName } from '@/lib/texts';

type ShopCardsQuestion = {
  readonly book: ShopBook;
  readonly place: Position | undefined;
  /** Products one can order, by shop. */
  readonly products: ReadonlyMap<ShopId, number>;
  readonly locale: Locale;
};

/** A shop as its card shows it. */
export function shopCard(shop: ShopFacts, { book, place, products, locale }: ShopCardsQuestion): ShopCardView {
  return {
    slug: shop.slug,
    name: shop.name,
    trade: tradeName(shop.trade, locale),
    street: shop.street,
    phone: shop.phone,
    directions: placeUrl(shop),
    awning: shop.awning,
    open: openState(shop, book.now),
    walkingMinutes: place && walkingMinutes(metresBetween(place, shop.at)),
    productCount: products.get(shop.id) ?? 0,
  };
}

/** Open ones first, the one that stays open longest before the others; then the one that opens next. Without a place by name. */
export function byDoor(a: ShopCardView, b: ShopCardView): number {
  if (a.open.isOpen !== b.open.isOpen) return a.open.isOpen ? -1 : 1;
  const near = (a.walkingMinutes ?? 0) - (b.walkingMinutes ?? 0);
  if (near !== 0) return near;
  const changes = (a.open.changesAt ?? Number.MAX_SAFE_INTEGER) - (b.open.changesAt ?? Number.MAX_SAFE_INTEGER);
  return (a.open.isOpen ? -changes : changes) || a.name.localeCompare(b.name);
}
