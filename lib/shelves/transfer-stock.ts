import { and, eq, isNull } from 'drizzle-orm';
import { offers, shops, stockTransfers } from '@/db/schema';
import type { StockRefusal } from '@/lib/inventory';
import { LARGEST_COUNT, recordFact } from '@/lib/inventory';
import type { OfferId, Result, ShopScope, StockTransferId } from '@/lib/kernel';
import { err, ok, quantity } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import { findOwnOffer } from './find-own-offer';

type State = (typeof stockTransfers.$inferSelect)['state'];

export type TransferRefusal =
  | StockRefusal
  | { readonly kind: 'transfer-not-found' }
  | { readonly kind: 'not-in-a-network' }
  | { readonly kind: 'transfer-is'; readonly state: State }
  | { readonly kind: 'more-than-sent'; readonly sent: number };

type Outcome = Result<{ readonly transferId: StockTransferId; readonly state: State }, TransferRefusal>;

/** Asks a shop of the same network for units of the thing behind the shop's own code. */
export async function requestTransfer(
  scope: ShopScope,
  wish: { readonly code: string; readonly fromOfferId: OfferId; readonly quantity: number },
  ports: Ports = systemPorts,
): Promise<Outcome> {
  if (!Number.isSafeInteger(wish.quantity) || wish.quantity <= 0 || wish.quantity > LARGEST_COUNT)
    return err({ kind: 'absurd-quantity', largest: LARGEST_COUNT });
  return observed({ useCase: 'request-transfer', actor: scope.kind, ids: { shopId: scope.shopId } }, () =>
    withTransaction(async (tx): Promise<Outcome> => {
      const own = await findOwnOffer(tx, scope, wish.code);
      const other = await offerOfNetwork(tx, scope, wish.fromOfferId);
      if (!other || other.networkId === null) return err({ kind: 'not-in-a-network' });
      if (!own || own.listingId !== other.listingId) return err({ kind: 'offer-not-found' });
      const from = await findOwnOffer(tx, { shopId: other.shopId }, other.merchantSku);
      if (!from) return err({ kind: 'offer-not-found' });
      const transferId = ports.ids.make('stockTransfer');
      await tx.insert(stockTransfers).values({
        id: transferId,
        networkId: other.networkId,
        fromShopId: other.shopId,
        fromOfferId: wish.fromOfferId,
        fromLocationId: from.locationId,
        toShopId: scope.shopId,
        toOfferId: own.offerId,
        toLocationId: own.locationId,
        quantity: quantity(wish.quantity),
        state: 'requested',
        requestedAt: ports.clock.now(),
      });
      return ok({ transferId, state: 'requested' });
    }),
  );
}

/** Another shop's offer, if both shops are of one network. */
async function offerOfNetwork(tx: Tx, scope: ShopScope, offerId: OfferId) {
  const [own] = await tx.select({ networkId: shops.networkId }).from(shops).where(eq(shops.id, scope.shopId));
  if (!own || own.networkId === null) return undefined;
  const [other] = await tx
    .select({ networkId: shops.networkId, shopId: shops.id, listingId: offers.listingId, merchantSku: offers.merchantSku })
    .from(offers)
    .innerJoin(shops, eq(shops.id, offers.shopId))
    .where(and(eq(offers.id, offerId), eq(shops.networkId, own.networkId)));
  return other && other.shopId !== scope.shopId ? other : undefined;
}

type Transfer = typeof stockTransfers.$inferSelect;

/** The units leave this shelf; they are on no shelf until they are received. Sending twice sends once. */
export function sendTransfer(scope: ShopScope, transferId: StockTransferId, ports: Ports = systemPorts): Promise<Outcome> {
  return change(scope, { transferId, side: 'from', useCase: 'send-transfer' }, async (tx, transfer) => {
    if (transfer.state === 'sent' || transfer.state === 'received') return ok({ transferId, state: transfer.state });
    if (transfer.state !== 'requested') return err({ kind: 'transfer-is', state: transfer.state });
    const now = ports.clock.now();
    const { fromOfferId: offerId, fromLocationId: locationId, quantity: units } = transfer;
    const fact = { offerId, locationId, kind: 'change', quantity: -units, reason: 'transfer-out', occurredAt: now } as const;
    const out = await recordFact(tx, scope, { ...fact, sourceKey: `transfer-out:${transferId}` }, ports);
    if (!out.ok) return out;
    await tx.update(stockTransfers).set({ state: 'sent', sentQuantity: units, sentAt: now }).where(eq(stockTransfers.id, transferId));
    return ok({ transferId, state: 'sent' });
  });
}

/** The units are on the other shelf. What was sent and did not arrive is the difference of the two quantities, and is kept. */
export function receiveTransfer(
  scope: ShopScope,
  { transferId, received }: { readonly transferId: StockTransferId; readonly received: number },
  ports: Ports = systemPorts,
): Promise<Outcome> {
  return change(scope, { transferId, side: 'to', useCase: 'receive-transfer' }, async (tx, transfer) => {
    if (transfer.state === 'received') return ok({ transferId, state: 'received' });
    if (transfer.state !== 'sent') return err({ kind: 'transfer-is', state: transfer.state });
    const sent = transfer.sentQuantity ?? 0;
    if (!Number.isSafeInteger(received) || received < 0 || received > sent) return err({ kind: 'more-than-sent', sent });
    const now = ports.clock.now();
    const { toOfferId: offerId, toLocationId: locationId } = transfer;
    const fact = { offerId, locationId, kind: 'change', quantity: received, reason: 'transfer-in', occurredAt: now } as const;
    const arrived = await recordFact(tx, scope, { ...fact, sourceKey: `transfer-in:${transferId}` }, ports);
    if (!arrived.ok) return arrived;
    await tx
      .update(stockTransfers)
      .set({ state: 'received', receivedQuantity: quantity(received), endedAt: now })
      .where(eq(stockTransfers.id, transferId));
    return ok({ transferId, state: 'received' });
  });
}

/** The shop that was asked keeps its units, or the one that asked needs them no more; only before they leave. */
export function endTransfer(
  scope: ShopScope,
  { transferId, as }: { readonly transferId: StockTransferId; readonly as: 'declined' | 'cancelled' },
  ports: Ports = systemPorts,
): Promise<Outcome> {
  return change(scope, { transferId, side: as === 'declined' ? 'from' : 'to', useCase: 'end-transfer' }, async (tx, transfer) => {
    if (transfer.state === as) return ok({ transferId, state: as });
    if (transfer.state !== 'requested') return err({ kind: 'transfer-is', state: transfer.state });
    await tx.update(stockTransfers).set({ state: as, endedAt: ports.clock.now() }).where(eq(stockTransfers.id, transferId));
    return ok({ transferId, state: as });
  });
}

type Change = { readonly transferId: StockTransferId; readonly side: 'from' | 'to'; readonly useCase: string };

/** Locks a transfer for the shop on the side that may act; for every other shop it does not exist. What is carried for an order has an answer of its own. */
function change(
  scope: ShopScope,
  { transferId, side, useCase }: Change,
  work: (tx: Tx, transfer: Transfer) => Promise<Outcome>,
): Promise<Outcome> {
  return observed({ useCase, actor: scope.kind, ids: { shopId: scope.shopId, transferId } }, () =>
    withTransaction(async (tx): Promise<Outcome> => {
      const shop = side === 'from' ? stockTransfers.fromShopId : stockTransfers.toShopId;
      const [transfer] = await tx
        .select()
        .from(stockTransfers)
        .where(and(eq(stockTransfers.id, transferId), eq(shop, scope.shopId), isNull(stockTransfers.subOrderId)))
        .for('update');
      return transfer ? work(tx, transfer) : err({ kind: 'transfer-not-found' });
    }),
  );
}
