import { eq } from 'drizzle-orm';
import { orderLines, rescues, subOrders } from '@/db/schema';
import type { OrderId } from '@/lib/kernel';
import { minor } from '@/lib/kernel';
import type { Reader } from '@/lib/platform/transaction';
import { listCarriedFor } from '@/lib/shelves';
import type { ShopBook } from '@/lib/shops';
import { sameHourOf } from './rescue-limits';
import type { RescueOption } from './rescue-options';
import { readOptions } from './rescue-options';
import { rescuePolicy } from './rescue-policy';
import { listOffersOf } from './rescue-repository';
import type { RescueOptionView, RescueView } from './rescue-views';

/** What became, or is to become, of everything an order's shops could not serve; oldest first. */
export async function listRescueViews(from: Reader, orderId: OrderId, book: ShopBook): Promise<readonly RescueView[]> {
  const rows = await from
    .select({
      rescue: rescues,
      title: orderLines.title,
      salesUnit: orderLines.salesUnit,
      shopId: subOrders.shopId,
      told: { method: subOrders.method, from: subOrders.promisedFrom, to: subOrders.promisedTo },
    })
    .from(rescues)
    .innerJoin(orderLines, eq(orderLines.id, rescues.lineId))
    .innerJoin(subOrders, eq(subOrders.id, rescues.subOrderId))
    .where(eq(rescues.orderId, orderId))
    .orderBy(rescues.openedAt, rescues.id);
  const offers = await listOffersOf(
    from,
    rows.map(({ rescue }) => rescue.id),
  );
  const carried = await listCarriedFor(
    from,
    offers.map((offer) => offer.subOrderId),
  );
  return rows.map(({ rescue, title, salesUnit, shopId, told }): RescueView => {
    const served = offers.find((offer) => offer.rescueId === rescue.id && isLiving(offer.state));
    const carry = served && carried.find((one) => one.subOrderId === served.subOrderId);
    return {
      rescueId: rescue.id,
      state: rescue.state,
      subOrderId: rescue.subOrderId,
      shopName: book.get(shopId)?.name ?? '',
      title,
      quantity: rescue.quantity,
      salesUnit,
      amountMinor: minor(rescue.goodsMinor + rescue.deliveryMinor),
      decideBy: rescue.decideBy ?? undefined,
      options: rescue.state === 'asked' ? readOptions(rescue.options).map((option, index) => optionView(option, index, book)) : [],
      carriedFrom: carry && book.get(carry.fromShopId)?.name,
      isCarriedLater: carry !== undefined && served !== undefined && served.promisedFrom > sameHourOf(told, rescuePolicy),
      servedBy: served && { subOrderId: served.subOrderId, shopName: book.get(served.shopId)?.name ?? '' },
    };
  });
}

function isLiving(state: string): boolean {
  return !['refused', 'unanswered', 'cancelled', 'expired'].includes(state);
}

function optionView(option: RescueOption, index: number, book: ShopBook): RescueOptionView {
  if (option.kind === 'wait') return { kind: 'wait', option: index, until: option.until };
  const shop = book.get(option.shopId);
  const { kind, title, method, from, to, payMinor } = option;
  const carriedFrom = kind === 'carried' ? book.get(option.fromShopId)?.name : undefined;
  const where = { shopName: shop?.name ?? '', street: shop?.street ?? '', carriedFrom };
  return { kind, option: index, title, ...where, method, from, to, payMinor };
}
