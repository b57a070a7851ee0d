import fc from 'fast-check';
import { expect, test } from 'vitest';
import { enterCheckout, placeOrder } from '@/lib/checkout';
import { allocate, expireHolds, fulfil, listStockToConfirm, recordChange, recordCount, release, searchShopStock } from '@/lib/inventory';
import type { OrderLineId } from '@/lib/kernel';
import { MINUTE, ok, plusMs } from '@/lib/kernel';
import { databaseHandle } from '@/lib/platform/database';
import { withTransaction } from '@/lib/platform/transaction';
import { given, newKey, orderFor, portsAt, wednesdayMorning, type GivenBasket, type GivenOffer } from '../../support/builders';

const ports = portsAt();

async function levelOf({ offerId }: GivenOffer) {
  const [level] = await databaseHandle().sql`select on_hand, reserved, allocated from stock_levels where offer_id = ${offerId}`;
  return level;
}

async function linesOf({ basketId }: GivenBasket): Promise<readonly OrderLineId[]> {
  const rows = await databaseHandle().sql<{ id: OrderLineId }[]>`
    select l.id from order_lines l join sub_orders s on s.id = l.sub_order_id join orders o on o.id = s.order_id where o.basket_id = ${basketId}`;
  return rows.map((row) => row.id);
}

test('counts and changes give one figure in whatever order they arrive, and a repeated one counts once', async () => {
  const shop = await given.shop();
  const fact = fc.record({ minute: fc.integer({ min: 0, max: 50 }), amount: fc.integer({ min: -3, max: 12 }), isCount: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(fact, { minLength: 1, maxLength: 6 }), fc.nat(), async (facts, turn) => {
      const named = facts.map((one) => ({ ...one, key: newKey() }));
      const turned = [...named.slice(turn % named.length), ...named.slice(0, turn % named.length), ...named.slice(0, 1)];
      const figures = [];
      for (const order of [named, turned]) {
        const offer = await given.offer({ shop, stock: 5 });
        for (const { minute, amount, isCount, key } of order) {
          const at = plusMs(wednesdayMorning, (minute - 60) * MINUTE);
          const own = `${key}-${offer.offerId}`;
          await (isCount
            ? recordCount(shop.scope, { offerId: offer.offerId, counted: Math.abs(amount), asOf: at, key: own }, ports)
            : recordChange(shop.scope, { offerId: offer.offerId, delta: amount, reason: 'counter-sale', occurredAt: at, key: own }, ports));
        }
        figures.push((await levelOf(offer))?.['on_hand']);
      }
      // Two counts at one instant are told apart by their keys, which differ between the two offers only in their tails.
      expect(figures[1]).toBe(figures[0]);
    }),
    { numRuns: 12 },
  );
});

test('a count below what is promised is written, and the shortage is told', async () => {
  const offer = await given.offer({ shop: await given.shop(), stock: 3 });
  const basket = await given.basketOf([{ offer, quantity: 3 }]);
  await placeOrder(basket.shopper, orderFor(basket), ports);
  const counted = await recordCount(offer.shop.scope, { offerId: offer.offerId, counted: 1, asOf: wednesdayMorning, key: newKey() }, ports);
  expect(counted).toEqual({ ok: true, value: { offerId: offer.offerId, onHand: 1, missing: 2 } });
  const events = await databaseHandle().sql`select name, facts from domain_events where subject = ${offer.offerId} order by name`;
  expect(events.map((event) => [event['name'], event['facts'].missing])).toEqual([
    ['ShortageDetected', 2],
    ['StockChanged', undefined],
  ]);
});

test('another shop’s shelf does not exist for you, nor does an absurd count', async () => {
  const offer = await given.offer({ shop: await given.shop(), stock: 3 });
  const stranger = await given.shop();
  const count = { offerId: offer.offerId, counted: 9, asOf: wednesdayMorning, key: newKey() };
  expect(await recordCount(stranger.scope, count, ports)).toEqual({ ok: false, error: { kind: 'offer-not-found' } });
  expect(await recordCount(offer.shop.scope, { ...count, counted: 1e15 }, ports)).toMatchObject({
    ok: false,
    error: { kind: 'absurd-quantity' },
  });
  expect((await levelOf(offer))?.['on_hand']).toBe(3);
  expect(await searchShopStock(stranger.scope, '')).toEqual([]);
  expect(await searchShopStock(offer.shop.scope, 'CÂMPagne')).toMatchObject([{ offerId: offer.offerId, onHand: 3, available: 3 }]);
  expect(await searchShopStock(offer.shop.scope, '100 %_')).toEqual([]);
});

test('units go from held to promised to gone, and the level follows each step', async () => {
  const offer = await given.offer({ shop: await given.shop(), stock: 5 });
  const basket = await given.basketOf([{ offer, quantity: 2 }]);
  await placeOrder(basket.shopper, orderFor(basket), ports);
  expect(await levelOf(offer)).toEqual({ on_hand: 5, reserved: 2, allocated: 0 });
  const lines = await linesOf(basket);
  for (let time = 0; time < 2; time += 1) expect((await withTransaction((tx) => allocate(tx, lines, ports))).ok).toBe(true);
  expect(await levelOf(offer)).toEqual({ on_hand: 5, reserved: 0, allocated: 2 });
  for (let time = 0; time < 2; time += 1) await withTransaction(async (tx) => ok(await fulfil(tx, lines, 'handed-over', ports)));
  expect(await levelOf(offer)).toEqual({ on_hand: 3, reserved: 0, allocated: 0 });
});

test('a late payment claims its units again, or is told that they are gone', async () => {
  const offer = await given.offer({ shop: await given.shop(), stock: 1 });
  const basket = await given.basketOf([{ offer }]);
  await placeOrder(basket.shopper, orderFor(basket), ports);
  const lines = await linesOf(basket);
  await withTransaction(async (tx) => ok(await release(tx, lines)));
  expect(await levelOf(offer)).toEqual({ on_hand: 1, reserved: 0, allocated: 0 });
  const faster = await given.basketOf([{ offer }]);
  await enterCheckout(faster.shopper, ports);
  expect(await withTransaction((tx) => allocate(tx, lines, ports))).toMatchObject({ ok: false, error: { kind: 'insufficient-stock' } });
  await expireHolds(plusMs(wednesdayMorning, 20 * MINUTE));
  expect((await withTransaction((tx) => allocate(tx, lines, ports))).ok).toBe(true);
  expect(await levelOf(offer)).toEqual({ on_hand: 1, reserved: 0, allocated: 1 });
});

test('baskets that want the same things in opposite order do not wait for each other for ever', async () => {
  const shop = await given.shop();
  const [one, two] = [await given.offer({ shop, stock: 100 }), await given.offer({ shop, stock: 100 })];
  const baskets = [];
  for (let index = 0; index < 12; index += 1) {
    const wanted = [
      { offer: one, quantity: 2 },
      { offer: two, quantity: 2 },
    ];
    baskets.push(await given.basketOf(index % 2 === 0 ? wanted : wanted.toReversed()));
  }
  const outcomes = await Promise.all(baskets.map((basket) => placeOrder(basket.shopper, orderFor(basket), ports)));
  expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
  expect([await levelOf(one), await levelOf(two)].map((level) => level?.['reserved'])).toEqual([24, 24]);
});

test('the five to count today are what is doubted and wanted most, and a count makes room', async () => {
  const shop = await given.shop();
  const doubtful = await Promise.all(
    [5_000, 5_100, 5_200, 5_300, 5_400, 6_000].map((confidenceBps) => given.offer({ shop, confidenceBps })),
  );
  const sure = await given.offer({ shop, confidenceBps: 9_500 });
  const wanted = doubtful.at(-1)!; // believed more than the others, and the only one people order
  const basket = await given.basketOf([{ offer: wanted }]);
  await placeOrder(basket.shopper, orderFor(basket), ports);
  const five = async () => (await listStockToConfirm(shop.scope, ports)).map((row) => row.offerId);
  expect(await five()).toEqual([wanted, ...doubtful.slice(0, 4)].map((offer) => offer.offerId));
  await recordCount(shop.scope, { offerId: wanted.offerId, counted: 9, asOf: wednesdayMorning, key: newKey() }, ports);
  expect(await five()).toEqual(doubtful.slice(0, 5).map((offer) => offer.offerId));
  expect(await five()).not.toContain(sure.offerId);
});
