import { and, asc, eq, inArray } from 'drizzle-orm';
import { orderLines, orders, paymentShares, payments, refunds, returnCredits, subOrderEvents, subOrders } from '@/db/schema';
import type { OwedTender } from '@/lib/fulfilment';
import { lineWorth, listOwed, rescuePaid } from '@/lib/fulfilment';
import type { Instant, Minor, OrderId } from '@/lib/kernel';
import { minor, sumMinor } from '@/lib/kernel';
import { isFulfilled } from '@/lib/oms';
import type { Tx } from '@/lib/platform/transaction';
import type { TenderReturn } from '@/lib/wallet';
import { listReturns } from '@/lib/wallet';

export type PartMoneyFacts = typeof subOrders.$inferSelect & {
  /** When it was handed over or delivered; undefined before, and for what ended early. */
  readonly earnedAt: Instant | undefined;
  readonly lines: readonly (typeof orderLines.$inferSelect & { readonly worthMinor: Minor })[];
  /** What the rescue account pays of it. */
  readonly rescuePaidMinor: Minor;
  readonly share: typeof paymentShares.$inferSelect | undefined;
  /** What came back after it was paid for, line by line. */
  readonly returned: readonly ReturnedWorth[];
  /** What vouchers pay of what was served of it, issuer by issuer. */
  readonly vouchers: readonly { readonly issuer: string; readonly amountMinor: Minor }[];
};

export type ReturnedWorth = Pick<typeof returnCredits.$inferSelect, 'lineId' | 'shopperMinor' | 'rescueMinor'>;

/** An order as the ledger sees it: its payment, its parts, what went back. */
export type OrderMoneyFacts = {
  readonly order: typeof orders.$inferSelect;
  readonly payment: typeof payments.$inferSelect;
  readonly parts: readonly PartMoneyFacts[];
  readonly refunds: readonly (typeof refunds.$inferSelect)[];
  /** What went back to vouchers of what was served. */
  readonly voucherReturns: readonly TenderReturn[];
};

/** Locks the order's payment, so that its ledger is written by one at a time; undefined while nobody began to pay. */
export async function lockOrderMoney(tx: Tx, orderId: OrderId): Promise<OrderMoneyFacts | undefined> {
  const [payment] = await tx.select().from(payments).where(eq(payments.orderId, orderId)).for('update');
  const [order] = await tx.select().from(orders).where(eq(orders.id, orderId));
  if (!payment || !order) return undefined;
  const rows = await tx
    .select({ subOrder: subOrders, share: paymentShares })
    .from(subOrders)
    .leftJoin(paymentShares, eq(paymentShares.subOrderId, subOrders.id))
    .where(and(eq(subOrders.orderId, orderId), eq(subOrders.isSetAside, false)))
    .orderBy(asc(subOrders.number));
  const ids = rows.map(({ subOrder }) => subOrder.id);
  const lines = await tx.select().from(orderLines).where(inArray(orderLines.subOrderId, ids)).orderBy(asc(orderLines.id));
  const events = await tx
    .select({ subOrderId: subOrderEvents.subOrderId, to: subOrderEvents.toState, at: subOrderEvents.occurredAt })
    .from(subOrderEvents)
    .where(inArray(subOrderEvents.subOrderId, ids))
    .orderBy(asc(subOrderEvents.occurredAt));
  const credits = await tx.select().from(returnCredits).where(inArray(returnCredits.subOrderId, ids));
  const owed = order.tenderedMinor > 0 ? await listOwed(tx, orderId) : [];
  const parts = rows.map(({ subOrder, share }) => {
    const own = lines.filter((line) => line.subOrderId === subOrder.id);
    const back = credits.filter((credit) => credit.subOrderId === subOrder.id);
    // What came back before its money was taken was, for the books, never served.
    const untaken = back.filter((credit) => credit.isBeforeCapture);
    const off = (lineId: string | null) => worthOf(untaken.filter((credit) => credit.lineId === lineId));
    const earned = events.find((event) => event.subOrderId === subOrder.id && isFulfilled(event.to));
    return {
      ...subOrder,
      share: share ?? undefined,
      earnedAt: isFulfilled(subOrder.state) ? earned?.at : undefined,
      lines: own.map((line) => ({ ...line, worthMinor: minor(lineWorth(line) - off(line.id)) })),
      deliveryMinor: minor(subOrder.deliveryMinor - off(null)),
      rescuePaidMinor: minor(rescuePaid(subOrder, own) - sumMinor(untaken.map((credit) => credit.rescueMinor))),
      returned: back.filter((credit) => !credit.isBeforeCapture),
      vouchers: vouchersOf(owed.find(({ subOrderId }) => subOrderId === subOrder.id)?.tenders ?? []),
    };
  });
  const back = await tx.select().from(refunds).where(eq(refunds.paymentId, payment.id)).orderBy(asc(refunds.createdAt), asc(refunds.id));
  const voucherReturns = order.tenderedMinor > 0 ? await listReturns(tx, orderId) : [];
  return { order, payment, parts, refunds: back, voucherReturns };
}

function vouchersOf(tenders: readonly OwedTender[]): PartMoneyFacts['vouchers'] {
  return [...Map.groupBy(tenders, ({ issuerId }) => issuerId)]
    .map(([issuer, own]) => ({ issuer, amountMinor: sumMinor(own.map((tender) => tender.servedMinor)) }))
    .filter(({ amountMinor }) => amountMinor > 0);
}

function worthOf(credits: readonly ReturnedWorth[]): Minor {
  return sumMinor(credits.map((credit) => credit.shopperMinor + credit.rescueMinor));
}
