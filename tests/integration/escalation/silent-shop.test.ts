import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { escalateSilent } from '@/lib/escalation';
import { acceptSubOrder } from '@/lib/fulfilment';
import { POST } from '@/app/api/counter/here/route';
import { listShopActivity } from '@/lib/insights';
import { DAY, HOUR, MINUTE, plusMs } from '@/lib/kernel';
import { httpGateway, type TextGateway } from '@/lib/messaging';
import { databaseHandle } from '@/lib/platform/database';
import { systemIds } from '@/lib/platform/ids';
import { absentSince, notePresence, presenceToken } from '@/lib/presence';
import { goAway, loadShopBook, openState } from '@/lib/shops';
import { given, type GivenShop, portsAt, wednesdayMorning } from '../../support/builders';
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

/** The counter page of a shop, shown from one minute to another. */
async function counterShown({ shopId }: Pick<GivenShop, 'shopId'>, from: number, to: number) {
  for (let minute = from; minute <= to; minute += 1) {
    const here = at(minute);
    expect(await notePresence(presenceToken(shopId, here.clock.now()), here)).toBe(true);
  }
}

async function counterAsWatched({ shopId }: Pick<GivenShop, 'shopId'>, minute: number) {
  const rows = await listShopActivity({ kind: 'operator', personId: systemIds.make('person'), role: 'viewer' }, at(minute));
  return rows.find((row) => row.shopId === shopId);
}

test('a counter that was kept open and is before nobody’s eyes: the city reads since when, and the telephone does not wait', async () => {
  const [kept, glanced, byMail] = [await given.shop(), await given.shop(), await given.shop()];
  await counterShown(kept, 0, 12);
  await counterShown(glanced, 0, 3);
  const shops = [kept, glanced, byMail];
  const offers = await Promise.all(shops.map((shop) => given.offer({ shop })));
  const order = await paidOrder(
    offers.map((offer) => ({ offer })),
    at(30),
  );
  expect(await counterAsWatched(kept, 14)).toMatchObject({ counterShutSince: undefined });
  expect(await counterAsWatched(kept, 30)).toMatchObject({ counterShutSince: plusMs(wednesdayMorning, 12 * MINUTE) });
  for (const other of [glanced, byMail]) expect(await counterAsWatched(other, 30)).toMatchObject({ counterShutSince: undefined });

  await escalateSilent(at(31));
  const part = await partOf(order, kept);
  expect((await messagesAbout(order)).map(({ channel, text }) => [channel, text.includes(part.number)])).toEqual([['sms', true]]);
  await counterShown(kept, 32, 45);
  expect(await counterAsWatched(kept, 34), 'somebody is there again').toMatchObject({ counterShutSince: undefined });
  await escalateSilent(at(46));
  expect(
    (await messagesAbout(order)).map(({ channel }) => channel),
    'then everybody is told at half of the time',
  ).toEqual(['sms', 'sms', 'sms']);
});

test('a hundred beats are one row; what is not our token is nobody’s presence', async () => {
  const shop = await given.shop();
  const here = at(0);
  const token = presenceToken(shop.shopId, here.clock.now());
  await Promise.all(Array.from({ length: 100 }, () => notePresence(token, here)));
  const rows = await databaseHandle().sql`select shop_id from counter_presence where shop_id = ${shop.shopId}`;
  expect(rows).toHaveLength(1);
  const other = await given.shop();
  const forged = token.replace(shop.shopId, other.shopId);
  expect(await notePresence(forged, here)).toBe(false);
  expect(await notePresence(token, at(4 * 24 * 60)), 'a page nobody reloaded for days').toBe(false);
  expect((await POST(new Request(`http://shop.test/api/counter/here?with=${forged}`, { method: 'POST' }))).status).toBe(404);
  expect(await databaseHandle().sql`select shop_id from counter_presence where shop_id = ${other.shopId}`).toHaveLength(0);
});

test('a night is no absence, and who answers in another way is never absent', () => {
  const [opens, closes] = [plusMs(wednesdayMorning, -HOUR), plusMs(wednesdayMorning, 9 * HOUR)];
  const openings = [{ from: opens, to: closes }];
  const seenAt = plusMs(opens, -14 * HOUR);
  expect(absentSince({ seenAt, isKeptOpen: true }, openings, plusMs(opens, 4 * MINUTE))).toBeUndefined();
  expect(absentSince({ seenAt, isKeptOpen: true }, openings, plusMs(opens, 6 * MINUTE))).toBe(opens);
  expect(absentSince({ seenAt, isKeptOpen: false }, openings, plusMs(opens, 6 * MINUTE))).toBeUndefined();
  expect(absentSince(undefined, openings, plusMs(opens, 6 * MINUTE))).toBeUndefined();
  expect(absentSince({ seenAt, isKeptOpen: true }, openings, plusMs(closes, 1))).toBeUndefined();
  expect(absentSince({ seenAt: plusMs(opens, -15 * DAY), isKeptOpen: true }, openings, plusMs(opens, HOUR))).toBeUndefined();
});

test('“back in 15 minutes” is said to everybody and ends by itself', async () => {
  const shop = await given.shop();
  await goAway(shop.scope, 15, at(0));
  const until = plusMs(wednesdayMorning, 15 * MINUTE);
  expect(await counterAsWatched(shop, 14)).toMatchObject({ takesOrders: false, pausedUntil: until, pauseReason: 'away' });
  expect(await counterAsWatched(shop, 15)).toMatchObject({ takesOrders: true, pausedUntil: undefined });
  const doorAt = async (minute: number) => {
    const now = plusMs(wednesdayMorning, minute * MINUTE);
    const facts = (await loadShopBook(now)).get(shop.shopId);
    return facts && openState(facts, now);
  };
  expect(await doorAt(14)).toMatchObject({ isOpen: true, backAt: until });
  expect((await doorAt(15))?.backAt).toBeUndefined();
});
