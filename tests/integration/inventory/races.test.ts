import { afterEach, expect, test } from 'vitest';
import { stockLevels, stockLocations } from '@/db/schema';
import { enterCheckout, placeOrder } from '@/lib/checkout';
import { expireHolds, listLevelsOffTheirClaims, listLevelsOffTheirFold, recordChange, recordStockBatch } from '@/lib/inventory';
import type { StockLocationId } from '@/lib/kernel';
import { MINUTE, plusMs } from '@/lib/kernel';
import { databaseHandle } from '@/lib/platform/database';
import { systemIds } from '@/lib/platform/ids';
import { reader } from '@/lib/platform/transaction';
import type { GivenBasket, GivenOffer } from '../../support/builders';
import { given, newKey, orderFor, portsAt, wednesdayMorning } from '../../support/builders';

const ports = portsAt();

afterEach(async () => {
  expect(await listLevelsOffTheirFold()).toEqual([]);
  expect(await listLevelsOffTheirClaims()).toEqual([]);
});

async function levelsOf({ offerId }: GivenOffer) {
  return databaseHandle().sql<{ on_hand: number; reserved: number; allocated: number }[]>`
    select on_hand, reserved, allocated from stock_levels where offer_id = ${offerId} order by location_id`;
}

const baskets = (count: number, offer: GivenOffer) => Promise.all(Array.from({ length: count }, () => given.basketOf([{ offer }])));
const enter = (all: readonly GivenBasket[]) => Promise.all(all.map(({ shopper }) => enterCheckout(shopper, ports)));
const served = (outcomes: readonly { readonly ok: boolean }[]) => outcomes.filter((outcome) => outcome.ok).length;

/** A second place that holds units of the shop's offer: its back room. */
async function backRoom(offer: GivenOffer, units: number): Promise<StockLocationId> {
  const id = systemIds.make('stockLocation');
  const { shopId } = offer.shop;
  await reader().insert(stockLocations).values({ id, shopId, kind: 'warehouse', name: 'Réserve', latitude: 45.1885, longitude: 5.7245 });
  await reader()
    .insert(stockLevels)
    .values({ offerId: offer.offerId, locationId: id, onHand: 0, asOf: wednesdayMorning, grade: 'A', confidenceBps: 9_000 });
  await databaseHandle()
    .sql`insert into stock_movements (id, offer_id, location_id, kind, quantity, reason, source, source_key, occurred_at, received_at)
    values (${systemIds.make('movement')}, ${offer.offerId}, ${id}, 'count', ${units}, 'opening-count', 'test', ${id}, now(), now())`;
  await databaseHandle().sql`update stock_levels set on_hand = ${units} where location_id = ${id}`;
  return id;
}

test('of a hundred who enter checkout for the last unit, one holds it', async () => {
  const { loaf, baskets: all } = await given.oneLoafIn(100);
  expect(served(await enter(all))).toBe(1);
  expect(await levelsOf(loaf)).toEqual([{ on_hand: 1, reserved: 1, allocated: 0 }]);
});

test('two lines that share a shelf are summed before they claim: of a hundred such orders for three units, one is placed whole', async () => {
  const offer = await given.offer({ shop: await given.shop(), stock: 3 });
  const wanted = [{ offer }, { offer, shopChosen: true }];
  const all = await Promise.all(Array.from({ length: 100 }, () => given.basketOf(wanted)));
  const outcomes = await Promise.all(all.map((basket) => placeOrder(basket.shopper, orderFor(basket), ports)));
  expect(served(outcomes)).toBe(1);
  const [level] = await levelsOf(offer);
  expect(level).toEqual({ on_hand: 3, reserved: 2, allocated: 0 });
});

test('two places with one unit each serve two of a hundred', async () => {
  const offer = await given.offer({ shop: await given.shop(), stock: 1 });
  await backRoom(offer, 1);
  expect(served(await enter(await baskets(100, offer)))).toBe(2);
  expect((await levelsOf(offer)).map((level) => level.reserved)).toEqual([1, 1]);
});

test('orders beside counter sales: every sale is written, no order takes a unit that was not there, and what is short is told', async () => {
  const offer = await given.offer({ shop: await given.shop(), stock: 20 });
  const all = await baskets(50, offer);
  const sale = () =>
    recordChange(
      offer.shop.scope,
      { offerId: offer.offerId, delta: -1, reason: 'counter-sale', occurredAt: wednesdayMorning, key: newKey() },
      ports,
    );
  const [orders, sales] = await Promise.all([
    Promise.all(all.map((basket) => placeOrder(basket.shopper, orderFor(basket), ports))),
    Promise.all(Array.from({ length: 50 }, sale)),
  ]);
  expect(served(sales)).toBe(50);
  const placed = served(orders);
  expect(placed).toBeLessThanOrEqual(20);
  expect(await levelsOf(offer)).toEqual([{ on_hand: -30, reserved: placed, allocated: 0 }]);
  const told = await databaseHandle().sql<{ missing: number }[]>`
    select max((facts->>'missing')::int)::int as missing from domain_events where name = 'ShortageDetected' and subject = ${offer.offerId}`;
  expect(told[0]?.missing).toBe(placed + 30);
});

test('a hold that runs out while a hundred want its unit goes to exactly one of them, its first holder among them', async () => {
  const offer = await given.offer({ shop: await given.shop(), stock: 1 });
  const [first, ...others] = await baskets(100, offer);
  if (!first) throw new Error('no basket');
  expect((await enterCheckout(first.shopper, ports)).ok).toBe(true);
  const later = portsAt(plusMs(wednesdayMorning, 16 * MINUTE));
  const [outcomes] = await Promise.all([
    Promise.all([first, ...others].map((basket) => placeOrder(basket.shopper, orderFor(basket), later))),
    expireHolds(later.clock.now()),
    expireHolds(later.clock.now()),
  ]);
  expect(served(outcomes)).toBe(1);
  expect(await levelsOf(offer)).toEqual([{ on_hand: 1, reserved: 1, allocated: 0 }]);
});

test('a hundred batches with the same facts, in whatever order, count each fact once', async () => {
  const shop = await given.shop();
  const offers = await Promise.all([1, 2, 3].map(() => given.offer({ shop, stock: 5 })));
  const facts = offers.flatMap(({ offerId }, at) =>
    [0, 1, 2, 3].map((minute) => ({
      of: { offerId },
      kind: minute === 1 ? ('count' as const) : ('change' as const),
      quantity: minute === 1 ? 40 + at : -1,
      occurredAt: plusMs(wednesdayMorning, -minute * MINUTE),
      key: `fact-${offerId}-${minute}`,
    })),
  );
  const batch = (turn: number) => ({
    shopId: shop.shopId,
    source: 'till:test',
    grade: 'B' as const,
    rows: [...facts.slice(turn % facts.length), ...facts.slice(0, turn % facts.length)],
  });
  const told = await Promise.all(
    Array.from({ length: 100 }, (_, turn) => recordStockBatch({ kind: 'system', id: undefined }, batch(turn), ports)),
  );
  const results = told.flatMap((outcome) => (outcome.ok ? outcome.value : []));
  expect(results.filter((result) => result.kind === 'recorded')).toHaveLength(facts.length);
  expect(results).toHaveLength(100 * facts.length);
  for (const [at, offer] of offers.entries()) expect((await levelsOf(offer))[0]?.on_hand).toBe(39 + at);
});
