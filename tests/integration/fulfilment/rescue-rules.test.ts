import { expect, test } from 'vitest';
import { refuseSubOrder, reportMissing, resolveRescues } from '@/lib/fulfilment';
import { recordCount } from '@/lib/inventory';
import { databaseHandle } from '@/lib/platform/database';
import { type GivenOffer, type GivenShop, given, newKey, portsAt } from '../../support/builders';
import { level, street } from '../../support/network-street';
import { carryOutEverything, type GivenOrder, linesOf, paidOrder, partOf, partsOf } from '../../support/paid-order';

const ports = portsAt();

async function statesOfRescues(order: GivenOrder): Promise<readonly string[]> {
  const rows = await databaseHandle().sql<{ state: string }[]>`select state from rescues where order_id = ${order.orderId} order by state`;
  return rows.map(({ state }) => state);
}

test('a shop still asked for one thing does not hold up the rescue of another it has given up', async () => {
  const things = [await given.listing({ title: 'Moulin à café' }), await given.listing({ title: 'Filtre à café' })];
  const shops = [await given.shop(), await given.shop(), await given.shop()];
  const [first, second, third] = shops;
  const [mill, filter] = things;
  if (!first || !second || !third || !mill || !filter) throw new Error('three shops and two things');
  const sold = async (shop: GivenShop, listing: typeof mill) => given.offer({ shop, listing, priceMinor: 450, stock: 3 });
  const order = await paidOrder([{ offer: await sold(first, mill) }, { offer: await sold(first, filter) }]);
  const mills = [await sold(second, mill)];
  await sold(second, filter);
  await refuseSubOrder(first.scope, { subOrderId: (await partOf(order, first)).id, reason: 'overloaded' }, ports);
  await resolveRescues(order.orderId, ports);
  const none = async (shop: GivenShop, { offerId }: GivenOffer) => {
    await recordCount(shop.scope, { offerId, counted: 0, asOf: ports.clock.now(), key: newKey() }, ports);
    await carryOutEverything(ports);
  };
  mills.push(await sold(third, mill));
  for (const [at, shop] of [second, third].entries()) await none(shop, mills[at] ?? (await sold(shop, mill)));

  // The second has no mill after all and is still asked for the filter; the third, asked for the mill, has none either.
  expect((await partsOf(order)).map((part) => part.state)).toEqual(['refused', 'offered', 'refused']);
  expect(await statesOfRescues(order)).toEqual(['offered', 'refunded']); // two shops at most were to be tried
});

test('a network’s shelf is carried from once: what it cannot bring besides looks elsewhere', async () => {
  const { near, sister } = await street();
  await recordCount(sister.shop.scope, { offerId: sister.offer.offerId, counted: 2, asOf: ports.clock.now(), key: newKey() }, ports);
  const order = await paidOrder([{ offer: near.offer, quantity: 3 }], ports);
  const part = await partOf(order, near.shop);
  const [line] = await linesOf(part);
  if (!line) throw new Error('a line');
  for (const found of [1, 0])
    await reportMissing(near.shop.scope, { subOrderId: part.id, lineId: line.id, found, reason: 'missing' }, ports);
  expect(await resolveRescues(order.orderId, ports)).toMatchObject({ ok: true, value: { offered: 2, asked: 0 } });
  expect(await level(sister)).toMatchObject({ on_hand: 2, allocated: 2 });
});
