import { and, asc, eq, sql } from 'drizzle-orm';
import { listings, offers, variants } from '@/db/schema';
import type { OfferId, ShopScope } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import type { ShopOfferView } from './views';

type ShopOffersWish = {
  readonly limit: number;
  readonly after?: string | undefined;
  readonly merchantSku?: string | undefined;
  readonly gtin?: string | undefined;
};

/** What a shop sells, sold now or not, in the order of the ids; one row more than `limit` tells that there are more. */
export async function listShopOffers(scope: ShopScope, wish: ShopOffersWish): Promise<readonly ShopOfferView[]> {
  const { limit, after, merchantSku, gtin } = wish;
  const rows = await shopOffers()
    .where(
      and(
        eq(offers.shopId, scope.shopId),
        after === undefined ? undefined : sql`${offers.id} > ${after}`,
        merchantSku === undefined ? undefined : eq(offers.merchantSku, merchantSku),
        gtin === undefined ? undefined : eq(variants.gtin, gtin.padStart(14, '0')),
      ),
    )
    .orderBy(asc(offers.id))
    .limit(limit + 1);
  return rows.map(viewOf);
}

/** One offer of this shop; another's is not there. */
export async function getShopOffer(scope: ShopScope, offerId: OfferId): Promise<ShopOfferView | undefined> {
  const [row] = await shopOffers().where(and(eq(offers.id, offerId), eq(offers.shopId, scope.shopId)));
  return row && viewOf(row);
}

function shopOffers() {
  return reader()
    .select({ offer: offers, title: listings.title, gtin: variants.gtin, salesUnit: variants.salesUnit })
    .from(offers)
    .innerJoin(listings, eq(listings.id, offers.listingId))
    .innerJoin(variants, eq(variants.id, listings.variantId))
    .$dynamic();
}

type Row = Awaited<ReturnType<typeof shopOffers>>[number];

function viewOf({ offer, title, gtin, salesUnit }: Row): ShopOfferView {
  return {
    offerId: offer.id,
    listingId: offer.listingId,
    title,
    gtin: gtin ?? undefined,
    merchantSku: offer.merchantSku,
    priceMinor: offer.priceMinor,
    priceSteps: offer.priceSteps,
    currency: offer.currency,
    salesUnit,
    condition: offer.condition,
    vatCategory: offer.vatCategory,
    shelf: offer.shelf ?? undefined,
    isActive: offer.isActive,
    updatedAt: offer.updatedAt,
  };
}
