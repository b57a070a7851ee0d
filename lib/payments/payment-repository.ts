import { and, eq, sql } from 'drizzle-orm';
import { orders, paymentShares, payments, shops, subOrders } from '@/db/schema';
import type { Instant, OrderId } from '@/lib/kernel';
import type { Ids } from '@/lib/platform/ids';
import type { Reader, Tx } from '@/lib/platform/transaction';
import type { ProviderName } from './providers';

export type OrderRow = typeof orders.$inferSelect;
export type PaymentRow = typeof payments.$inferSelect;
export type PayingOrder = { readonly order: OrderRow; readonly payment: PaymentRow | undefined };

/** The order behind a link and its payment, if one was begun. */
export async function findByToken(from: Reader, orderToken: string): Promise<PayingOrder | undefined> {
  const [row] = await from
    .select({ order: orders, payment: payments })
    .from(orders)
    .leftJoin(payments, eq(payments.orderId, orders.id))
    .where(eq(orders.token, orderToken));
  return row && { order: row.order, payment: row.payment ?? undefined };
}

/** Order first, then payment: everybody locks in this order. */
export async function lockPayment(
  tx: Tx,
  orderId: OrderId,
): Promise<{ readonly order: OrderRow; readonly payment: PaymentRow } | undefined> {
  const [order] = await tx.select().from(orders).where(eq(orders.id, orderId)).for('update');
  const [payment] = await tx.select().from(payments).where(eq(payments.orderId, orderId)).for('update');
  return order && payment && { order, payment };
}

export async function findOrderOfReference(tx: Tx, provider: ProviderName, reference: string): Promise<OrderId | undefined> {
  const [row] = await tx
    .select({ orderId: payments.orderId })
    .from(payments)
    .where(and(eq(payments.provider, provider), eq(payments.providerReference, reference)));
  return row?.orderId;
}

export type PartOfOrder = {
  readonly subOrderId: (typeof subOrders.$inferSelect)['id'];
  readonly totalMinor: OrderRow['totalMinor'];
  readonly state: (typeof subOrders.$inferSelect)['state'];
  readonly shopName: string;
};

export async function listParts(from: Reader, orderId: OrderId): Promise<readonly PartOfOrder[]> {
  return from
    .select({ subOrderId: subOrders.id, totalMinor: subOrders.totalMinor, state: subOrders.state, shopName: shops.name })
    .from(subOrders)
    .innerJoin(shops, eq(shops.id, subOrders.shopId))
    .where(eq(subOrders.orderId, orderId))
    .orderBy(subOrders.number);
}

/** Writes the order's one payment with a share per part; two starting at once agree on the first. */
export async function ensurePayment(
  tx: Tx,
  order: OrderRow,
  by: { readonly provider: ProviderName; readonly now: Instant; readonly ids: Ids },
): Promise<void> {
  const [created] = await tx
    .insert(payments)
    .values({
      id: by.ids.make('payment'),
      orderId: order.id,
      provider: by.provider,
      state: 'created',
      amountMinor: order.totalMinor,
      currency: order.currency,
      createdAt: by.now,
      updatedAt: by.now,
    })
    .onConflictDoNothing()
    .returning({ id: payments.id });
  if (!created) return;
  const parts = await listParts(tx, order.id);
  await tx
    .insert(paymentShares)
    .values(parts.map((part) => ({ paymentId: created.id, subOrderId: part.subOrderId, amountMinor: part.totalMinor })));
}

export type PaymentChange = Partial<Pick<PaymentRow, 'state' | 'capturedMinor' | 'captureBefore' | 'providerReference'>>;

export async function updatePayment(tx: Tx, payment: Pick<PaymentRow, 'id'>, change: PaymentChange, now: Instant): Promise<void> {
  await tx
    .update(payments)
    .set({ ...change, updatedAt: now })
    .where(eq(payments.id, payment.id));
}

export async function listShares(from: Reader, payment: Pick<PaymentRow, 'id'>) {
  return from
    .select()
    .from(paymentShares)
    .where(eq(paymentShares.paymentId, payment.id))
    .orderBy(sql`${paymentShares.subOrderId}`);
}
