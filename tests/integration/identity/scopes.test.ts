import { expect, test } from 'vitest';
import { baskets, orders, people, roleGrants, shops, subOrderEvents } from '@/db/schema';
import { eq } from 'drizzle-orm';
import {
  grantCityRole,
  listOwnOrders,
  listWorkplaces,
  openOrderLink,
  operatorScope,
  orderScope,
  requestAccess,
  shopScope,
  shopperScope,
} from '@/lib/identity';
import type { SessionView } from '@/lib/identity/views';
import type { NetworkRole, OperatorRole, PersonId, ShopId, ShopRole } from '@/lib/kernel';
import { DAY, ok, plusMs } from '@/lib/kernel';
import { fixedClock, systemClock } from '@/lib/platform/clock';
import { systemIds } from '@/lib/platform/ids';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { given, portsAt, wednesdayMorning } from '../../support/builders';
import { paidOrder, partOf } from '../../support/paid-order';

async function person(email: string, role?: { role: ShopRole | OperatorRole | NetworkRole; shopId?: ShopId }): Promise<SessionView> {
  const personId: PersonId = systemIds.make('person');
  const now = systemClock.now();
  await reader().insert(people).values({ id: personId, email, name: email, createdAt: now });
  if (role)
    await reader()
      .insert(roleGrants)
      .values({ personId, shopId: role.shopId ?? null, role: role.role, grantedAt: now });
  return { sessionId: systemIds.make('session'), personId, email, name: email, locale: 'fr' };
}

async function slugOf(shopId: ShopId): Promise<string> {
  const [row] = await reader().select({ slug: shops.slug }).from(shops).where(eq(shops.id, shopId));
  return row?.slug ?? '';
}

test('a shop is entered by its own people, and is not there for anybody else', async () => {
  const [mine, theirs] = [await given.shop(), await given.shop()];
  const [owner, rival, shopper, admin] = [
    await person('owner@a.example', { role: 'owner', shopId: mine.shopId }),
    await person('rival@b.example', { role: 'owner', shopId: theirs.shopId }),
    await person('shopper@c.example'),
    await person('admin-only@d.example', { role: 'admin' }),
  ];
  const slug = await slugOf(mine.shopId);
  expect(await shopScope(owner, slug, 'owner')).toMatchObject({
    ok: true,
    value: { scope: { kind: 'shop', shopId: mine.shopId, role: 'owner' } },
  });
  for (const stranger of [rival, shopper, admin]) {
    const refused = await shopScope(stranger, slug);
    expect(refused).toEqual({ ok: false, error: { kind: 'absent' } });
    expect(refused).toEqual(await shopScope(stranger, 'no-such-shop'));
  }
  expect(await shopScope(undefined, slug)).toEqual({ ok: false, error: { kind: 'anonymous' } });
});

test('a role too small inside one’s own shop is told whom to ask, and the bigger roles are let through', async () => {
  const shop = await given.shop();
  const owner = await person('boss@e.example', { role: 'owner', shopId: shop.shopId });
  const manager = await person('manager@e.example', { role: 'manager', shopId: shop.shopId });
  const counter = await person('counter@e.example', { role: 'counter', shopId: shop.shopId });
  const slug = await slugOf(shop.shopId);
  expect(await shopScope(counter, slug, 'manager')).toMatchObject({
    ok: false,
    error: { kind: 'role-too-small', ask: { name: owner.email } },
  });
  expect((await shopScope(manager, slug, 'owner')).ok).toBe(false);
  for (const [who, needs] of [
    [counter, 'counter'],
    [manager, 'counter'],
    [manager, 'manager'],
    [owner, 'manager'],
  ] as const)
    expect((await shopScope(who, slug, needs)).ok).toBe(true);
  expect((await requestAccess(counter, { shopSlug: slug, path: `/merchant/${slug}`, role: 'manager' })).ok).toBe(true);
});

test('nobody can make a shop’s owner receive mail from outside the shop', async () => {
  const shop = await given.shop();
  await person('quiet@f.example', { role: 'owner', shopId: shop.shopId });
  const stranger = await person('spammer@f.example');
  const slug = await slugOf(shop.shopId);
  expect(await requestAccess(stranger, { shopSlug: slug, path: '/', role: 'manager' })).toEqual({ ok: false, error: { kind: 'absent' } });
  expect(await requestAccess(stranger, { shopSlug: undefined, path: '/', role: 'admin' })).toEqual({
    ok: false,
    error: { kind: 'absent' },
  });
});

test('the city is entered by its own people, each role where it belongs', async () => {
  const shop = await given.shop();
  const admin = await person('admin@city.example', { role: 'admin' });
  const viewer = await person('viewer@city.example', { role: 'viewer' });
  const keeper = await person('keeper@g.example', { role: 'owner', shopId: shop.shopId });
  expect(await operatorScope(admin, ['admin'])).toMatchObject({ ok: true, value: { kind: 'operator', role: 'admin' } });
  expect((await operatorScope(viewer)).ok).toBe(true);
  expect(await operatorScope(viewer, ['admin', 'support'])).toMatchObject({ ok: false, error: { kind: 'role-too-small' } });
  expect(await operatorScope(keeper)).toEqual({ ok: false, error: { kind: 'absent' } });
  expect(await operatorScope(undefined)).toEqual({ ok: false, error: { kind: 'anonymous' } });
});

test('a person sees the shops they work in, and no other', async () => {
  const [one, two] = [await given.shop(), await given.shop()];
  const both = await person('two-shops@h.example', { role: 'manager', shopId: one.shopId });
  await reader().insert(roleGrants).values({ personId: both.personId, shopId: two.shopId, role: 'counter', grantedAt: systemClock.now() });
  expect((await listWorkplaces(both)).map((shop) => shop.shopId).toSorted()).toEqual([one.shopId, two.shopId].toSorted());
  expect(await listWorkplaces(await person('none@h.example'))).toEqual([]);
});

test('a basket is found by its unguessable token only', async () => {
  const offer = await given.offer({ shop: await given.shop() });
  const { basketId } = await given.basketOf([{ offer }]);
  const [row] = await reader().select({ token: baskets.token }).from(baskets).where(eq(baskets.id, basketId));
  expect(await shopperScope({ session: undefined, basketToken: row?.token })).toMatchObject({ basketId });
  for (const forged of [basketId, 'x', undefined]) {
    expect(await shopperScope({ session: undefined, basketToken: forged })).toMatchObject({ basketId: undefined });
  }
});

test('an order’s link opens that order until ninety days after the last thing that happened', async () => {
  const shop = await given.shop();
  const order = await paidOrder([{ offer: await given.offer({ shop }) }], portsAt());
  expect(await orderScope(order.orderToken, { clock: fixedClock(wednesdayMorning) })).toEqual({ kind: 'order', orderId: order.orderId });
  expect(await openOrderLink(order.orderId)).toEqual({ ok: false, error: { kind: 'link-unknown' } });
  const late = { clock: fixedClock(plusMs(wednesdayMorning, 91 * DAY)) };
  expect(await openOrderLink(order.orderToken, late)).toEqual({ ok: false, error: { kind: 'link-expired' } });
  await reader()
    .insert(subOrderEvents)
    .values({
      id: systemIds.make('event'),
      subOrderId: (await partOf(order, shop)).id,
      event: 'note',
      toState: 'offered',
      actorKind: 'system',
      occurredAt: plusMs(wednesdayMorning, 5 * DAY),
    });
  expect((await openOrderLink(order.orderToken, late)).ok).toBe(true);
});

test('my orders are mine: by account or by the address I proved, and nobody else’s', async () => {
  const shop = await given.shop();
  const order = await paidOrder([{ offer: await given.offer({ shop }) }], portsAt());
  await reader().update(orders).set({ email: 'Buyer@Example.org' }).where(eq(orders.id, order.orderId));
  const buyer = await person('buyer@example.org');
  const own = await listOwnOrders(buyer);
  expect(own.orders.map((one) => one.number)).toEqual([order.number]);
  expect(own.orders[0]).toMatchObject({ state: 'in-progress', totalMinor: expect.any(Number) });
  expect((await listOwnOrders(await person('neighbour@example.org'))).orders).toEqual([]);
});

test('a role of the city is given once: the same person again gets the new role beside no other', async () => {
  const founder = await person('founder@k.example');
  for (const role of ['viewer', 'admin'] as const) {
    await withTransaction(async (tx) => ok(await grantCityRole(tx, founder.personId, role, systemClock.now())));
    expect(await operatorScope(founder)).toMatchObject({ ok: true, value: { role } });
  }
});
