import { afterAll, beforeAll, expect, test } from 'vitest';
import { people, roleGrants } from '@/db/schema';
import { escalateSilent } from '@/lib/escalation';
import { acceptSubOrder } from '@/lib/fulfilment';
import { HOUR, instant, MINUTE, plusMs, type Instant, type ShopScope } from '@/lib/kernel';
import {
  addDevice,
  deliverPushes,
  getPushPage,
  pushShop,
  type PushSender,
  removeDevice,
  ringsFrom,
  setMessageWishes,
  usualWishes,
  webPushSender,
} from '@/lib/push';
import { databaseHandle } from '@/lib/platform/database';
import { env } from '@/lib/platform/env';
import { reader } from '@/lib/platform/transaction';
import { type GivenShop, given, portsAt, wednesdayMorning } from '../../support/builders';
import { carryOutEverything, type GivenOrder, paidOrder, partOf } from '../../support/paid-order';
import { pushService, vapid } from '../../support/push-service';

const sender: PushSender = webPushSender(vapid, true);
const at = (minutes: number) => portsAt(plusMs(wednesdayMorning, minutes * MINUTE));
let service: Awaited<ReturnType<typeof pushService>>;

beforeAll(async () => {
  service = await pushService();
  Object.assign(env(), { push: vapid, api: { ...env().api, webhooksToPrivateAddresses: true } });
});
afterAll(() => service.stop());

/** A shop with somebody of it at a browser that rings. */
async function ringing(device: string, shop?: GivenShop): Promise<GivenShop & { readonly scope: ShopScope }> {
  const made = shop ?? (await given.shop());
  const { personId } = made.scope;
  await reader()
    .insert(people)
    .values({ id: personId, email: `${personId.toLowerCase()}@example.org`, name: 'Anne', locale: 'fr', createdAt: wednesdayMorning })
    .onConflictDoNothing();
  await reader()
    .insert(roleGrants)
    .values({ personId, shopId: made.shopId, role: 'owner', grantedAt: wednesdayMorning })
    .onConflictDoNothing();
  expect(await addDevice(made.scope, service.subscribe(device), at(0))).toMatchObject({ ok: true });
  return made;
}

const heardBy = (device: string) => service.heard.filter((one) => one.device === device).map(({ words }) => words);

/** The event that told of the order, carried out as the worker does. */
async function tell(order: GivenOrder, ports = at(0)): Promise<void> {
  const [row] = await databaseHandle().sql<
    { id: string }[]
  >`select id from domain_events where name = 'OrderPaid' and subject = ${order.orderId}`;
  const event = { name: 'OrderPaid', subject: order.orderId, facts: { paymentId: '' as never } } as const;
  await pushShop(event, row?.id ?? '', ports, sender);
}

test('a new order rings on the shop’s devices, once, sealed and signed; no other shop hears it and no name is on the screen', async () => {
  const shop = await ringing('counter');
  await ringing('stranger');
  expect(await addDevice(shop.scope, service.subscribe('phone'), at(0))).toMatchObject({ ok: true });
  const order = await paidOrder([{ offer: await given.offer({ shop }), quantity: 2 }]);
  await Promise.all([tell(order), tell(order)]);
  await deliverPushes(at(1), sender);
  const part = await partOf(order, shop);
  expect(service.wrong).toEqual([]);
  expect([heardBy('counter').length, heardBy('phone').length, heardBy('stranger').length]).toEqual([1, 1, 0]);
  expect(heardBy('counter')[0]).toMatchObject({
    path: expect.stringContaining(`/counter/${part.id}`),
    title: expect.stringContaining('2 articles à retirer'),
  });
  expect(JSON.stringify(heardBy('counter'))).not.toContain('Camille');
  expect(service.heard.find(({ device }) => device === 'counter')?.headers).toMatchObject({ urgency: 'high', ttl: '1800' });
});

test('an outage is tried again for the device that missed it; a browser that gave up is forgotten; an answer meanwhile tells nobody', async () => {
  const shop = await ringing('away');
  await addDevice(shop.scope, service.subscribe('there'), at(0));
  await addDevice(shop.scope, service.subscribe('gone'), at(0));
  service.answer({ away: 503, gone: 410 });
  const offer = await given.offer({ shop });
  const order = await paidOrder([{ offer }]);
  await tell(order);
  expect((await getPushPage(shop.scope)).devices).toHaveLength(2);
  service.answer({});
  await deliverPushes(at(1), sender);
  await deliverPushes(at(2), sender);
  expect([heardBy('away').length, heardBy('there').length, heardBy('gone').length]).toEqual([1, 1, 0]);

  service.answer({ away: 503, there: 503 });
  const answered = await paidOrder([{ offer }]);
  await tell(answered, at(3));
  await acceptSubOrder(shop.scope, (await partOf(answered, shop)).id, at(4));
  service.answer({});
  await deliverPushes(at(5), sender);
  expect([heardBy('away').length, heardBy('there').length]).toEqual([1, 1]);
});

test('nights are quiet: what waits for the morning rings in the morning, an order at an open shop rings at once', () => {
  const tonight: Instant = instant(Date.UTC(2026, 10, 25, 21, 30)); // 22:30 in Grenoble
  const ring = (kind: 'order' | 'request', isOpen: boolean, now = tonight, wishes = usualWishes) =>
    ringsFrom(wishes, { kind, isOpen, now, timeZone: 'Europe/Paris' });
  const morning = instant(Date.UTC(2026, 10, 26, 7));
  expect(ring('request', false)).toBe(morning);
  expect(ring('request', true)).toBe(morning);
  expect(ring('order', false)).toBe(morning);
  expect(ring('order', true)).toBe(tonight);
  expect(ring('request', false, plusMs(tonight, 6 * HOUR))).toBe(morning);
  expect(ring('request', false, morning)).toBe(morning);
  expect(ring('request', false, plusMs(morning, HOUR))).toBe(plusMs(morning, HOUR));
  expect(ring('request', false, tonight, { ...usualWishes, quietFrom: '12:00', quietTo: '12:00' })).toBe(tonight);
  expect(ring('request', false, plusMs(morning, 5.5 * HOUR), { ...usualWishes, quietFrom: '12:00', quietTo: '14:00' })).toBe(
    plusMs(morning, 6 * HOUR),
  );
});

test('an order that comes in the night for a shut shop is kept and rings when the quiet hours are over', async () => {
  const shop = await ringing('sleeper');
  const night = portsAt(instant(Date.UTC(2026, 10, 25, 22)));
  const order = await paidOrder([{ offer: await given.offer({ shop }) }], night);
  await tell(order, night);
  expect(heardBy('sleeper')).toEqual([]);
  await deliverPushes(portsAt(instant(Date.UTC(2026, 10, 26, 6, 59))), sender);
  expect(heardBy('sleeper')).toEqual([]);
  await deliverPushes(portsAt(instant(Date.UTC(2026, 10, 26, 7, 1))), sender);
  expect(heardBy('sleeper')).toHaveLength(1);
});

test('a shop hears what it wishes where it wishes; orders come by e-mail all the same until a device rings for them', async () => {
  const shop = await given.shop();
  const muted = ['order:mail', 'order:phone', 'request:push'] as const;
  expect(await setMessageWishes(shop.scope, { ...usualWishes, muted }, at(0))).toMatchObject({ ok: true, value: { mailStays: true } });
  const offer = await given.offer({ shop });
  const mails = async (order: GivenOrder) => {
    const part = await partOf(order, shop);
    return databaseHandle().sql`select kind from messages where subject = ${part.id} and kind in ('shop-new-order', 'shop-silent-sms')`;
  };
  const unheard = await paidOrder([{ offer }]);
  await carryOutEverything(at(0));
  expect(await mails(unheard)).toHaveLength(1);

  await ringing('only-this', shop);
  expect(await setMessageWishes(shop.scope, { ...usualWishes, muted }, at(0))).toMatchObject({ ok: true, value: { mailStays: false } });
  const heard = await paidOrder([{ offer }]);
  await tell(heard);
  await carryOutEverything(at(0));
  await escalateSilent(at(20));
  expect(await mails(heard)).toEqual([]);
  expect(heardBy('only-this')).toHaveLength(1);
});

test('another shop’s device is not there, who left the shop is told nothing, and an address inside the house is no push service', async () => {
  const shop = await ringing('left');
  const stranger = await given.shop();
  const [device] = (await getPushPage(shop.scope)).devices;
  expect(await removeDevice(stranger.scope, device!.deviceId)).toEqual({ ok: false, error: { kind: 'device-not-found' } });
  expect((await getPushPage(stranger.scope)).devices).toEqual([]);
  await databaseHandle().sql`delete from role_grants where person_id = ${shop.scope.personId} and shop_id = ${shop.shopId}`;
  await tell(await paidOrder([{ offer: await given.offer({ shop }) }]));
  expect(heardBy('left')).toEqual([]);
  expect(await removeDevice(shop.scope, device!.deviceId)).toMatchObject({ ok: true });

  Object.assign(env(), { api: { ...env().api, webhooksToPrivateAddresses: false } });
  for (const endpoint of ['http://push.example.org/x', 'https://127.0.0.1/x', 'https://10.0.0.8/x', 'https://localhost/x'])
    expect(await addDevice(shop.scope, { ...service.subscribe('inside'), endpoint }, at(0))).toMatchObject({
      error: { kind: 'address-not-allowed' },
    });
  Object.assign(env(), { api: { ...env().api, webhooksToPrivateAddresses: true } });
});
