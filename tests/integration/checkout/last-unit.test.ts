import { beforeEach, expect, test } from 'vitest';
import { placeOrder } from '@/lib/checkout';
import { databaseHandle } from '@/lib/platform/database';
import { given, newKey, orderFor, portsAt } from '../../support/builders';
import { emptyTables, rowCounts } from '../../support/database';

beforeEach(emptyTables);

test('of a hundred shoppers racing for the last loaf, one is served and nothing else is written', async () => {
  const { baskets } = await given.oneLoafIn(100);
  const outcomes = await Promise.all(baskets.map((basket) => placeOrder(basket.shopper, orderFor(basket), portsAt())));

  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  const refusals = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.error]));
  expect(new Set(refusals.map((refusal) => refusal.kind))).toEqual(new Set(['insufficient-stock']));
  expect(refusals.every((refusal) => refusal.kind === 'insufficient-stock' && refusal.shortfalls[0]?.available === 0)).toBe(true);
  expect(
    await rowCounts(
      'orders',
      'sub_orders',
      'order_lines',
      'reservations',
      'routing_decisions',
      'sub_order_events',
      'domain_events',
      'idempotency_keys',
    ),
  ).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
  const [level] = await databaseHandle().sql`select on_hand, reserved, allocated from stock_levels`;
  expect(level).toEqual({ on_hand: 1, reserved: 1, allocated: 0 });
});

test('ten clicks with one key make one order, and each is told the same', async () => {
  const basket = await given.basketOf([{ offer: await given.offer({ shop: await given.shop(), stock: 5 }) }]);
  const command = orderFor(basket, newKey());
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => placeOrder(basket.shopper, command, portsAt())));

  expect(outcomes[0]?.ok).toBe(true);
  for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0]);
  expect(await rowCounts('orders', 'sub_orders', 'reservations')).toEqual([1, 1, 1]);
});

test('ten clicks with ten keys on one basket make one order too: the back button never buys twice', async () => {
  const basket = await given.basketOf([{ offer: await given.offer({ shop: await given.shop(), stock: 50 }) }]);
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => placeOrder(basket.shopper, orderFor(basket), portsAt())));

  expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
  expect(new Set(outcomes.map((outcome) => (outcome.ok ? outcome.value.number : ''))).size).toBe(1);
  expect(await rowCounts('orders', 'reservations')).toEqual([1, 1]);
});
