import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { consumers, goRound, prepareQueues, startWorker, type RunningWorker } from '@/lib/dispatch';
import { acceptSubOrder } from '@/lib/fulfilment';
import { findNewsSince, watch, type LiveNews } from '@/lib/messaging';
import { hearWebhook, payWithDemoCard } from '@/lib/payments';
import { databaseHandle } from '@/lib/platform/database';
import { env } from '@/lib/platform/env';
import { systemPorts } from '@/lib/platform/ports';
import { subscriptions } from '@/lib/platform/subscriptions';
import { given, portsAt, wednesdayMorning } from '../../support/builders';
import { goodCard, moneyOf, paidOrder, partOf, partsOf, placedOrder } from '../../support/paid-order';

const workers: RunningWorker[] = [];
let failures = 1;

/** The web side of the webhooks, which is away at first: the provider must send again. */
const web = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    void (async () => {
      if (failures > 0) {
        failures -= 1;
        response.writeHead(503).end();
        return;
      }
      const heard = await hearWebhook(Buffer.concat(chunks).toString('utf8'), String(request.headers['stripe-signature']), portsAt());
      response.writeHead(heard.ok ? 200 : 400).end();
    })();
  });
});

/** The workers live in the morning of the orders: by the machine's clock every shop would have let its order pass long ago. */
vi.hoisted(() => {
  process.env['HALLES_CLOCK'] = '2026-11-25T10:00:00+01:00';
});

beforeAll(async () => {
  expect(systemPorts.clock.now()).toBe(wednesdayMorning);
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  const address = web.address();
  if (address === null || typeof address === 'string') throw new Error('the server has a port');
  const options = { baseUrl: `http://127.0.0.1:${address.port}`, databaseUrl: env().databaseUrl ?? '' };
  workers.push(await startWorker(options), await startWorker(options));
});

afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  await new Promise((resolve) => web.close(resolve));
});

async function until<T>(look: () => Promise<T | undefined | false>, seconds = 20): Promise<T> {
  for (const end = Date.now() + seconds * 1_000; Date.now() < end;) {
    const seen = await look();
    if (seen) return seen;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`not seen within ${seconds} s`);
}

test('every name of the subscriptions has somebody who carries it out, and nobody is idle', () => {
  const subscribed = [...new Set(Object.values(subscriptions).flat())];
  expect(Object.keys(consumers).toSorted()).toEqual(subscribed.toSorted());
});

test('preparing the queues again changes nothing', async () => {
  await prepareQueues(env().databaseUrl ?? '');
  const queues = await databaseHandle()
    .sql`select name, policy, dead_letter from pgboss.queue where name in ('outbox', 'outbox-parked', 'demo-webhooks', 'rounds') order by name`;
  expect(queues).toMatchObject([
    { name: 'demo-webhooks' },
    { name: 'outbox', dead_letter: 'outbox-parked' },
    { name: 'outbox-parked' },
    { name: 'rounds', policy: 'exclusive' },
  ]);
});

test('two workers carry out each event once: mails are written and the money is taken', async () => {
  const shop = await given.shop();
  const order = await paidOrder([{ offer: await given.offer({ shop }) }]);
  const confirmed = await until(async () => (await databaseHandle().sql`select 1 from messages where subject = ${order.orderId}`).length);
  expect(confirmed).toBe(1);
  await acceptSubOrder(shop.scope, (await partOf(order, shop)).id, portsAt());
  await until(async () => (await moneyOf(order)).state === 'captured');
});

test('a webhook that was not taken is sent again until it is', async () => {
  failures = 1;
  const order = await placedOrder([{ offer: await given.offer({ shop: await given.shop() }) }]);
  await payWithDemoCard(order.orderToken, { ...goodCard, number: '4000003720000278' }, portsAt());
  await databaseHandle().sql`update pgboss.job set start_after = now() where name = 'demo-webhooks' and state = 'created'`;
  await until(async () => (await partsOf(order))[0]?.state === 'offered', 30);
});

test('a job that fails too often is parked, and the others are carried out meanwhile', async () => {
  await databaseHandle()
    .sql`insert into pgboss.job (name, data, retry_limit, dead_letter) select 'outbox', '{"eventId":"evt_x","consumer":"nobody-knows"}'::jsonb, 0, 'outbox-parked'`;
  await until(async () => (await databaseHandle().sql`select 1 from pgboss.job where name = 'outbox-parked'`).length > 0, 30);
});

test('who watches an order or a shop hears of its changes only, and catches up after being away', async () => {
  const [shop, other] = [await given.shop(), await given.shop()];
  const heard: Record<'mine' | 'shop' | 'other', LiveNews[]> = { mine: [], shop: [], other: [] };
  const order = await paidOrder([{ offer: await given.offer({ shop }) }]);
  const scope = { kind: 'order', orderId: order.orderId } as const;
  const stops = [
    await watch(scope, (news) => heard.mine.push(news)),
    await watch(shop.scope, (news) => heard.shop.push(news)),
    await watch(other.scope, (news) => heard.other.push(news)),
  ];
  await acceptSubOrder(shop.scope, (await partOf(order, shop)).id, systemPorts);
  const first = await until(async () => heard.mine.find((news) => news.name === 'SubOrderChanged'));
  await until(async () => heard.shop.length > 0);
  expect(heard.other).toEqual([]);

  expect(await findNewsSince(scope, 'nonsense')).toBeUndefined();
  expect(await findNewsSince(other.scope, first.eventId)).toBeUndefined();
  for (const stop of stops) stop();
});

test('a round ends what time has ended, and a second one finds nothing', async () => {
  const order = await placedOrder([{ offer: await given.offer({ shop: await given.shop() }) }]);
  const later = portsAt((wednesdayMorning + 16 * 60_000) as typeof wednesdayMorning);
  expect(await goRound(later)).toMatchObject({ 'expire-unpaid': expect.any(Number), 'meet-capture-deadlines': 0 });
  expect((await partsOf(order))[0]?.state).toBe('expired');
  expect(await goRound(later)).toMatchObject({ 'expire-holds': 0, 'expire-unpaid': 0, 'time-out-unanswered': 0 });
});
