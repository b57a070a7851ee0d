import type { orderLines, subOrders } from '@/db/schema';
import { pickupCode } from '@/lib/fulfilment';
import type { Instant, OrderId } from '@/lib/kernel';
import { invariant, minor } from '@/lib/kernel';
import { apportion, freezeCommission } from '@/lib/oms';
import type { Ids } from '@/lib/platform/ids';
import type { Switched } from './pose-switch';
import type { FoundSwitch } from './read-switch';

type Making = { readonly orderId: OrderId; readonly now: Instant; readonly ids: Ids };

export type PartRows = {
  readonly row: Omit<typeof subOrders.$inferInsert, 'number'>;
  readonly lines: readonly (typeof orderLines.$inferInsert)[];
};

/** The new part with every amount frozen: the sum of its lines, delivery and commission apportioned without losing a cent. */
export function partRows(switched: Switched, found: FoundSwitch, { orderId, now, ids }: Making): PartRows {
  const shop = found.book.get(switched.shopId);
  const [first] = switched.items;
  invariant(shop && first, 'a part is supplied by a shop of the city');
  const subOrderId = ids.make('subOrder');
  const weights = switched.goodsMinor > 0 ? switched.items.map((item) => item.priceMinor) : switched.items.map(() => 1);
  const delivery = apportion(switched.deliveryMinor, weights);
  invariant(delivery.ok, 'a part has a line');
  const owing = freezeCommission(
    switched.items.map((item) => ({ ...item, categoryId: item.candidate.categoryId, worthMinor: item.priceMinor })),
    { rates: shop.commissionRates, method: switched.method },
  );
  const lines = owing.map(({ from: { line }, candidate, quantity, priceMinor, commission }, index) => ({
    id: ids.make('orderLine'),
    subOrderId,
    listingId: line.listingId,
    offerId: candidate.offerId,
    locationId: candidate.locationId,
    title: line.title,
    keyAttribute: line.keyAttribute,
    shelf: candidate.shelf ?? null,
    salesUnit: line.salesUnit,
    quantity,
    unitPriceMinor: candidate.priceMinor,
    priceSteps: candidate.priceSteps,
    totalMinor: priceMinor,
    deliveryShareMinor: delivery.value[index] ?? minor(0),
    vatCategory: candidate.vatCategory,
    vatRateBps: shop.vatRegime === 'normal' ? candidate.vatRateBps : 0,
    ...commission,
    minimumAge: line.minimumAge,
    withdrawalException: line.withdrawalException,
  }));
  const row = {
    id: subOrderId,
    orderId,
    shopId: switched.shopId,
    merchantId: switched.merchantId,
    locationId: first.candidate.locationId,
    method: switched.method,
    state: 'placed',
    goodsMinor: switched.goodsMinor,
    deliveryMinor: switched.deliveryMinor,
    totalMinor: switched.totalMinor,
    currency: found.subOrder.currency,
    promisedFrom: switched.promisedFrom,
    promisedTo: switched.method === 'pickup' ? null : switched.promisedTo,
    keptUntil: switched.keptUntil ?? null,
    pickupCode: pickupCode(),
    replacesId: found.subOrder.id,
    stateChangedAt: now,
    createdAt: now,
  } as const;
  return { row, lines };
}
