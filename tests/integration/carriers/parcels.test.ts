import { expect, test } from 'vitest';
import { chooseMethod } from '@/lib/basket';
import type { Carrier, DemoCarrierMessage } from '@/lib/carriers';
import {
  currentCarrier,
  demoCarrier,
  drawLabel,
  hearCarrier,
  isSscc,
  listShipments,
  makeShipment,
  sendDemoCarrierMessage,
  signedDemoMessage,
  sscc,
} from '@/lib/carriers';
import { placeOrder } from '@/lib/checkout';
import { acceptSubOrder, markReady, tickLine } from '@/lib/fulfilment';
import type { SubOrderId } from '@/lib/kernel';
import { HOUR, MINUTE, plusMs } from '@/lib/kernel';
import { payWithDemoCard } from '@/lib/payments';
import { databaseHandle } from '@/lib/platform/database';
import { systemIds } from '@/lib/platform/ids';
import { DEMO_CARRIER_QUEUE } from '@/lib/platform/jobs';
import { given, type GivenShop, livesNearby, orderFor, portsAt, wednesdayMorning } from '../../support/builders';
import { carryOutEverything, type GivenOrder, goodCard, linesOf, moneyOf, partOf, partsOf } from '../../support/paid-order';

const ports = portsAt();
const parcel = { priceMinor: 590, days: 2, maxGrams: 10_000 };

async function readyParcel(
  name = 'Camille Rolland',
): Promise<{ readonly shop: GivenShop; readonly order: GivenOrder; readonly id: SubOrderId }> {
  const shop = await given.shop({ services: { parcel } });
  const basket = await given.basketOf([{ offer: await given.offer({ shop, stock: 5 }), shopChosen: true }]);
  await livesNearby(basket);
  await chooseMethod(basket.shopper, { shopId: shop.shopId, method: 'parcel' }, ports);
  const placed = await placeOrder(basket.shopper, { ...orderFor(basket), name, rescueWish: 'refund' }, ports);
  if (!placed.ok) throw new Error(JSON.stringify(placed.error));
  await payWithDemoCard(placed.value.orderToken, goodCard, ports);
  const part = await partOf(placed.value, shop);
  await acceptSubOrder(shop.scope, part.id, ports);
  for (const line of await linesOf(part)) await tickLine(shop.scope, { lineId: line.id, pickedQuantity: line.quantity }, ports);
  await markReady(shop.scope, { subOrderId: part.id, bag: '' }, ports);
  return { shop, order: placed.value, id: part.id };
}

async function labelOf({ shop, id }: { readonly shop: GivenShop; readonly id: SubOrderId }): Promise<string> {
  const made = await makeShipment(shop.scope, id, ports);
  if (!made.ok) throw new Error(made.error.kind);
  return made.value.trackingCode;
}

/** What the demo carrier still has to say of a parcel, in time, taken from its queue. */
async function messagesOf(trackingCode: string): Promise<readonly DemoCarrierMessage[]> {
  const rows = await databaseHandle().sql<{ data: DemoCarrierMessage }[]>`
    delete from pgboss.job where name = ${DEMO_CARRIER_QUEUE} and data ->> 'trackingCode' = ${trackingCode} returning data`;
  return rows.map((row) => row.data).toSorted((a, b) => a.afterSeconds - b.afterSeconds);
}

/** As the worker sends it; the other end is ours, without a network between. */
async function deliver(message: DemoCarrierMessage, minutes = message.afterSeconds / 60): Promise<string> {
  let heard = '';
  const at = portsAt(plusMs(wednesdayMorning, minutes * MINUTE));
  await sendDemoCarrierMessage(message, {
    baseUrl: 'http://halles.test',
    clock: at.clock,
    post: async (_url, init) => {
      const headers = new Headers(init?.headers);
      const signed = {
        id: headers.get('webhook-id') ?? '',
        timestamp: headers.get('webhook-timestamp') ?? '',
        signature: headers.get('webhook-signature') ?? '',
      };
      const outcome = await hearCarrier(String(init?.body), signed, at);
      heard = outcome.ok ? outcome.value : outcome.error.kind;
      return new Response(null, { status: outcome.ok ? 200 : 400 });
    },
  });
  return heard;
}

test('a label code is an SSCC: 18 digits whose last one checks the others', () => {
  expect(sscc('0614141', 123456789)).toBe('006141411234567890');
  expect(isSscc(sscc('9521141', 1))).toBe(true);
  expect(isSscc('006141411234567891')).toBe(false);
});

test('the parcel’s way in time: collected, on the road, at the door; its sub-order follows, and everything is on our page', async () => {
  const { order, ...part } = await readyParcel();
  const code = await labelOf(part);
  const messages = await messagesOf(code);
  expect(messages.map((message) => message.code)).toEqual(['collected', 'in-transit', 'out-for-delivery', 'delivered']);
  const states: string[] = [];
  for (const message of messages) {
    expect(await deliver(message)).toBe('heard');
    states.push((await partsOf(order))[0]?.state ?? '');
  }
  expect(states).toEqual(['despatched', 'despatched', 'despatched', 'delivered']);
  const [shipment] = await listShipments({ kind: 'order', orderId: order.orderId });
  expect(shipment).toMatchObject({ trackingCode: code });
  expect(shipment?.events.map((event) => event.code)).toEqual(['delivered', 'out-for-delivery', 'in-transit', 'collected']);
  expect(await listShipments({ kind: 'order', orderId: systemIds.make('order') })).toEqual([]);
});

test('nobody answers: the parcel goes back to its sender, its units to the shelf and the money to the shopper', async () => {
  const { order, ...part } = await readyParcel('Camille Absente');
  for (const message of await messagesOf(await labelOf(part))) await deliver(message);
  expect((await partsOf(order))[0]?.state).toBe('uncollected');
  await carryOutEverything(ports);
  const money = await moneyOf(order);
  expect(money.providerCaptured - money.providerRefunded).toBe(0);
});

test('late, twice, in the wrong order and at once: each message counts once, and what was delivered stays delivered', async () => {
  const { order, ...part } = await readyParcel();
  const messages = await messagesOf(await labelOf(part));
  const [collected, , , last] = messages;
  if (!collected || !last) throw new Error('a way has a beginning and an end');
  const all = await Promise.all(Array.from({ length: 20 }, () => deliver(last, 5)));
  expect(all.filter((heard) => heard === 'heard')).toHaveLength(1);
  expect(await deliver(collected, 6)).toBe('heard');
  expect((await partsOf(order))[0]?.state).toBe('delivered');
  expect((await listShipments({ kind: 'order', orderId: order.orderId }))[0]?.events).toHaveLength(2);
});

test('a message is believed only when it is signed, whole and recent; another city’s parcel changes nothing', async () => {
  const { order, ...part } = await readyParcel();
  const [message] = await messagesOf(await labelOf(part));
  if (!message) throw new Error('a message');
  const { body, headers } = signedDemoMessage(message, wednesdayMorning);
  const signed = { id: headers['webhook-id'], timestamp: headers['webhook-timestamp'], signature: headers['webhook-signature'] };
  const refused = { ok: false, error: { kind: 'signature-invalid' } };
  expect(await hearCarrier(body.replace('collected', 'delivered'), signed, ports)).toEqual(refused);
  expect(await hearCarrier(body, { ...signed, id: `${signed.id}x` }, ports)).toEqual(refused);
  expect(await hearCarrier(body, { ...signed, signature: '' }, ports)).toEqual(refused);
  expect(await hearCarrier(body, signed, portsAt(plusMs(wednesdayMorning, HOUR)))).toEqual(refused);
  expect(await deliver({ ...message, trackingCode: sscc('9521141', 99_999_999) }, 1)).toBe('not-ours');
  expect((await partsOf(order))[0]?.state).toBe('ready');
});

test('a label is its own shop’s: another finds none, and a hundred askings announce one parcel', async () => {
  const { order, shop, id } = await readyParcel();
  const other = await given.shop();
  expect(await makeShipment(other.scope, id, ports)).toEqual({ ok: false, error: { kind: 'sub-order-not-found' } });
  const made = await Promise.all(Array.from({ length: 20 }, () => makeShipment(shop.scope, id, ports)));
  const codes = new Set(made.map((one) => (one.ok ? one.value.trackingCode : one.error.kind)));
  expect([...codes]).toHaveLength(1);
  const [rows] = await databaseHandle().sql<{ count: number }[]>`
    select count(*)::int as count from shipments s join sub_orders p on p.id = s.sub_order_id where p.order_id = ${order.orderId}`;
  expect(rows?.count).toBe(1);
});

test('the label is a page of 100 × 150 mm', async () => {
  const made = await makeShipment(...(await ownParcel()));
  if (!made.ok) throw new Error(made.error.kind);
  const pdf = await drawLabel(made.value, { from: 'Expéditeur', to: 'Destinataire', reference: 'Commande', demo: undefined });
  const text = Buffer.from(pdf).toString('latin1');
  expect(text.startsWith('%PDF')).toBe(true);
  expect(text).toMatch(/MediaBox \[0 0 283\.46\d* 425\.19\d*\]/u);
});

async function ownParcel(): Promise<Parameters<typeof makeShipment>> {
  const { shop, id } = await readyParcel();
  return [shop.scope, id, ports];
}

/** The contract of the port: every implementation is tried by it. */
describeCarrier('demo', () => demoCarrier({ clock: ports.clock }));

function describeCarrier(name: string, open: () => Carrier): void {
  test(`contract of the ${name} carrier: the same shipment has one code, other shipments others, and noise is refused`, async () => {
    const carrier = open();
    const wish = (shipmentId = systemIds.make('shipment')) => ({
      shipmentId,
      reference: 'H-1-1',
      from: { name: 'Boutique', lines: ['1 rue'], phone: undefined },
      to: { name: 'Quelqu’un', lines: ['2 rue'], phone: undefined },
    });
    const one = wish();
    const [first, again, other] = [await carrier.announce(one), await carrier.announce(one), await carrier.announce(wish())];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    for (const body of ['', '{}', 'null', '{"trackingCode":1}']) {
      expect(carrier.readMessage(body, { id: 'x', timestamp: '0', signature: 'v1,AAAA' }, wednesdayMorning).ok).toBe(false);
    }
    expect(currentCarrier(ports).name).toBe(name);
  });
}
