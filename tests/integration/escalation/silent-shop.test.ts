import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { escalateSilent } from '@/lib/escalation';
import { acceptSubOrder } from '@/lib/fulfilment';
import { HOUR, MINUTE, plusMs } from '@/lib/kernel';
import { httpGateway, type TextGateway } from '@/lib/messaging';
import { databaseHandle } from '@/lib/platform/database';
import { given, portsAt, wednesdayMorning } from '../../support/builders';
import { type GivenOrder, paidOrder, partOf } from '../../support/paid-order';

const at = (minutes: number) => portsAt(plusMs(wednesdayMorning, minutes * MINUTE));

async function messagesAbout(order: GivenOrder) {
  return databaseHandle().sql<{ channel: string; text: string; sent: boolean }[]>`
    select m.channel, m.plain_text as text, m.sent_at is not null as sent from messages m join sub_orders p on p.id = m.subject
    where p.order_id = ${order.orderId} and m.channel <> 'mail' order by m.id`;
}

test('a silent shop is written to at half of its time and called at three quarters, once each; an answer ends it', async () => {
  const [silent, quick] = [await given.shop(), await given.shop()];
  const order = await paidOrder([{ offer: await given.offer({ shop: silent }) }, { offer: await given.offer({ shop: quick }) }]);
  await acceptSubOrder(quick.scope, (await partOf(order, quick)).id, at(1));
  await escalateSilent(at(10));
  expect(await messagesAbout(order)).toEqual([]);
  await escalateSilent(at(16));
  await escalateSilent(at(17));
  expect((await messagesAbout(order)).map((message) => message.channel)).toEqual(['sms']);
  await escalateSilent(at(23));
  await escalateSilent(at(24));
  const told = await messagesAbout(order);
  expect(told.map((message) => message.channel)).toEqual(['sms', 'call']);
  expect(told[0]?.text).toContain((await partOf(order, silent)).number);
  expect(
    told.every((message) => !message.sent),
    'without a gateway they lie in the mailbox',
  ).toBe(true);
});

test('nobody is woken for an order that waits until the shop opens', async () => {
  const shop = await given.shop({ openingHours: 'Mo-Sa 14:00-19:00' });
  const order = await paidOrder([{ offer: await given.offer({ shop }) }]);
  await escalateSilent(portsAt(plusMs(wednesdayMorning, 3.9 * HOUR)));
  expect(await messagesAbout(order)).toEqual([]);
  await escalateSilent(portsAt(plusMs(wednesdayMorning, 4.3 * HOUR)));
  expect(await messagesAbout(order)).toHaveLength(1);
});

/** A gateway of somebody else's, on a port of its own; it is away the first time it is asked for something. */
async function foreignGateway() {
  const heard: { readonly key: string | undefined; readonly body: unknown }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => {
      const key = request.headers['idempotency-key']?.toString();
      response.writeHead(heard.some((one) => one.key === key) ? 200 : 503).end();
      heard.push({ key, body: JSON.parse(body) });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, heard, stop: () => server.close() };
}

test('the gateway’s contract: channel, number and words as JSON, one key however often; an outage is tried again, nothing is sent twice', async () => {
  const shop = await given.shop();
  const order = await paidOrder([{ offer: await given.offer({ shop }) }]);
  const foreign = await foreignGateway();
  const gateway: TextGateway = httpGateway(foreign.url);
  await escalateSilent(at(16), gateway);
  await escalateSilent(at(17), gateway);
  await escalateSilent(at(18), gateway);
  foreign.stop();
  const mine = foreign.heard.filter(({ body }) => JSON.stringify(body).includes(order.number));
  expect(mine).toHaveLength(2);
  expect(mine[0]?.key).toBe(mine[1]?.key);
  expect(mine[1]?.body).toMatchObject({ channel: 'sms', to: '+33400000002', locale: 'fr' });
  expect(await messagesAbout(order)).toMatchObject([{ channel: 'sms', sent: true }]);
});
