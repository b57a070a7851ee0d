import { eq, inArray } from 'drizzle-orm';
import { orders, paymentShares, payments, subOrderEvents, subOrders } from '@/db/schema';
import { minor } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { loadShopBook } from '@/lib/shops';
import { listRescueViews } from './rescue/list-rescue-views';
import { ANOTHER_WAS_FIRST } from './rescue/settle-rescues';
import { listLineViews } from './line-repository';
import { listOwed } from './owed';
import { NOT_CARRIED } from './sub-order-repository';
import { refundedOf, trackedSubOrder, trackingHead } from './tracked';
import type { RescueView, TrackingView } from './views';

type PartRow = typeof subOrders.$inferSelect;

/** The order behind a link as its shopper watches it; undefined for a link that opens nothing. */
export async function getTracking(orderToken: string, { clock }: Pick<Ports, 'clock'> = systemPorts): Promise<TrackingView | undefined> {
  const now = clock.now();
  const [order] = await reader().select().from(orders).where(eq(orders.token, orderToken));
  if (!order) return undefined;
  const [parts, owed, payment, book] = await Promise.all([
    reader().select().from(subOrders).where(eq(subOrders.orderId, order.id)).orderBy(subOrders.number),
    listOwed(reader(), order.id),
    readPayment(order.id),
    loadShopBook(now),
  ]);
  const partIds = parts.map((part) => part.id);
  const [lines, rescues, events] = await Promise.all([
    listLineViews(reader(), partIds),
    listRescueViews(reader(), order.id, book),
    reader()
      .select()
      .from(subOrderEvents)
      .where(inArray(subOrderEvents.subOrderId, partIds))
      .orderBy(subOrderEvents.occurredAt, subOrderEvents.id),
  ]);
  const views = shownParts(parts, rescues).flatMap((subOrder) => {
    const view = trackedSubOrder({
      order,
      subOrder,
      lines: lines.get(subOrder.id) ?? [],
      events: events.filter((event) => event.subOrderId === subOrder.id),
      owedMinor: owed.find((share) => share.subOrderId === subOrder.id)?.wholeMinor ?? 0, // what came back is told by its return
      rescues: rescues.filter((rescue) => rescue.subOrderId === subOrder.id),
      book,
    });
    return view ? [view] : [];
  });
  return {
    orderId: order.id,
    orderToken,
    number: order.number,
    placedAt: order.placedAt,
    paidAt: order.paidAt ?? undefined,
    payBy: order.payBy,
    asOf: now,
    timeZone: book.city.timeZone,
    totalMinor: order.totalMinor,
    deliveryMinor: order.deliveryMinor,
    currency: order.currency,
    rescueWish: order.rescueWish,
    capturedMinor: payment?.state === 'captured' ? payment.capturedMinor : undefined,
    refundedMinor: payment?.refundedMinor ?? minor(0),
    sentBackMinor: payment?.sentBackMinor ?? minor(0),
    paidBy: payment?.method ?? 'card',
    emailHint: emailHint(order.email),
    head: trackingHead(order, views, rescues),
    rescues,
    subOrders: views,
  };
}

/**
 * Of several shops asked at once the shopper sees one; those another's acceptance ended were never theirs. A part whose shop serves it after all, with
 * units carried there, is seen once: as the part that is handed over; where nothing was carried, as the part that was ordered.
 */
function shownParts(parts: readonly PartRow[], rescues: readonly RescueView[]): readonly PartRow[] {
  const asked = new Set(rescues.flatMap(({ servedBy }) => servedBy?.subOrderId ?? []));
  const isRescue = (part: PartRow) =>
    part.state === 'offered' && part.replacesId === null && parts.some((one) => one.createdAt < part.createdAt);
  const isCarried = (part: PartRow) => {
    const own = rescues.filter(({ subOrderId }) => subOrderId === part.id);
    return part.state === 'refused' && own.length > 0 && own.every(({ carriedFrom }) => carriedFrom !== undefined);
  };
  const isNobodys = ({ refusalReason }: PartRow) => refusalReason === ANOTHER_WAS_FIRST || refusalReason === NOT_CARRIED;
  return parts.filter((part) => !isNobodys(part) && !isCarried(part) && (!isRescue(part) || asked.has(part.id)));
}

async function readPayment(orderId: (typeof orders.$inferSelect)['id']) {
  const [payment] = await reader().select().from(payments).where(eq(payments.orderId, orderId));
  if (!payment) return undefined;
  const shares = await reader().select().from(paymentShares).where(eq(paymentShares.paymentId, payment.id));
  return { ...payment, refundedMinor: refundedOf(shares) };
}

/** `c•••e@example.org`: the owner knows it again, who only holds the link learns little (ux.md F4 f). */
function emailHint(email: string): string {
  const at = email.lastIndexOf('@');
  const name = email.slice(0, Math.max(0, at));
  return `${name.slice(0, 1)}•••${name.length > 2 ? name.slice(-1) : ''}${email.slice(at)}`;
}
