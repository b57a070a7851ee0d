import { listings, offers, products, stockLevels, stockMovements, variants } from '@/db/schema';
import type { CategoryId, ListingId, OfferId, SalesUnit } from '@/lib/kernel';
import { instant, minor, quantity } from '@/lib/kernel';
import { systemIds } from '@/lib/platform/ids';
import { reader } from '@/lib/platform/transaction';
import { category, type GivenShop } from './city';

const longAgo = instant(Date.UTC(2026, 10, 20, 8));

export type GivenListing = { readonly listingId: ListingId; readonly title: string };
export type GivenOffer = GivenListing & { readonly offerId: OfferId; readonly shop: GivenShop; readonly priceMinor: number };

/** The page of one thing. */
export async function listing(
  wish: { readonly title?: string; readonly salesUnit?: SalesUnit; readonly categoryId?: CategoryId; readonly minimumAge?: number } = {},
): Promise<GivenListing> {
  const categoryId = wish.categoryId ?? (await category(wish.minimumAge === undefined ? {} : { minimumAge: wish.minimumAge }));
  const title = wish.title ?? 'Pain de campagne';
  const productId = systemIds.make('product');
  const variantId = systemIds.make('variant');
  const listingId = systemIds.make('listing');
  const database = reader();
  await database
    .insert(products)
    .values({ id: productId, categoryId, title, attributes: {}, glyph: 'pain', source: 'test', licence: 'none', createdAt: longAgo });
  await database
    .insert(variants)
    .values({ id: variantId, productId, attributes: {}, salesUnit: wish.salesUnit ?? 'each', weightGrams: 400, volumeCm3: 1_500 });
  await database.insert(listings).values({ id: listingId, variantId, categoryId, slug: 'pain-de-campagne', title });
  return { listingId, title };
}

export type OfferWish = {
  readonly shop: GivenShop;
  readonly listing?: GivenListing;
  readonly stock?: number;
  readonly priceMinor?: number;
  readonly priceSteps?: number;
  readonly vatCategory?: string;
  readonly condition?: 'new' | 'used';
  readonly confidenceBps?: number;
};

/** A shop's offer, with so many units on its shelf by an opening count. */
export async function offer(wish: OfferWish): Promise<GivenOffer> {
  const { listingId, title } = wish.listing ?? (await listing());
  const offerId = systemIds.make('offer');
  const { locationId } = wish.shop;
  const priceMinor = wish.priceMinor ?? 450;
  const stock = wish.stock ?? 10;
  const database = reader();
  await database.insert(offers).values({
    id: offerId,
    listingId,
    shopId: wish.shop.shopId,
    merchantSku: offerId,
    priceMinor: minor(priceMinor),
    priceSteps: wish.priceSteps ?? 1,
    vatCategory: wish.vatCategory ?? 'food_general',
    condition: wish.condition ?? 'new',
    updatedAt: longAgo,
  });
  await database.insert(stockMovements).values({
    id: systemIds.make('movement'),
    offerId,
    locationId,
    kind: 'count',
    quantity: stock,
    reason: 'opening-count',
    source: 'test',
    sourceKey: offerId,
    occurredAt: longAgo,
    receivedAt: longAgo,
  });
  await database.insert(stockLevels).values({
    offerId,
    locationId,
    onHand: stock,
    reserved: quantity(0),
    allocated: quantity(0),
    asOf: longAgo,
    grade: 'A',
    confidenceBps: wish.confidenceBps ?? 9_500,
  });
  return { listingId, title, offerId, shop: wish.shop, priceMinor };
}
