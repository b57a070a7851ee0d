import { afterEach, beforeEach, expect, test } from 'vitest';
import { enterCheckout, expireUnpaid, extendHold, placeOrder } from '@/lib/checkout';
import { MINUTE, plusMs } from '@/lib/kernel';
import { databaseHandle } from '@/lib/platform/database';
import { given, orderFor, portsAt, wednesdayMorning, type GivenBasket } from '../../support/builders';
import { emptyTables, rowCounts } from '../../support/database';
import type { WatchedDatabase } from '../../support/watched-database';
import { watchDatabase } from '../../support/watched-database';

let watched: WatchedDatabase;

beforeEach(async () => {
  await emptyTables();
  watched = await watchDatabase();
});
afterEach(() => watched.close());

const written = [
  'orders',
  'sub_orders',
  'order_lines',
  'reservations',
  'routing_decisions',
  'sub_order_events',
  'domain_events',
  'idempotency_keys',
] as const;

async function threeShopsBasket(): Promise<GivenBasket> {
  const offers = [];
  for (let index = 0; index < 3; index += 1) offers.push(await given.offer({ shop: await given.shop(), stock: 1_000 }));
  return given.basketOf(offers.map((offer) => ({ offer, quantity: 2, shopChosen: true })));
}

/** What levels count and what reservations say must be one and the same. */
async function claimsAgree(): Promise<boolean> {
  const [row] = await databaseHandle().sql`
    select (select coalesce(sum(reserved), 0) from stock_levels) = (select coalesce(sum(quantity), 0) from reservations where state = 'held') as agrees`;
  return row?.['agrees'] === true;
}

test('placing an order takes few statements, whatever its size', async () => {
  const basket = await threeShopsBasket();
  await enterCheckout(basket.shopper, portsAt());
  watched.statements.length = 0;
  const placed = await placeOrder(basket.shopper, orderFor(basket), portsAt());
  expect(placed.ok).toBe(true);
  expect(watched.statements.length).toBeLessThanOrEqual(15);
});

for (const wasHeld of [true, false]) {
  test(`a session lost before any statement of placing leaves all or nothing, ${wasHeld ? 'with' : 'without'} a hold`, async () => {
    const basket = await threeShopsBasket();
    if (wasHeld) await enterCheckout(basket.shopper, portsAt());
    const command = orderFor(basket);
    const before = await rowCounts(...written);

    let statement = 0;
    for (let isWhole = false; !isWhole; statement += 1) {
      watched.statements.length = 0;
      watched.killBefore(statement);
      const outcome = await placeOrder(basket.shopper, command, portsAt()).catch((lost: unknown) => lost);
      watched.killBefore(undefined);
      await watched.recover();
      expect(outcome, 'the session was lost').toBeInstanceOf(Error);
      expect(await rowCounts(...written), `before statement ${statement}`).toEqual(before);
      expect(await claimsAgree()).toBe(true);
      isWhole = watched.statements.length <= statement; // every statement was sent: the kill came before the commit
    }
    expect(statement).toBeGreaterThan(6);

    const again = await placeOrder(basket.shopper, command, portsAt());
    expect(again.ok).toBe(true);
    expect(
      await rowCounts('orders', 'sub_orders', 'order_lines', 'routing_decisions', 'sub_order_events', 'domain_events', 'idempotency_keys'),
    ).toEqual([1, 3, 3, 1, 3, 1, 1]);
    expect(await claimsAgree()).toBe(true);
  });
}

test('a hold that runs out frees its units for the next shopper', async () => {
  const { baskets } = await given.oneLoafIn(2);
  const [first, second] = baskets;
  expect((await enterCheckout(first!.shopper, portsAt())).ok).toBe(true);
  expect((await enterCheckout(second!.shopper, portsAt())).ok).toBe(false);
  const later = plusMs(wednesdayMorning, 16 * MINUTE);
  expect((await enterCheckout(second!.shopper, portsAt(later))).ok).toBe(true);
  expect(await claimsAgree()).toBe(true);
});

test('a hold is extended once', async () => {
  const { baskets } = await given.oneLoafIn(2);
  const [first, second] = baskets;
  await enterCheckout(first!.shopper, portsAt());
  const extended = await extendHold(first!.shopper, portsAt(plusMs(wednesdayMorning, 10 * MINUTE)));
  expect(extended).toEqual({ ok: true, value: { heldUntil: plusMs(wednesdayMorning, 30 * MINUTE) } });
  expect(await extendHold(first!.shopper, portsAt(plusMs(wednesdayMorning, 20 * MINUTE)))).toEqual({
    ok: false,
    error: { kind: 'cannot-extend' },
  });
  expect((await enterCheckout(second!.shopper, portsAt(plusMs(wednesdayMorning, 29 * MINUTE)))).ok).toBe(false);
  expect((await enterCheckout(second!.shopper, portsAt(plusMs(wednesdayMorning, 31 * MINUTE)))).ok).toBe(true);
});

test('holding again and again is rationed', async () => {
  const { baskets } = await given.oneLoafIn(1);
  const outcomes = [];
  for (let minute = 0; minute < 60; minute += 16) {
    for (let time = 0; time < 4; time += 1) {
      const now = plusMs(wednesdayMorning, minute * MINUTE + time);
      await databaseHandle().sql`update baskets set checkout = checkout - 'agreed'`; // as a change of the basket does
      outcomes.push(await enterCheckout(baskets[0]!.shopper, portsAt(now)));
    }
  }
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(12);
  expect(outcomes.at(-1)).toMatchObject({ ok: false, error: { kind: 'too-many-holds' } });
});

test('an order nobody pays ends, its units are free and its basket is open again', async () => {
  const { baskets, loaf } = await given.oneLoafIn(2);
  const [first, second] = baskets;
  const command = orderFor(first!);
  const placed = await placeOrder(first!.shopper, command, portsAt());
  expect(placed.ok).toBe(true);
  expect(await expireUnpaid(plusMs(wednesdayMorning, 14 * MINUTE), portsAt())).toBe(0);
  const later = plusMs(wednesdayMorning, 15 * MINUTE);
  expect(await expireUnpaid(later, portsAt(later))).toBe(1);
  expect(await expireUnpaid(later, portsAt(later))).toBe(0);
  const [state] = await databaseHandle().sql`select state from sub_orders`;
  expect(state?.['state']).toBe('expired');
  expect(await claimsAgree()).toBe(true);
  expect(await placeOrder(first!.shopper, command, portsAt(later))).toEqual(placed); // the same key is the same order, though it ran out
  expect(await rowCounts('orders')).toEqual([1]);
  expect((await placeOrder(second!.shopper, orderFor(second!), portsAt(later))).ok).toBe(true);
  expect((await placeOrder(first!.shopper, orderFor(first!), portsAt(later))).ok).toBe(false); // open again, and the loaf is gone
  expect(loaf.offerId).toBeDefined();
});
