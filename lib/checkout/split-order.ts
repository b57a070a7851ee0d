import type { orderLines, subOrders } from '@/db/schema';
import type { BasketFacts, PartItem, PlanPart } from '@/lib/basket';
import { pickupCode } from '@/lib/fulfilment';
import type { LineClaim } from '@/lib/inventory';
import type { Instant, Minor, OrderId, OrderLineId, ShopId, SubOrderId } from '@/lib/kernel';
import { invariant, minor, quantity, sumMinor } from '@/lib/kernel';
import type { CommissionRate } from '@/lib/oms';
import { apportion, freezeCommission } from '@/lib/oms';
import type { Ids } from '@/lib/platform/ids';
import type { ShopFacts } from '@/lib/shops';

export type SubOrderRow = Omit<typeof subOrders.$inferInsert, 'number'> & { readonly position: number };
export type SplitSubOrder = { readonly row: SubOrderRow; readonly lines: readonly (typeof orderLines.$inferInsert)[] };

/**
 * Partitions an agreed plan into sub-orders and lines, with every amount frozen.
 *
 * Guarantees: each unit and each cent of the plan is in exactly one line; the delivery of a sub-order is apportioned over its lines without losing a
 * cent; a line owes the commission of its department and way of receiving, what is set aside owes none; the VAT rate is the one of today for the offer's category, none when the merchant sells without VAT.
 */
export function splitOrder(
  parts: readonly PlanPart[],
  facts: BasketFacts,
  order: { readonly orderId: OrderId; readonly now: Instant; readonly ids: Ids; readonly setAside: readonly ShopId[] },
): readonly SplitSubOrder[] {
  return parts.map((part, index) => {
    const shop = facts.book.get(part.shopId);
    invariant(shop, 'a part is supplied by a shop of the city');
    const subOrderId = order.ids.make('subOrder');
    const isSetAside = order.setAside.includes(part.shopId);
    const lines = linesOf(part, shop, facts, { subOrderId, ids: order.ids, isSetAside });
    const [first] = lines;
    invariant(first, 'a part supplies something');
    const row: SubOrderRow = {
      position: index + 1,
      id: subOrderId,
      orderId: order.orderId,
      shopId: part.shopId,
      merchantId: part.merchantId,
      locationId: first.locationId,
      method: part.method,
      isSetAside,
      state: 'placed',
      goodsMinor: part.goodsMinor,
      deliveryMinor: part.deliveryMinor,
      standardDeliveryMinor: leastDelivery(shop) ?? part.deliveryMinor,
      totalMinor: minor(part.goodsMinor + part.deliveryMinor),
      currency: facts.book.city.currency,
      promisedFrom: part.promise.from,
      promisedTo: part.method === 'pickup' ? null : part.promise.to,
      keptUntil: part.keptUntil ?? null,
      pickupCode: pickupCode(),
      stateChangedAt: order.now,
      createdAt: order.now,
    };
    return { row, lines };
  });
}

/** The least expensive way this shop brings goods; undefined when it only hands them over. */
function leastDelivery({ services: { courier, parcel } }: ShopFacts): Minor | undefined {
  const prices = [courier, parcel].flatMap((way) => (way ? [way.priceMinor] : []));
  return prices.length === 0 ? undefined : minor(Math.min(...prices));
}

/** What is set aside is paid in the shop: the city takes nothing of it. */
const nothingOwed: CommissionRate = { ruleId: undefined, rateBps: 0, categoryIds: undefined, method: undefined };

function linesOf(
  part: PlanPart,
  shop: ShopFacts,
  facts: BasketFacts,
  { subOrderId, ids, isSetAside }: { readonly subOrderId: SubOrderId; readonly ids: Ids; readonly isSetAside: boolean },
) {
  const items = merged(part.items);
  const totals = items.map((item) => item.priceMinor);
  // A few grams of something cheap may cost nothing: what is to be shared then is shared evenly.
  const weights = part.goodsMinor > 0 ? totals : items.map(() => 1);
  const delivery = apportion(part.deliveryMinor, weights);
  invariant(sumMinor(totals) === part.goodsMinor && delivery.ok, 'a part is the sum of its lines');
  const known = items.map((item) => {
    const line = facts.found.lines.find((candidate) => candidate.id === item.lineId);
    const offer = facts.candidates.find((candidate) => candidate.offerId === item.offerId && candidate.locationId === item.locationId);
    invariant(line && offer, 'what is ordered was looked up');
    return { item, line, offer, categoryId: offer.categoryId, worthMinor: item.priceMinor };
  });
  const owing = freezeCommission(known, { rates: isSetAside ? [nothingOwed] : shop.commissionRates, method: part.method });
  return owing.map(({ item, line, offer, commission }, index): typeof orderLines.$inferInsert => ({
    id: ids.make('orderLine'),
    subOrderId,
    listingId: line.listingId,
    offerId: item.offerId,
    locationId: item.locationId,
    title: line.title,
    keyAttribute: line.keyAttribute ?? null,
    shelf: offer.shelf ?? null,
    salesUnit: line.salesUnit,
    quantity: item.quantity,
    unitPriceMinor: item.unitPriceMinor,
    priceSteps: item.priceSteps,
    totalMinor: item.priceMinor,
    deliveryShareMinor: delivery.value[index] ?? minor(0),
    vatCategory: offer.vatCategory,
    vatRateBps: shop.vatRegime === 'normal' ? offer.vatRateBps : 0,
    ...commission,
    minimumAge: line.minimumAge ?? null,
    withdrawalException: line.withdrawalException ?? null,
  }));
}

/** One line per offer and shelf: two wishes that end at the same shelf are one thing to pick. */
function merged(items: readonly PartItem[]): readonly PartItem[] {
  const byShelf = new Map<string, PartItem>();
  for (const item of items) {
    const key = `${item.offerId} ${item.locationId}`;
    const before = byShelf.get(key);
    byShelf.set(
      key,
      before
        ? { ...before, quantity: quantity(before.quantity + item.quantity), priceMinor: minor(before.priceMinor + item.priceMinor) }
        : item,
    );
  }
  return [...byShelf.values()];
}

/** What the lines of a split order claim. */
export function claimsOf(split: readonly SplitSubOrder[]): readonly (LineClaim & { readonly orderLineId: OrderLineId })[] {
  return split.flatMap(({ lines }) =>
    lines.map(({ id, offerId, locationId, quantity: units }) => ({ orderLineId: id, offerId, locationId, quantity: units })),
  );
}
