import { and, desc, eq, inArray, ne, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { listings, offers, shops, stockLevels, stockLocations, stockTransfers, subOrders } from '@/db/schema';
import type { ShopScope } from '@/lib/kernel';
import { availableToPromise } from '@/lib/oms';
import { reader } from '@/lib/platform/transaction';
import { findOwnOffer } from './find-own-offer';
import type { TransferSourceView, TransferView } from './views';

const fromShop = alias(shops, 'from_shop');
const toShop = alias(shops, 'to_shop');

/**
 * In SQL: what is carried for an order follows it. It has arrived when it is in the shopper's bag or the part is over, and is asked for as long as the
 * part waits for it; a transfer for the shelf has no part, and its own state.
 */
const shownState = sql<TransferView['state']>`case
  when ${stockTransfers.state} = 'requested' and ${subOrders.state} <> 'offered' then 'cancelled'
  when ${stockTransfers.state} = 'sent' and ${subOrders.state} not in ('accepted', 'preparing') then 'received'
  else ${stockTransfers.state} end`;

/** The shop's transfers both ways: what waits for somebody first, then the latest. */
export async function listTransfers(scope: ShopScope): Promise<readonly TransferView[]> {
  const rows = await reader()
    .select({
      transfer: stockTransfers,
      state: shownState,
      title: listings.title,
      from: fromShop.name,
      to: toShop.name,
      number: subOrders.number,
    })
    .from(stockTransfers)
    .innerJoin(offers, eq(offers.id, stockTransfers.toOfferId))
    .innerJoin(listings, eq(listings.id, offers.listingId))
    .innerJoin(fromShop, eq(fromShop.id, stockTransfers.fromShopId))
    .innerJoin(toShop, eq(toShop.id, stockTransfers.toShopId))
    .leftJoin(subOrders, eq(subOrders.id, stockTransfers.subOrderId))
    .where(or(eq(stockTransfers.fromShopId, scope.shopId), eq(stockTransfers.toShopId, scope.shopId)))
    .orderBy(sql`${shownState} not in ('requested', 'sent')`, desc(stockTransfers.requestedAt))
    .limit(50);
  return rows.map(({ transfer, state, title, from, to, number }) => {
    const isOut = transfer.fromShopId === scope.shopId;
    return {
      transferId: transfer.id,
      direction: isOut ? 'out' : 'in',
      title,
      otherShop: isOut ? to : from,
      quantity: transfer.quantity,
      sentQuantity: transfer.sentQuantity ?? undefined,
      receivedQuantity: transfer.receivedQuantity ?? undefined,
      state,
      requestedAt: transfer.requestedAt,
      forOrder: number !== null && transfer.sendBy !== null ? { number, sendBy: transfer.sendBy } : undefined,
    };
  });
}

/** Is the shop one of several under a network? Others have nothing to transfer. */
export async function isInNetwork(scope: ShopScope): Promise<boolean> {
  const [own] = await reader().select({ networkId: shops.networkId }).from(shops).where(eq(shops.id, scope.shopId));
  return own !== undefined && own.networkId !== null;
}

/** Shops of the network that have the thing behind the shop's own code, the fullest shelf first. */
export async function listTransferSources(scope: ShopScope, code: string): Promise<readonly TransferSourceView[]> {
  const own = await findOwnOffer(reader(), scope, code);
  if (!own) return [];
  const network = reader().select({ networkId: shops.networkId }).from(shops).where(eq(shops.id, scope.shopId));
  const rows = await reader()
    .select({ shopId: shops.id, shopName: shops.name, offerId: offers.id, title: listings.title, level: stockLevels })
    .from(offers)
    .innerJoin(shops, eq(shops.id, offers.shopId))
    .innerJoin(listings, eq(listings.id, offers.listingId))
    .innerJoin(stockLocations, and(eq(stockLocations.shopId, offers.shopId), eq(stockLocations.kind, 'shop')))
    .innerJoin(stockLevels, and(eq(stockLevels.offerId, offers.id), eq(stockLevels.locationId, stockLocations.id)))
    .where(and(eq(offers.listingId, own.listingId), ne(offers.shopId, scope.shopId), inArray(shops.networkId, network)));
  return rows
    .map(({ level, ...row }) => ({ ...row, available: availableToPromise(level) }))
    .filter((row) => row.available > 0)
    .toSorted((a, b) => b.available - a.available || (a.offerId < b.offerId ? -1 : 1));
}
