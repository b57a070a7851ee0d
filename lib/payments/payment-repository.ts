import { and, eq, isNull, sql } from 'drizzle-orm';
import { fixedSelect } from '@/db/fixed-select-adapter';
import type { PaymentMethod } from '@/db/schema';
import { formerIntents, orders, paymentShares, payments, shops, subOrders } from '@/db/schema';
import type { PayTo, ProviderName } from '@/lib/intents';
import type { Instant, Minor, OrderId } from '@/lib/kernel';
import { dateOf, minor } from '@/lib/kernel';
import type { Ids } from '@/lib/platform/ids';
import type { Reader, Tx } from '@/lib/platform/transaction';
import { planned } from '@/lib/platform/transaction';

export type OrderRow = typeof orders.$inferSelect;
export type PaymentRow = typeof payments.$inferSelect;
export type PayingOrder = { readonly order: OrderRow; readonly payment: PaymentRow | undefined };

/** The order behind a link and its payment, if one was begun. */
export async function findByToken(from: Reader, orderToken: string): Promise<PayingOrder | undefined> {
  const [row] = await readByToken(from, { orderToken });
  return row && { order: row.order, payment: row.payment ?? undefined };
}

const readByToken = fixedSelect((from) =>
  from
    .select({ order: orders, payment: payments })
    .from(orders)
    .leftJoin(payments, eq(payments.orderId, orders.id))
    .where(eq(orders.token, sql.placeholder('orderToken'))),
);

/** Order and payment in one statement; everybody who locks one of them locks the order first. */
export async function lockPayment(
  tx: Tx,
  orderId: OrderId,
): Promise<{ readonly order: OrderRow; readonly payment: PaymentRow } | undefined> {
  const [row] = await lockOrder(tx, { orderId });
  return row;
}

const lockOrder = fixedSelect((from) =>
  from
    .select({ order: orders, payment: payments })
    .from(orders)
    .innerJoin(payments, eq(payments.orderId, orders.id))
    .where(eq(orders.id, sql.placeholder('orderId')))
    .for('update'),
);

/** The order an intent is or was of: one that was turned away from may still be heard of. */
export async function findOrderOfReference(from: Reader, provider: ProviderName, reference: string): Promise<OrderId | undefined> {
  const [row] = await from
    .select({ orderId: payments.orderId })
    .from(payments)
    .where(and(eq(payments.provider, provider), eq(payments.providerReference, reference)));
  if (row) return row.orderId;
  const [former] = await from
    .select({ orderId: payments.orderId })
    .from(formerIntents)
    .innerJoin(payments, eq(payments.id, formerIntents.paymentId))
    .where(and(eq(formerIntents.provider, provider), eq(formerIntents.reference, reference)));
  return former?.orderId;
}

export type PartOfOrder = Pick<typeof subOrders.$inferSelect, 'totalMinor' | 'state'> & { readonly shopName: string };

/** The same, with the parts of the order in the order of their numbers; one statement. */
export async function findPaying(
  from: Reader,
  orderToken: string,
): Promise<(PayingOrder & { readonly parts: readonly PartOfOrder[] }) | undefined> {
  const rows = await readPaying(from, { orderToken });
  const [first] = rows;
  return first && { order: first.order, payment: first.payment ?? undefined, parts: rows.map((row) => row.part) };
}

const readPaying = fixedSelect((from) =>
  from
    .select({ order: orders, payment: payments, part: { totalMinor: subOrders.totalMinor, state: subOrders.state, shopName: shops.name } })
    .from(orders)
    .innerJoin(subOrders, eq(subOrders.orderId, orders.id))
    .innerJoin(shops, eq(shops.id, subOrders.shopId))
    .leftJoin(payments, eq(payments.orderId, orders.id))
    .where(eq(orders.token, sql.placeholder('orderToken')))
    .orderBy(subOrders.number),
);

/** What the provider's books call the taking of a payment: refunds, earnings and the comparison of the books name it. */
export const takingReference = sql<string | null>`coalesce(${payments.chargeReference}, ${payments.providerReference})`;

/** What is left of an order to a card when vouchers have paid their part. Minor units. */
export function cardPart({ totalMinor, tenderedMinor }: Pick<OrderRow, 'totalMinor' | 'tenderedMinor'>): Minor {
  return minor(totalMinor - tenderedMinor);
}

export type NewPayment = {
  readonly provider: ProviderName;
  readonly method: PaymentMethod;
  /** Undefined where the method is chosen before the provider was asked. */
  readonly reference: string | undefined;
  readonly now: Instant;
  readonly ids: Ids;
};

/** Writes the order's one payment with a share per part, in one statement; two starting at once agree on the first. */
export async function ensurePayment(from: Reader, order: OrderRow, by: NewPayment): Promise<PaymentRow | undefined> {
  const { provider, method } = by;
  const reference = by.reference ?? null;
  const now = sql`${dateOf(by.now).toISOString()}::timestamptz`;
  const id = by.ids.make('payment');
  const [row] = await from.execute<{ made: boolean }>(sql`${planned} with made as (
      insert into ${payments} (id, order_id, provider, method, provider_reference, state, amount_minor, currency, created_at, updated_at)
      values (${id}, ${order.id}, ${provider}, ${method}, ${reference}::text, 'created', ${cardPart(order)}::bigint, ${order.currency}, ${now}, ${now})
      on conflict do nothing returning id
    ), shares as (
      insert into ${paymentShares} (payment_id, sub_order_id, amount_minor)
      select made.id, part.id, part.total_minor - part.tendered_minor from made, ${subOrders} part where part.order_id = ${order.id}
    )
    select exists (select from made) as made`);
  if (row?.made !== true) return (await from.select().from(payments).where(eq(payments.orderId, order.id)))[0];
  return {
    id,
    orderId: order.id,
    provider,
    method,
    attempt: 0,
    providerReference: reference,
    chargeReference: null,
    payTo: null,
    state: 'created',
    amountMinor: cardPart(order),
    capturedMinor: minor(0),
    arrivedMinor: minor(0),
    sentBackMinor: minor(0),
    currency: order.currency,
    captureBefore: null,
    createdAt: by.now,
    updatedAt: by.now,
  };
}

/** Writes down the intent of an attempt, if that attempt is still the shopper's choice and has none yet; answers the payment as it is then. */
export async function nameIntent(
  from: Reader,
  { id, attempt }: Pick<PaymentRow, 'id' | 'attempt'>,
  intent: { readonly reference: string; readonly payTo: PayTo | undefined },
): Promise<PaymentRow | undefined> {
  await from
    .update(payments)
    .set({ providerReference: intent.reference, payTo: intent.payTo ?? null })
    .where(and(eq(payments.id, id), eq(payments.attempt, attempt), isNull(payments.providerReference)));
  return (await from.select().from(payments).where(eq(payments.id, id)))[0];
}

/** A share for every part that has none yet: a shop that took another's place. Nothing is taken for it by that. */
export async function ensureShares(
  tx: Tx,
  payment: Pick<PaymentRow, 'id'>,
  parts: readonly { readonly subOrderId: (typeof subOrders.$inferSelect)['id']; readonly mostMinor: OrderRow['totalMinor'] }[],
): Promise<void> {
  if (parts.length === 0) return;
  await tx
    .insert(paymentShares)
    .values(parts.map((part) => ({ paymentId: payment.id, subOrderId: part.subOrderId, amountMinor: part.mostMinor })))
    .onConflictDoNothing();
}

export type PaymentChange = Partial<
  Pick<
    PaymentRow,
    | 'state'
    | 'method'
    | 'attempt'
    | 'capturedMinor'
    | 'captureBefore'
    | 'providerReference'
    | 'chargeReference'
    | 'payTo'
    | 'arrivedMinor'
    | 'sentBackMinor'
  >
>;

export async function updatePayment(tx: Tx, payment: Pick<PaymentRow, 'id'>, change: PaymentChange, now: Instant): Promise<void> {
  await paymentUpdate(tx, payment, change, now);
}

/** The same as a statement: to be awaited, or to be a part of another. */
export function paymentUpdate(tx: Tx, payment: Pick<PaymentRow, 'id'>, change: PaymentChange, now: Instant) {
  return tx
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
