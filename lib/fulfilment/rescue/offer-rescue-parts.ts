import { orderLines, subOrderEvents, subOrders } from '@/db/schema';
import { allocate } from '@/lib/inventory';
import type { Instant, Minor, OrderId, OrderLineId, Result, SubOrderId } from '@/lib/kernel';
import { err, invariant, minor, ok, sumMinor } from '@/lib/kernel';
import { apportion, freezeCommission } from '@/lib/oms';
import { appendEvents } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import type { NewCarriedUnits } from '@/lib/shelves';
import { askToCarry } from '@/lib/shelves';
import type { ShopBook, ShopFacts } from '@/lib/shops';
import { advanceSubOrder, type ChangedBy } from '../advance-sub-order';
import { answerBy } from '../offer-order';
import { pickupCode } from '../pickup-code';
import type { LockedSubOrder } from '../sub-order-repository';
import { lockAllOfOrder } from '../sub-order-repository';
import type { RescueItem, RescuePart } from './find-elsewhere';
import type { CarriedPart } from './pose-carry';

export type GoodsGone = { readonly kind: 'goods-gone' };

export type Offering = {
  /** Every part of the order, locked. */
  readonly parts: readonly LockedSubOrder[];
  readonly offered: readonly RescuePart[];
  readonly book: ShopBook;
  /** One shop is asked, so it is the shopper's shop from now on; of several the first that accepts is. */
  readonly isSole: boolean;
};

/**
 * Makes a part of the order for each shop that takes the place of another, claims its units and offers it with a deadline of its own.
 * The shopper pays no more than before: what a shop asks beyond that is the rescue account's.
 * Errors: `goods-gone` when a unit was taken meanwhile; the caller rolls back.
 */
export async function offerRescueParts(
  tx: Tx,
  { parts, offered, book, isSole }: Offering,
  by: ChangedBy,
  ports: Ports,
): Promise<Result<readonly SubOrderId[], GoodsGone>> {
  const [first] = parts;
  invariant(first, 'a rescue belongs to an order');
  const made: SubOrderId[] = [];
  for (const part of offered) {
    const shop = book.get(part.shopId);
    invariant(shop, 'a rescue is served by a shop of the city');
    const named = { orderId: first.orderId, number: await nextNumber(tx, first), currency: first.currency };
    const acceptBy = answerBy(shop.openings, by.now, shop.acceptanceMinutes);
    const placed = await placePart(tx, { part, shop, named, acceptBy }, by, ports);
    if (!placed.ok) return placed;
    const { row } = placed.value;
    const facts = { orderId: row.orderId, shopId: row.shopId };
    await appendEvents(tx, [{ name: 'RescueOffered', subject: row.id, facts }], by);
    if (isSole) await appendEvents(tx, [{ name: 'RescueRouted', subject: row.id, facts }], by);
    made.push(row.id);
  }
  return ok(made);
}

/** Read anew: an order's rescues are offered one after the other in one transaction, and each makes parts. */
async function nextNumber(tx: Tx, { orderId, orderNumber }: LockedSubOrder): Promise<string> {
  const taken = (await lockAllOfOrder(tx, orderId)).map(({ number }) => Number(number.split('-').at(-1)));
  return `${orderNumber}-${Math.max(...taken) + 1}`;
}

type Placing = {
  readonly part: RescuePart;
  readonly shop: ShopFacts;
  readonly named: Named;
  /** None: the shop is asked nothing, its answer is another's (units that are carried to it). */
  readonly acceptBy: Instant | null;
};

/** Writes a part that takes another's place, claims its units and offers it. Errors: `goods-gone`; the caller rolls back. */
async function placePart(tx: Tx, { part, shop, named, acceptBy }: Placing, by: ChangedBy, ports: Ports) {
  const row = subOrderRow(part, named, by);
  const lines = lineRows(part, shop, { subOrderId: row.id, by });
  const rescueMinor = minor(sumMinor(lines.map((line) => line.rescueMinor)) + deliveryRescue(part));
  await tx.insert(subOrders).values({ ...row, rescueMinor });
  await tx.insert(orderLines).values(lines);
  await tx.insert(subOrderEvents).values({
    id: by.ids.make('event'),
    subOrderId: row.id,
    event: 'place',
    toState: 'placed',
    actorKind: by.actor.kind,
    actorId: by.actor.id ?? null,
    occurredAt: by.now,
  });
  const claimed = await allocate(
    tx,
    lines.map((line): OrderLineId => line.id),
    ports,
    'taken-order',
  );
  if (!claimed.ok) return err({ kind: 'goods-gone' } as const);
  await advanceSubOrder(
    tx,
    { id: row.id, orderId: row.orderId, shopId: row.shopId, state: 'placed', stateChangedAt: by.now },
    { event: 'offer', set: { acceptBy }, detail: { acceptBy, rescue: true } },
    by,
  );
  return ok({ row, lines });
}

/**
 * Makes a part for the shop that was to serve it, of units that another shop of its network carries there, and asks that shop for them. Who sells,
 * the place, the price and the hour stay what they were, so this is no contract with anybody new and the shopper is asked nothing.
 * Errors: `goods-gone` when a unit was taken meanwhile; the caller rolls back.
 */
export async function offerCarriedPart(
  tx: Tx,
  { parts, carried, book }: { readonly parts: readonly LockedSubOrder[]; readonly carried: CarriedPart; readonly book: ShopBook },
  by: ChangedBy,
  ports: Ports,
): Promise<Result<SubOrderId, GoodsGone>> {
  const [first] = parts;
  const shop = book.get(carried.part.shopId);
  invariant(first && shop, 'units are carried to a shop of the city, for an order');
  const named = { orderId: first.orderId, number: await nextNumber(tx, first), currency: first.currency };
  const placed = await placePart(tx, { part: carried.part, shop, named, acceptBy: null }, by, ports);
  if (!placed.ok) return placed;
  const { row, lines } = placed.value;
  const asked = lines.map((line, index): NewCarriedUnits => {
    const item = carried.part.items[index];
    invariant(item, 'each line is an item');
    const { searched, candidate } = item;
    return {
      id: by.ids.make('stockTransfer'),
      networkId: carried.networkId,
      fromShopId: carried.fromShopId,
      fromOfferId: candidate.offerId,
      fromLocationId: candidate.locationId,
      toShopId: row.shopId,
      toOfferId: searched.line.offerId,
      toLocationId: searched.line.locationId,
      quantity: line.quantity,
      subOrderId: row.id,
      sendBy: carried.sendBy,
      requestedAt: by.now,
    };
  });
  await askToCarry(tx, asked);
  const facts = { orderId: row.orderId, shopId: carried.fromShopId };
  await appendEvents(tx, [{ name: 'CarryAsked', subject: row.id, facts }], by);
  return ok(row.id);
}

type Named = { readonly orderId: OrderId; readonly number: string; readonly currency: LockedSubOrder['currency'] };

function subOrderRow(part: RescuePart, { orderId, number, currency }: Named, by: ChangedBy) {
  const [first] = part.items;
  invariant(first, 'a part supplies something');
  const goodsMinor = sumMinor(part.items.map((item) => item.priceMinor));
  return {
    id: by.ids.make('subOrder'),
    orderId,
    number,
    shopId: part.shopId,
    merchantId: part.merchantId,
    locationId: part.locationId ?? first.candidate.locationId,
    method: part.method,
    state: 'placed',
    goodsMinor,
    deliveryMinor: part.deliveryMinor,
    totalMinor: minor(goodsMinor + part.deliveryMinor),
    currency,
    promisedFrom: part.promisedFrom,
    promisedTo: part.method === 'pickup' ? null : part.promisedTo,
    keptUntil: part.keptUntil ?? null,
    pickupCode: pickupCode(),
    stateChangedAt: by.now,
    createdAt: by.now,
  } as const;
}

/** Delivery beyond what the shopper paid for it before. */
function deliveryRescue(part: RescuePart): Minor {
  const paid = sumMinor(part.items.map(({ searched }) => searched.rescue.deliveryMinor));
  return minor(Math.max(0, part.deliveryMinor - paid));
}

function lineRows(part: RescuePart, shop: ShopFacts, { subOrderId, by }: { readonly subOrderId: SubOrderId; readonly by: ChangedBy }) {
  const totals = part.items.map((item) => item.priceMinor);
  const goodsMinor = sumMinor(totals);
  const weights = goodsMinor > 0 ? totals : totals.map(() => 1);
  const delivery = apportion(part.deliveryMinor, weights);
  invariant(delivery.ok, 'a part is the sum of its lines');
  const owing = freezeCommission(
    part.items.map((item) => ({ item, categoryId: item.candidate.categoryId, worthMinor: item.priceMinor })),
    { rates: shop.commissionRates, method: part.method },
  );
  return owing.map(({ item, commission }, index) => {
    const { searched, candidate } = item;
    const { line, rescue } = searched;
    return {
      id: by.ids.make('orderLine'),
      subOrderId,
      listingId: candidate.listingId,
      offerId: candidate.offerId,
      locationId: candidate.locationId,
      title: line.title,
      keyAttribute: line.keyAttribute,
      shelf: candidate.shelf ?? null,
      salesUnit: line.salesUnit,
      quantity: item.quantity,
      unitPriceMinor: candidate.priceMinor,
      priceSteps: candidate.priceSteps,
      totalMinor: item.priceMinor,
      rescueMinor: minor(Math.max(0, item.priceMinor - paidFor(item))),
      deliveryShareMinor: delivery.value[index] ?? minor(0),
      vatCategory: candidate.vatCategory,
      vatRateBps: shop.vatRegime === 'normal' ? candidate.vatRateBps : 0,
      ...commission,
      minimumAge: line.minimumAge,
      withdrawalException: line.withdrawalException,
      rescueId: rescue.id,
    };
  });
}

/** What the shopper paid for so many of the searched units: all of it for all of them, never a cent more for some. */
function paidFor({ searched: { rescue }, quantity }: RescueItem): Minor {
  return minor(Math.floor((rescue.goodsMinor * quantity) / rescue.quantity));
}
