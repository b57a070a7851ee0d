import type { Position, ShopId } from '@/lib/kernel';
import { metresBetween } from '@/lib/kernel';
import type { ShopBook, ShopFacts } from '@/lib/shops';

/** May this shop take in what the selling shop sold? The selling shop always takes back its own. */
export function takesReturnsOf(shop: ShopFacts, originId: ShopId): boolean {
  return shop.id === originId || (shop.level === 'sell' && shop.services.takesReturns);
}

export type ReturnPlace = { readonly shop: ShopFacts; readonly metres: number; readonly isOrigin: boolean };

/** Where these goods may be brought, nearest first. */
export function returnPlaces(book: ShopBook, originId: ShopId, near: Position): readonly ReturnPlace[] {
  return book
    .all()
    .filter((shop) => takesReturnsOf(shop, originId))
    .map((shop) => ({ shop, metres: Math.round(metresBetween(near, shop.at)), isOrigin: shop.id === originId }))
    .toSorted((a, b) => a.metres - b.metres || (a.shop.id < b.shop.id ? -1 : 1));
}
