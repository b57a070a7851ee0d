import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import { expectedDeliveries, listings, offers, shops } from '@/db/schema';
import type { StockRefusal } from '@/lib/inventory';
import { LARGEST_COUNT, recordFact } from '@/lib/inventory';
import type { DeliveryId, Instant, OfferId, Result, ShopScope } from '@/lib/kernel';
import { DAY, err, ok, plusMs, quantity } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { findOwnOffer } from './find-own-offer';
import type { DeliveryView, FutureStockView } from './views';

/** A delivery further away than this is a wish. */
const FURTHEST_DAYS = 180;

export type DeliveryRefusal =
  StockRefusal | { readonly kind: 'delivery-not-found' } | { readonly kind: 'delivery-ended' } | { readonly kind: 'not-a-coming-day' };

type ExpectDelivery = { readonly code: string; readonly quantity: number; readonly expectedAt: Instant };

/** Units on their way to the shop's shelf: from now on they are future stock. The code is the shop's own or a barcode. */
export async function expectDelivery(
  scope: ShopScope,
  wish: ExpectDelivery,
  ports: Ports = systemPorts,
): Promise<Result<{ readonly deliveryId: DeliveryId; readonly title: string }, DeliveryRefusal>> {
  const now = ports.clock.now();
  if (!isUnits(wish.quantity)) return err({ kind: 'absurd-quantity', largest: LARGEST_COUNT });
  if (wish.expectedAt <= now || wish.expectedAt > plusMs(now, FURTHEST_DAYS * DAY)) return err({ kind: 'not-a-coming-day' });
  return observed({ useCase: 'expect-delivery', actor: scope.kind, ids: { shopId: scope.shopId } }, () =>
    withTransaction(async (tx): Promise<Result<{ readonly deliveryId: DeliveryId; readonly title: string }, DeliveryRefusal>> => {
      const own = await findOwnOffer(tx, scope, wish.code);
      if (!own) return err({ kind: 'offer-not-found' });
      const deliveryId = ports.ids.make('delivery');
      await tx.insert(expectedDeliveries).values({
        id: deliveryId,
        offerId: own.offerId,
        locationId: own.locationId,
        shopId: scope.shopId,
        quantity: quantity(wish.quantity),
        expectedAt: wish.expectedAt,
        state: 'expected',
        createdAt: now,
      });
      return ok({ deliveryId, title: own.title });
    }),
  );
}

const isUnits = (units: number) => Number.isSafeInteger(units) && units > 0 && units <= LARGEST_COUNT;

/** It has come: what was really in the box goes on the shelf as a movement. The same delivery again changes nothing. */
export async function receiveDelivery(
  scope: ShopScope,
  { deliveryId, received }: { readonly deliveryId: DeliveryId; readonly received: number },
  ports: Ports = systemPorts,
): Promise<Result<{ readonly onHand: number }, DeliveryRefusal>> {
  if (received !== 0 && !isUnits(received)) return err({ kind: 'absurd-quantity', largest: LARGEST_COUNT });
  return observed({ useCase: 'receive-delivery', actor: scope.kind, ids: { shopId: scope.shopId, deliveryId } }, () =>
    withTransaction(async (tx): Promise<Result<{ readonly onHand: number }, DeliveryRefusal>> => {
      const [delivery] = await tx.select().from(expectedDeliveries).where(mine(scope, deliveryId)).for('update');
      if (!delivery) return err({ kind: 'delivery-not-found' });
      if (delivery.state === 'cancelled') return err({ kind: 'delivery-ended' });
      const { offerId, locationId } = delivery;
      const units = delivery.receivedQuantity ?? received; // the first box that was counted counts
      const now = ports.clock.now();
      const fact = { offerId, locationId, kind: 'change', quantity: units, reason: 'delivery' } as const;
      const recorded = await recordFact(tx, scope, { ...fact, sourceKey: `delivery:${deliveryId}`, occurredAt: now }, ports);
      if (!recorded.ok) return recorded;
      if (delivery.state === 'expected')
        await tx
          .update(expectedDeliveries)
          .set({ state: 'received', receivedQuantity: quantity(received), endedAt: now })
          .where(mine(scope, deliveryId));
      return ok({ onHand: recorded.value.onHand });
    }),
  );
}

/** It will not come. */
export async function cancelDelivery(
  scope: ShopScope,
  deliveryId: DeliveryId,
  ports: Ports = systemPorts,
): Promise<Result<void, DeliveryRefusal>> {
  return observed({ useCase: 'cancel-delivery', actor: scope.kind, ids: { shopId: scope.shopId, deliveryId } }, () =>
    withTransaction(async (tx): Promise<Result<void, DeliveryRefusal>> => {
      const [delivery] = await tx.select().from(expectedDeliveries).where(mine(scope, deliveryId)).for('update');
      if (!delivery) return err({ kind: 'delivery-not-found' });
      if (delivery.state === 'received') return err({ kind: 'delivery-ended' });
      await tx.update(expectedDeliveries).set({ state: 'cancelled', endedAt: ports.clock.now() }).where(mine(scope, deliveryId));
      return ok(undefined);
    }),
  );
}

function mine(scope: ShopScope, deliveryId: DeliveryId) {
  return and(eq(expectedDeliveries.id, deliveryId), eq(expectedDeliveries.shopId, scope.shopId));
}

/** What the shop waits for, soonest first. */
export async function listDeliveries(scope: ShopScope, now: Instant): Promise<readonly DeliveryView[]> {
  const rows = await reader()
    .select({ delivery: expectedDeliveries, title: listings.title, merchantSku: offers.merchantSku })
    .from(expectedDeliveries)
    .innerJoin(offers, eq(offers.id, expectedDeliveries.offerId))
    .innerJoin(listings, eq(listings.id, offers.listingId))
    .where(and(eq(expectedDeliveries.shopId, scope.shopId), eq(expectedDeliveries.state, 'expected')))
    .orderBy(asc(expectedDeliveries.expectedAt), asc(expectedDeliveries.id))
    .limit(100);
  return rows.map(({ delivery, title, merchantSku }) => ({
    deliveryId: delivery.id,
    offerId: delivery.offerId,
    title,
    merchantSku,
    quantity: delivery.quantity,
    expectedAt: delivery.expectedAt,
    isLate: delivery.expectedAt < now,
  }));
}

/** The next units on their way for each of these offers: what may be promised for later. A delivery that is late promises nothing. */
export async function listFutureStock(offerIds: readonly OfferId[], now: Instant): Promise<ReadonlyMap<OfferId, FutureStockView>> {
  if (offerIds.length === 0) return new Map();
  const rows = await reader()
    .select({ delivery: expectedDeliveries, shopName: shops.name })
    .from(expectedDeliveries)
    .innerJoin(shops, eq(shops.id, expectedDeliveries.shopId))
    .where(
      and(
        inArray(expectedDeliveries.offerId, [...offerIds]),
        eq(expectedDeliveries.state, 'expected'),
        gt(expectedDeliveries.expectedAt, now),
      ),
    )
    .orderBy(asc(expectedDeliveries.expectedAt));
  const next = rows.map(({ delivery: { offerId, shopId, quantity: units, expectedAt }, shopName }) => {
    return [offerId, { offerId, shopId, shopName, quantity: units, expectedAt }] as const;
  });
  return new Map(next.toReversed()); // of several, the soonest is written last
}
