import { and, desc, eq, inArray, or } from 'drizzle-orm';
import {
  domainEvents,
  merchants,
  messages,
  orderLines,
  orders,
  paymentShares,
  payments,
  routingDecisions,
  shops,
  subOrderEvents,
  subOrders,
} from '@/db/schema';
import type { Instant, Minor, OperatorScope, OrderId, SubOrderId } from '@/lib/kernel';
import { minor, sumMinor } from '@/lib/kernel';
import { orderState } from '@/lib/oms';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { listLineViews } from './line-repository';
import { isLate } from './queue-card';
import type { OperatorSubOrderView, Order360View, TimelineEntryView } from './views';

/** One order in full for the city: its parts side by side and everything that happened, whoever did it. */
export async function getOrder360(
  _operator: OperatorScope,
  orderId: OrderId,
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<Order360View | undefined> {
  const now = clock.now();
  const [order] = await reader().select().from(orders).where(eq(orders.id, orderId));
  if (!order) return undefined;
  const parts = await readParts(orderId);
  const partIds = parts.map((part) => part.subOrder.id);
  const [lines, payment, shares, commissions, decisions, timeline] = await Promise.all([
    listLineViews(reader(), partIds),
    readPayment(orderId),
    readShares(orderId),
    readCommissions(partIds),
    reader().select().from(routingDecisions).where(eq(routingDecisions.orderId, orderId)).orderBy(routingDecisions.decidedAt),
    readTimeline(
      orderId,
      parts.map((part) => part.subOrder),
    ),
  ]);
  return {
    ...orderFacts(order),
    state: orderState(parts.map((part) => part.subOrder.state)),
    payment: payment && {
      provider: payment.provider,
      method: payment.method,
      reference: payment.providerReference ?? undefined,
      state: payment.state,
      amountMinor: payment.amountMinor,
      capturedMinor: payment.state === 'captured' ? payment.capturedMinor : minor(0),
      refundedMinor: sumMinor(shares.map((share) => share.refundedMinor)),
      arrivedMinor: payment.arrivedMinor,
      sentBackMinor: payment.sentBackMinor,
      captureBefore: payment.captureBefore ?? undefined,
    },
    subOrders: parts.map((part) => partView(part, { shares, commissions, lines, now })),
    timeline,
    decisions: decisions.map((decision) => ({ at: decision.decidedAt, asked: decision.asked, answered: decision.answered })),
  };
}

type PartFacts = {
  readonly shares: Awaited<ReturnType<typeof readShares>>;
  readonly commissions: ReadonlyMap<SubOrderId, Minor>;
  readonly lines: ReadonlyMap<SubOrderId, OperatorSubOrderView['lines']>;
  readonly now: Instant;
};

function partView({ subOrder, ...names }: Awaited<ReturnType<typeof readParts>>[number], facts: PartFacts): OperatorSubOrderView {
  const share = facts.shares.find((one) => one.subOrderId === subOrder.id);
  return {
    ...names,
    subOrderId: subOrder.id,
    number: subOrder.number,
    state: subOrder.state,
    method: subOrder.method,
    promisedFrom: subOrder.promisedFrom,
    promisedTo: subOrder.promisedTo ?? undefined,
    acceptBy: subOrder.acceptBy ?? undefined,
    isLate: isLate(subOrder, facts.now),
    refusalReason: subOrder.refusalReason ?? undefined,
    goodsMinor: subOrder.goodsMinor,
    deliveryMinor: subOrder.deliveryMinor,
    totalMinor: subOrder.totalMinor,
    shareMinor: share?.amountMinor,
    capturedMinor: share?.capturedMinor ?? minor(0),
    refundedMinor: share?.refundedMinor ?? minor(0),
    commissionMinor: facts.commissions.get(subOrder.id) ?? minor(0),
    lines: facts.lines.get(subOrder.id) ?? [],
  };
}

function orderFacts(order: typeof orders.$inferSelect) {
  return {
    orderId: order.id,
    orderToken: order.token,
    number: order.number,
    placedAt: order.placedAt,
    paidAt: order.paidAt ?? undefined,
    payBy: order.payBy,
    shopperName: order.shopperName,
    email: order.email,
    phone: order.phone ?? undefined,
    address: order.addressLabel ?? undefined,
    locale: order.locale,
    plan: order.plan,
    rescueWish: order.rescueWish,
    goodsMinor: order.goodsMinor,
    deliveryMinor: order.deliveryMinor,
    totalMinor: order.totalMinor,
    currency: order.currency,
    termsVersion: order.termsVersion,
    isReplayed: order.isReplayed,
  };
}

async function readParts(orderId: OrderId) {
  return reader()
    .select({ subOrder: subOrders, shopName: shops.name, shopSlug: shops.slug, merchantName: merchants.legalName })
    .from(subOrders)
    .innerJoin(shops, eq(shops.id, subOrders.shopId))
    .innerJoin(merchants, eq(merchants.id, subOrders.merchantId))
    .where(eq(subOrders.orderId, orderId))
    .orderBy(subOrders.number);
}

async function readPayment(orderId: OrderId) {
  const [payment] = await reader().select().from(payments).where(eq(payments.orderId, orderId));
  return payment;
}

async function readShares(orderId: OrderId) {
  return reader()
    .select({
      subOrderId: paymentShares.subOrderId,
      amountMinor: paymentShares.amountMinor,
      capturedMinor: paymentShares.capturedMinor,
      refundedMinor: paymentShares.refundedMinor,
    })
    .from(paymentShares)
    .innerJoin(payments, eq(payments.id, paymentShares.paymentId))
    .where(eq(payments.orderId, orderId));
}

async function readCommissions(partIds: readonly SubOrderId[]) {
  const rows = await reader()
    .select({ subOrderId: orderLines.subOrderId, commissionMinor: orderLines.commissionMinor })
    .from(orderLines)
    .where(inArray(orderLines.subOrderId, [...partIds]));
  return new Map(partIds.map((id) => [id, sumMinor(rows.filter((row) => row.subOrderId === id).map((row) => row.commissionMinor))]));
}

const MOST_ENTRIES = 500;

async function readTimeline(orderId: OrderId, parts: readonly (typeof subOrders.$inferSelect)[]): Promise<readonly TimelineEntryView[]> {
  const [payment] = await reader().select({ id: payments.id }).from(payments).where(eq(payments.orderId, orderId));
  const subjects = [orderId, ...(payment ? [payment.id] : [])];
  const numbers = new Map(parts.map((part) => [part.id, part.number]));
  const [facts, changes, mails] = await Promise.all([
    reader()
      .select()
      .from(domainEvents)
      .where(inArray(domainEvents.subject, subjects))
      .orderBy(desc(domainEvents.occurredAt))
      .limit(MOST_ENTRIES),
    reader()
      .select()
      .from(subOrderEvents)
      .where(inArray(subOrderEvents.subOrderId, [...numbers.keys()]))
      .orderBy(desc(subOrderEvents.occurredAt))
      .limit(MOST_ENTRIES),
    reader()
      .select()
      .from(messages)
      .where(or(eq(messages.subject, orderId), and(inArray(messages.subject, [...numbers.keys()]))))
      .orderBy(desc(messages.createdAt))
      .limit(MOST_ENTRIES),
  ]);
  const nothing = { about: undefined, to: undefined, detail: undefined, messageId: undefined };
  const entries: readonly TimelineEntryView[] = [
    ...facts.map((fact): TimelineEntryView => ({
      ...nothing,
      at: fact.occurredAt,
      kind: fact.subject === orderId ? 'order' : 'payment',
      name: fact.name,
      by: fact.actor,
      detail: recordOf(fact.facts),
    })),
    ...changes.map((change): TimelineEntryView => ({
      ...nothing,
      at: change.occurredAt,
      kind: 'sub-order',
      name: change.event,
      by: change.actorKind,
      about: numbers.get(change.subOrderId),
      to: change.toState,
      detail: recordOf(change.detail),
    })),
    ...mails.map((mail): TimelineEntryView => ({
      ...nothing,
      at: mail.createdAt,
      kind: 'message',
      name: mail.kind,
      by: 'system',
      about: mail.title,
      messageId: mail.id,
    })),
  ];
  return entries.toSorted((a, b) => a.at - b.at);
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null ? { ...value } : undefined;
}
