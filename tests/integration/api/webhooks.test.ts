import { createServer, type Server } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordChange } from '@/lib/inventory';
import { instant, type DomainEvent } from '@/lib/kernel';
import { isSignedBy, sendDelivery, signatureOf, tellWebhooks, type WebhookJob } from '@/lib/machines';
import type { OutboxJob } from '@/lib/platform/outbox';
import { isPublicAddress, isWebhookUrl } from '@/lib/platform/public-address';
import { databaseHandle } from '@/lib/platform/database';
import { env } from '@/lib/platform/env';
import type { ApiClient } from '../../support/api-client';
import { given, newKey, type GivenOffer, type GivenShop } from '../../support/builders';
import { emptyTables } from '../../support/database';
import { machineOf } from '../../support/machine';
import { root } from '../../support/source-files';

type Case = {
  readonly name: string;
  readonly secret: string;
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': number | string;
  readonly payload: string;
  readonly 'webhook-signature': string;
  readonly now: number;
  readonly expect: 'ok' | 'reject';
};

const { cases } = JSON.parse(readFileSync(join(root, 'tests/support/standard-webhooks/vectors.json'), 'utf8')) as {
  cases: readonly Case[];
};

test.each(cases.map((one) => [one.name, one] as const))('published vector: %s', (_name, one) => {
  const message = { id: one['webhook-id'], timestampSeconds: Number(one['webhook-timestamp']), body: one.payload };
  expect(isSignedBy(one.secret, message, one['webhook-signature'], instant(one.now * 1_000))).toBe(one.expect === 'ok');
  if (one.name === 'valid') expect(signatureOf(one.secret, message)).toBe(one['webhook-signature']);
});

test('no message goes to an address that is not public', () => {
  const inside = [
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '0.0.0.0',
    '100.64.0.1',
    '224.0.0.1',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::7f00:1',
    '::7f00:1',
    '2002:7f00:1::',
    '2001:0:7f00:1::1',
    '3fff::1',
    'fec0::1',
    'fe80::1%eth0',
  ];
  for (const address of inside) expect(isPublicAddress(address), address).toBe(false);
  for (const address of ['1.1.1.1', '8.8.8.8', '2606:4700::1111']) expect(isPublicAddress(address), address).toBe(true);
  const refused = [
    'http://example.org/x',
    'https://user:word@example.org/',
    'https://localhost/',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://[::127.0.0.1]/',
    'https://2130706433/',
    'https://0x7f.1/',
    'ftp://example.org/',
    'nonsense',
  ];
  for (const url of refused) expect(isWebhookUrl(url, false), url).toBe(false);
  expect(isWebhookUrl('https://example.org/webhooks', false)).toBe(true);
});

type Heard = { readonly headers: Readonly<Record<string, string | string[] | undefined>>; readonly body: string };

let shop: GivenShop;
let offer: GivenOffer;
let client: ApiClient;
let till: Server;
let url: string;
const heard: Heard[] = [];
let answer = 200;
const settings = env().api as { webhooksToPrivateAddresses: boolean };

beforeAll(async () => {
  await emptyTables();
  shop = await given.shop();
  offer = await given.offer({ shop, stock: 10 });
  client = await machineOf(shop);
  till = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      heard.push({ headers: request.headers, body });
      response.writeHead(answer, { location: 'http://127.0.0.1:1/' }).end('thanks');
    });
  });
  await new Promise<void>((resolve) => till.listen(0, '127.0.0.1', resolve));
  const address = till.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/till`;
});
afterAll(() => till.close());

const here = () => ({ shopId: shop.shopId });

async function takeJobs(): Promise<readonly WebhookJob[]> {
  const rows = await databaseHandle().sql<{ data: WebhookJob }[]>`
    with taken as (delete from pgboss.job where name = 'webhooks' returning data) select data from taken`;
  return rows.map((row) => row.data);
}

async function changed(): Promise<void> {
  const event = { name: 'StockChanged', subject: offer.offerId, facts: { locationId: shop.locationId, shopId: shop.shopId } } as const;
  await tellWebhooks({ event, eventId: String(eventId), occurredAt: instant(Date.now()) });
}
let eventId = 'evt_01J00000000000000000000001';

test('a private address is refused in production, and a webhook that leads to one by its name sends nothing', async () => {
  const body = { url, events: ['stock.changed'] } as const;
  expect(await client('createWebhook', { params: here(), body })).toMatchObject({ status: 422, problem: { kind: 'address-not-allowed' } });
});

test('a change is told once, signed, and logged; a refusal is tried again; a replay has the same id', async () => {
  settings.webhooksToPrivateAddresses = true;
  const created = await client('createWebhook', { params: here(), body: { url, events: ['stock.changed'] } });
  if (!created.ok) throw new Error(JSON.stringify(created.problem));
  await changed();
  await changed(); // the same event again
  const jobs = await takeJobs();
  expect(jobs).toHaveLength(1);
  answer = 500;
  await expect(sendDelivery(jobs[0]!)).rejects.toThrow('not taken');
  answer = 302;
  await expect(sendDelivery(jobs[0]!)).rejects.toThrow('not taken'); // and is not followed
  answer = 200;
  await sendDelivery(jobs[0]!);
  await sendDelivery(jobs[0]!); // delivered: nothing is sent
  expect(heard).toHaveLength(3);
  const last = heard.at(-1)!;
  const message = { id: String(last.headers['webhook-id']), timestampSeconds: Number(last.headers['webhook-timestamp']), body: last.body };
  expect(isSignedBy(created.value.secret, message, String(last.headers['webhook-signature']), instant(Date.now()))).toBe(true);
  expect(JSON.parse(last.body)).toMatchObject({ type: 'stock.changed', data: { shopId: shop.shopId, offerId: offer.offerId } });
  const log = await client('listDeliveries', { params: here() });
  if (!log.ok) throw new Error('no log');
  expect(log.value.data).toMatchObject([{ state: 'delivered', attempts: 3, lastStatus: 200, event: 'stock.changed' }]);
  const [row] = log.value.data;
  expect((await client('replayDelivery', { params: { ...here(), deliveryId: row!.deliveryId } })).ok).toBe(true);
  for (const job of await takeJobs()) await sendDelivery(job);
  expect(heard).toHaveLength(4);
  expect(heard.at(-1)?.headers['webhook-id']).toBe(message.id);
});

test('a job is written only for a shop whose system listens, in the transaction of the change', async () => {
  const told = async (to: GivenShop) => {
    const thing = await given.offer({ shop: to, stock: 5 });
    const sale = { offerId: thing.offerId, delta: -1, reason: 'counter-sale', occurredAt: instant(Date.now()), key: newKey() } as const;
    expect(await recordChange(to.scope, sale)).toMatchObject({ ok: true });
    return databaseHandle()
      .sql`select 1 from pgboss.job where data ->> 'consumer' = 'tell-webhooks' and data -> 'event' ->> 'subject' = ${thing.offerId}`;
  };
  settings.webhooksToPrivateAddresses = true;
  const listener = await client('createWebhook', { params: here(), body: { url, events: ['stock.changed'] } });
  if (!listener.ok) throw new Error(JSON.stringify(listener.problem));
  expect(await told(shop)).toHaveLength(1);
  expect(await told(await given.shop())).toHaveLength(0);
  await databaseHandle().sql`delete from webhook_endpoints where id = ${listener.value.webhookId}`;
});

test('other hours are told once to whoever listens, hours that are as they were to nobody', async () => {
  settings.webhooksToPrivateAddresses = true;
  const listener = await client('createWebhook', { params: here(), body: { url, events: ['shop.hours'] } });
  if (!listener.ok) throw new Error(JSON.stringify(listener.problem));
  const week = { Mo: '', Tu: '9:00-12:00', We: '', Th: '', Fr: '', Sa: '', Su: '' };
  for (const _ of [1, 2])
    expect(await client('setHours', { params: here(), body: { week, holidaysOff: false } })).toMatchObject({ ok: true });
  const told = await databaseHandle().sql<{ data: OutboxJob }[]>`
    select data from pgboss.job where data ->> 'consumer' = 'tell-webhooks' and data -> 'event' ->> 'name' = 'ShopHoursChanged'`;
  expect(told).toHaveLength(1);
  for (const { data } of told) await tellWebhooks(data);
  for (const job of await takeJobs()) await sendDelivery(job);
  const data = { shopId: shop.shopId, openingHours: 'Tu 09:00-12:00' };
  expect(JSON.parse(heard.at(-1)?.body ?? '')).toMatchObject({ type: 'shop.hours', data });
  await databaseHandle().sql`update webhook_endpoints set removed_at = now() where id = ${listener.value.webhookId}`;
});

test('who listens is told that something is to be carried, and reads what with its key', async () => {
  settings.webhooksToPrivateAddresses = true;
  const listener = await client('createWebhook', { params: here(), body: { url, events: ['carry.asked'] } });
  if (!listener.ok) throw new Error(JSON.stringify(listener.problem));
  const facts = { orderId: 'ord_01J00000000000000000000000', shopId: shop.shopId } as const;
  const event = { name: 'CarryAsked', subject: 'sub_01J00000000000000000000000', facts } as DomainEvent;
  await tellWebhooks({ event, eventId: 'evt_01J00000000000000000000009', occurredAt: instant(0) });
  for (const job of await takeJobs()) await sendDelivery(job);
  expect(JSON.parse(heard.at(-1)?.body ?? '')).toMatchObject({ type: 'carry.asked', data: { shopId: shop.shopId } });
  await databaseHandle().sql`update webhook_endpoints set removed_at = now() where id = ${listener.value.webhookId}`;
});

test('another shop neither sees the log nor replays, and what is removed is told nothing', async () => {
  const stranger = await given.shop();
  const other = await machineOf(stranger);
  const log = await client('listDeliveries', { params: here() });
  const mine = log.ok ? log.value.data[0]!.deliveryId : '';
  expect((await other('replayDelivery', { params: { shopId: stranger.shopId, deliveryId: mine } })).status).toBe(404);
  const webhooks = await client('listWebhooks', { params: here() });
  const webhookId = webhooks.ok ? webhooks.value.data[0]!.webhookId : '';
  expect((await other('removeWebhook', { params: { shopId: stranger.shopId, webhookId } })).status).toBe(404);
  expect((await client('removeWebhook', { params: { ...here(), webhookId } })).ok).toBe(true);
  eventId = 'evt_01J00000000000000000000002';
  await changed();
  expect(await takeJobs()).toEqual([]);
});

test('a webhook to a private address is not sent when the setting forbids it, whatever was stored', async () => {
  const created = await client('createWebhook', { params: here(), body: { url, events: ['stock.changed'] } });
  expect(created.ok).toBe(true);
  eventId = 'evt_01J00000000000000000000003';
  await changed();
  const [job] = await takeJobs();
  settings.webhooksToPrivateAddresses = false;
  const before = heard.length;
  await expect(sendDelivery(job!)).rejects.toThrow('address-not-allowed');
  expect(heard).toHaveLength(before);
});
