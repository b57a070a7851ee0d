import { placeOrder } from '@/lib/checkout';
import type { RescueWish } from '@/lib/checkout/views';
import { carryOut } from '@/lib/dispatch';
import type { OrderId, OrderLineId, ShopId, SubOrderId } from '@/lib/kernel';
import type { DemoTransferKind, DemoWebhook } from '@/lib/payments';
import { chooseMethod, hearWebhook, payWithDemoCard, sendDemoWebhook, sendFromDemoBank } from '@/lib/payments';
import { databaseHandle } from '@/lib/platform/database';
import { DEMO_WEBHOOK_QUEUE, OUTBOX_QUEUE } from '@/lib/platform/jobs';
import type { OutboxJob } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { GivenOffer } from './builders';
import { given, orderFor, portsAt } from './builders';

export type GivenPart = {
  readonly id: SubOrderId;
  readonly shopId: ShopId;
  readonly number: string;
  readonly state: string;
  readonly code: string;
  readonly totalMinor: number;
};
export type GivenOrder = { readonly orderId: OrderId; readonly orderToken: string; readonly number: string };

export const goodCard = { number: '4242 4242 4242 4242', expiry: '12/30', code: '123' };

export type Wanted = { readonly offer: GivenOffer; readonly quantity?: number };

/** An order of these things, not paid yet. The shops are chosen, so nothing is sourced elsewhere. */
export async function placedOrder(
  wanted: readonly Wanted[],
  ports: Ports = portsAt(),
  rescueWish: RescueWish = 'elsewhere',
  codes: readonly string[] = [],
): Promise<GivenOrder> {
  const basket = await given.basketOf(
    wanted.map((one) => ({ ...one, shopChosen: true })),
    ports.clock.now(),
  );
  await given.bring(basket, ...codes);
  const placed = await placeOrder(basket.shopper, { ...orderFor(basket), rescueWish }, ports);
  if (!placed.ok) throw new Error(`the order was refused: ${JSON.stringify(placed.error)}`);
  return placed.value;
}

/** The same, paid with the card that succeeds: each part is offered to its shop. */
export async function paidOrder(
  wanted: readonly Wanted[],
  ports: Ports = portsAt(),
  rescueWish: RescueWish = 'elsewhere',
  codes: readonly string[] = [],
): Promise<GivenOrder> {
  const order = await placedOrder(wanted, ports, rescueWish, codes);
  const paid = await payWithDemoCard(order.orderToken, goodCard, ports);
  if (!paid.ok) throw new Error(`the payment was refused: ${JSON.stringify(paid.error)}`);
  return order;
}

/** The same, paid by bank transfer, whose money comes as these say. */
export async function transferredOrder(
  wanted: readonly Wanted[],
  sends: readonly DemoTransferKind[],
  ports: Ports = portsAt(),
  rescueWish: RescueWish = 'elsewhere',
): Promise<GivenOrder> {
  const order = await placedOrder(wanted, ports, rescueWish);
  const chosen = await chooseMethod(order.orderToken, 'bank-transfer', ports);
  if (!chosen.ok) throw new Error(`the method was refused: ${chosen.error.kind}`);
  for (const kind of sends) await sendFromDemoBank(order.orderToken, kind, ports);
  await hearEverything(ports);
  return order;
}

/** Tells everything the demo provider has to say, as its worker would. */
export async function hearEverything(ports: Ports = portsAt()): Promise<void> {
  for (const webhook of await takeAll<DemoWebhook>(DEMO_WEBHOOK_QUEUE)) await deliverWebhook(webhook, ports);
}

/** The parts of an order, in the order of their numbers. */
export async function partsOf(order: GivenOrder): Promise<readonly GivenPart[]> {
  return databaseHandle().sql<GivenPart[]>`
    select id, shop_id as "shopId", number, state, pickup_code as code, total_minor::int as "totalMinor" from sub_orders where order_id = ${order.orderId} order by number`;
}

/** The part a shop has in an order. */
export async function partOf(order: GivenOrder, shop: { readonly shopId: ShopId }): Promise<GivenPart> {
  const part = (await partsOf(order)).find((one) => one.shopId === shop.shopId);
  if (!part) throw new Error('the shop has no part in this order');
  return part;
}

/** The lines of a part, with what is still to be served of each. */
export async function linesOf(part: GivenPart): Promise<readonly { readonly id: OrderLineId; readonly quantity: number }[]> {
  return databaseHandle().sql<
    { id: OrderLineId; quantity: number }[]
  >`select id, quantity - refused_quantity as quantity from order_lines where sub_order_id = ${part.id} order by id`;
}

/** What our books and the provider's say of an order's money. */
export async function moneyOf(order: GivenOrder) {
  const [row] = await databaseHandle().sql<
    { state: string; captured: number; provider: string; providerCaptured: number; providerRefunded: number; provider_reference: string }[]
  >`
    select p.state, p.captured_minor::int as captured, d.state as provider, d.captured_minor::int as "providerCaptured",
      d.refunded_minor::int as "providerRefunded", p.provider_reference
    from payments p join demo_intents d on d.reference = p.provider_reference where p.order_id = ${order.orderId}`;
  if (!row) throw new Error('the order has no payment');
  return row;
}

/** Takes what a queue holds, due or not, without a worker. */
async function takeAll<T>(queue: string): Promise<readonly T[]> {
  const rows = await databaseHandle().sql<{ data: T }[]>`
    with taken as (delete from pgboss.job where name = ${queue} and state in ('created', 'retry') returning data, created_on, id) select data from taken order by created_on, id`;
  return rows.map((row) => row.data);
}

/** Carries out everything the outbox holds, and what that brings about. */
export async function carryOutEverything(ports: Ports = systemPorts): Promise<void> {
  for (let jobs = await takeAll<OutboxJob>(OUTBOX_QUEUE); jobs.length > 0; jobs = await takeAll<OutboxJob>(OUTBOX_QUEUE)) {
    for (const job of jobs) await carryOut(job, ports);
  }
}

/** The webhooks the demo provider owes about an order, taken from its queue without being sent. */
export async function owedWebhooks(order: GivenOrder): Promise<readonly DemoWebhook[]> {
  const { provider_reference: reference } = await moneyOf(order);
  return (await takeAll<DemoWebhook>(DEMO_WEBHOOK_QUEUE)).filter((webhook) => webhook.data.object.id === reference);
}

/** Sends a webhook as the worker does; the other end is ours, without a network between. Says what was heard. */
export async function deliverWebhook(webhook: DemoWebhook, ports: Ports = portsAt()): Promise<string> {
  let heard = '';
  const post: typeof fetch = async (_url, init) => {
    const outcome = await hearWebhook(String(init?.body), new Headers(init?.headers).get('stripe-signature') ?? '', ports);
    heard = outcome.ok ? outcome.value : outcome.error.kind;
    return new Response(null, { status: outcome.ok ? 200 : 400 });
  };
  await sendDemoWebhook(webhook, { baseUrl: 'http://halles.test', post });
  return heard;
}

/** Everything that must not change when nothing happens. */
export async function picture(): Promise<unknown> {
  const { sql } = databaseHandle();
  return {
    payments: await sql`select state, captured_minor, amount_minor from payments order by id`,
    parts: await sql`select id, state, accept_by from sub_orders order by id`,
    levels: await sql`select offer_id, on_hand, reserved, allocated from stock_levels order by offer_id, location_id`,
    reservations: await sql`select id, state from reservations order by id`,
    events: await sql`select count(*)::int as count from domain_events`,
  };
}
