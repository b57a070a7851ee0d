import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import { listings, offers, stockLevels, stockLocations, variants } from '@/db/schema';
import type { Minor, OfferId, ShopId } from '@/lib/kernel';
import { linePrice, minor } from '@/lib/kernel';
import type { ExchangeMoney } from '@/lib/oms';
import { availableToPromise, exchangeMoney, returnCredit } from '@/lib/oms';
import type { Reader } from '@/lib/platform/transaction';
import type { Part, PartLine } from './read-parts';

export type ExchangeChoice = {
  readonly offerId: OfferId;
  readonly title: string;
  /** What tells it from the thing it replaces: size, colour. */
  readonly label: string | undefined;
  readonly available: number;
  readonly priceMinor: Minor;
  readonly priceSteps: number;
};

/** The other variants of the same product that the selling shop has on its shelf now, by label. */
export async function listExchangeChoices(from: Reader, shopId: ShopId, line: PartLine): Promise<readonly ExchangeChoice[]> {
  const product = from
    .select({ productId: variants.productId })
    .from(listings)
    .innerJoin(variants, eq(variants.id, listings.variantId))
    .where(eq(listings.id, line.row.listingId));
  const rows = await from
    .select({ offer: offers, title: listings.title, label: variants.label, keyAttribute: listings.keyAttribute, level: stockLevels })
    .from(offers)
    .innerJoin(listings, eq(listings.id, offers.listingId))
    .innerJoin(variants, eq(variants.id, listings.variantId))
    .innerJoin(stockLevels, eq(stockLevels.offerId, offers.id))
    .innerJoin(stockLocations, and(eq(stockLocations.id, stockLevels.locationId), eq(stockLocations.shopId, shopId)))
    .where(
      and(
        eq(offers.shopId, shopId),
        eq(offers.isActive, true),
        ne(offers.id, line.offerId),
        eq(variants.salesUnit, line.row.salesUnit),
        inArray(variants.productId, product),
      ),
    )
    .orderBy(sql`${variants.label} nulls last`, offers.id);
  return rows
    .map(({ offer, title, label, keyAttribute, level }) => ({
      offerId: offer.id,
      title,
      label: label ?? keyAttribute ?? undefined,
      available: availableToPromise(level),
      priceMinor: offer.priceMinor,
      priceSteps: offer.priceSteps,
    }))
    .filter((choice) => choice.available > 0);
}

/** The chosen variant while enough of it is there. */
export async function findExchange(
  from: Reader,
  part: Part,
  line: PartLine,
  wish: { readonly quantity: number; readonly exchangeOfferId: OfferId | undefined },
): Promise<ExchangeChoice | undefined> {
  const choices = await listExchangeChoices(from, part.subOrder.shopId, line);
  return choices.find((choice) => choice.offerId === wish.exchangeOfferId && choice.available >= wish.quantity);
}

/** What so many units of the line swapped for this variant settle: nothing, some money back, or something at the till. */
export function moneyOfExchange(
  line: PartLine,
  choice: Pick<ExchangeChoice, 'priceMinor' | 'priceSteps'>,
  quantity: number,
): ExchangeMoney {
  const credit = returnCredit(line, line.creditedQuantity, quantity);
  return exchangeMoney(minor(credit.shopperMinor + credit.rescueMinor), linePrice(choice, quantity));
}
