import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  answerCarry,
  endOverdueCarries,
  findCarried,
  findSoonestCarried,
  refuseSubOrder,
  reportMissing,
  rescuePolicy,
  resolveRescues,
} from '@/lib/fulfilment';
import { listLevelsOffTheirClaims, recordCount } from '@/lib/inventory';
import type { Instant, Interval, ShopId } from '@/lib/kernel';
import { metresBetween, MINUTE, plusMs, quantity, walkingMinutes } from '@/lib/kernel';
import { acceptBy, isOpenAt } from '@/lib/oms';
import { databaseHandle } from '@/lib/platform/database';
import { reader } from '@/lib/platform/transaction';
import { loadShopBook } from '@/lib/shops';
import { readRescueCandidates } from '@/lib/sourcing';
import { listAskedToCarry } from '@/lib/shelves';
import { type GivenOffer, type GivenShop, given, newKey, portsAt, wednesdayMorning } from '../../support/builders';
import { askedOf, joinNetwork, level, refused, rescueShown, type Sold, type Street, street } from '../../support/network-street';
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

test('a shelf that loses units asks for as many fewer to be carried, line by line, and for nothing that is not wanted', async () => {
  const { near, sister } = await street();
  const order = await paidOrder([{ offer: near.offer, quantity: 5 }], ports);
  const part = await partOf(order, near.shop);
  const [line] = await linesOf(part);
  if (!line) throw new Error('a line');
  for (const found of [3, 0])
    // two rescues, so two lines of one shelf
    await reportMissing(near.shop.scope, { subOrderId: part.id, lineId: line.id, found, reason: 'missing' }, ports);
  await resolveRescues(order.orderId, ports);
  const asked = async () => (await listAskedToCarry(sister.shop.scope)).map((one) => one.quantity);
  expect((await asked()).toSorted((a, b) => a - b)).toEqual([2, 3]);
  const left = async (counted: number) => {
    await recordCount(sister.shop.scope, { offerId: sister.offer.offerId, counted, asOf: ports.clock.now(), key: newKey() }, ports);
    await carryOutEverything(ports);
  };
  for (const counted of [4, 2]) {
    await left(counted);
    expect((await asked()).reduce((sum, units) => sum + units, 0)).toBe(counted);
    expect(await level(sister)).toMatchObject({ on_hand: counted, allocated: counted });
  }
  expect(await asked(), 'whole things only, as the part serves them').toHaveLength(1);
  await left(0);
  expect(await asked()).toEqual([]);
  expect((await partsOf(order)).filter(({ shopId }) => shopId === near.shop.shopId).map(({ state }) => state)).toEqual([
    'refused',
    'refused',
  ]);
});

/** A shop of the network beside the two of the street, at the price of the near one. */
async function withSecondSister(made: Street, stock = 10): Promise<Sold> {
  const shop = await given.shop();
  const second = { shop, offer: await given.offer({ shop, listing: made.near.offer, priceMinor: 450, stock }) };
  await joinNetwork(made.near.shop, made.sister.shop, shop);
  return second;
}

test.each(['says no', 'says nothing'])(
  'when the shop that was asked to carry %s, the next of its network is asked, of two at most',
  async (how) => {
    const made = await street();
    const sisters = [made.sister, await withSecondSister(made), await withSecondSister(made)];
    await joinNetwork(made.near.shop, ...sisters.map(({ shop }) => shop));
    const order = await paidOrder([{ offer: made.near.offer }], ports);
    await databaseHandle().sql`update sub_orders set promised_from = promised_from + interval '4 hours' where order_id = ${order.orderId}`;
    await refuseSubOrder(made.near.shop.scope, { subOrderId: (await partOf(order, made.near.shop)).id, reason: 'missing' }, ports);
    const asked: ShopId[] = [];
    let at = portsAt();
    for (let turn = 0; turn < 3; turn += 1) {
      await resolveRescues(order.orderId, at);
      for (const { shop } of sisters) {
        const [request] = await listAskedToCarry(shop.scope);
        if (!request) continue;
        asked.push(shop.shopId);
        at = portsAt(how === 'says no' ? plusMs(at.clock.now(), MINUTE) : request.sendBy);
        await (how === 'says no'
          ? answerCarry(shop.scope, { transferId: request.transferId, answer: 'declined' }, at)
          : endOverdueCarries(at));
      }
    }
    expect(new Set(asked).size, 'two re-routes a line').toBe(2);
    expect(asked).toHaveLength(2);
    expect(await statesOfRescues(order)).toEqual(['refunded']);
    expect(await listLevelsOffTheirClaims()).toEqual([]);
  },
);

test('who did not carry something is not asked to sell it for the same order', async () => {
  const made = await street({}, 0);
  const second = await withSecondSister(made);
  await joinNetwork(made.near.shop, second.shop);
  const order = await refused(made);
  await answerCarry(second.shop.scope, { transferId: await askedOf(second), answer: 'declined' }, ports);
  await resolveRescues(order.orderId, ports);
  expect((await partsOf(order)).map(({ shopId }) => shopId)).toEqual([made.near.shop.shopId, made.near.shop.shopId]);
  expect((await rescueShown(order))?.options.filter(({ kind }) => kind === 'elsewhere')).toEqual([]);
});

test('what the best of the network does not bring, the next one does: nobody else is asked for what it has', async () => {
  const made = await street();
  const second = await withSecondSister(made);
  const { near, sister } = made;
  const other = await given.listing({ title: 'Filtre à café' });
  const filter = await given.offer({ shop: near.shop, listing: other, priceMinor: 450, stock: 3 });
  await given.offer({ shop: second.shop, listing: other, priceMinor: 450, stock: 3 });
  await recordCount(second.shop.scope, { offerId: second.offer.offerId, counted: 0, asOf: ports.clock.now(), key: newKey() }, ports);
  const order = await paidOrder([{ offer: near.offer }, { offer: filter }], ports);
  await refuseSubOrder(near.shop.scope, { subOrderId: (await partOf(order, near.shop)).id, reason: 'missing' }, ports);
  expect(await resolveRescues(order.orderId, ports)).toMatchObject({ ok: true, value: { offered: 2, asked: 0, refunded: 0 } });
  for (const { shop } of [sister, second]) expect(await listAskedToCarry(shop.scope)).toHaveLength(1);
  expect(new Set((await partsOf(order)).map(({ shopId }) => shopId))).toEqual(new Set([near.shop.shopId]));
});

const RUNS = Number(process.env['HALLES_PROPERTY_RUNS'] ?? 300);
const inMinutes = (minutes: number): Instant => plusMs(wednesdayMorning, minutes * MINUTE);

/** Hours of a shop as a day may have them, in minutes from now: some already running. */
const someHours = fc
  .array(fc.tuple(fc.integer({ min: 5, max: 240 }), fc.integer({ min: 10, max: 300 })), { minLength: 1, maxLength: 4 })
  .map((days) => {
    let at = -120;
    return days.map(([shut, open]): Interval => {
      const from = at + shut;
      at = from + open;
      return { from: inMinutes(from), to: inMinutes(at) };
    });
  });

const someShop = fc.record({
  openings: someHours,
  preparationMinutes: fc.integer({ min: 1, max: 90 }),
  acceptanceMinutes: fc.integer({ min: 1, max: 60 }),
});

const isOpenUntil = (openings: readonly Interval[], at: Instant): boolean => openings.some(({ from, to }) => from <= at && at <= to);

test('whoever is asked to carry can: it sets out before it shuts and finds the counter open; nobody who can is passed over, and an hour that was read is kept', async () => {
  const { near, sister } = await street();
  const real = await loadShopBook(wednesdayMorning);
  const [counter, carrier] = [real.get(near.shop.shopId), real.get(sister.shop.shopId)];
  if (!counter || !carrier) throw new Error('two shops');
  const { listingId } = near.offer;
  const candidates = await readRescueCandidates(reader(), [listingId], wednesdayMorning);
  const missing = [{ id: 'missing', listingId, condition: 'new', quantity: quantity(2), tried: new Set([counter.id]) }] as const;
  const carryMs = walkingMinutes(metresBetween(carrier.at, counter.at)) * MINUTE + rescuePolicy.carryHandMs;
  const questionAt = (now: Instant, to: typeof counter, from: typeof carrier) => ({
    shopId: to.id,
    missing,
    candidates,
    policy: rescuePolicy,
    declined: new Set<never>(),
    book: { now, get: (id: string) => [to, from].find((one) => one.id === id), all: () => [to, from] },
  });
  fc.assert(
    fc.property(someShop, someShop, fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 30 }), (there, here, told, answer) => {
      const [to, from] = [
        { ...counter, ...here },
        { ...carrier, ...there },
      ];
      const question = questionAt(wednesdayMorning, to, from);
      const hour = inMinutes(told);
      const carry = findCarried(question, hour);
      const ready = acceptBy(from.openings, wednesdayMorning, from.preparationMinutes);
      const canLeaveAt = (at: Instant) =>
        ready.ok &&
        at >= ready.value &&
        isOpenUntil(from.openings, at) &&
        isOpenAt(to.openings, plusMs(at, carryMs)) &&
        isOpenAt(to.openings, plusMs(hour, Math.max(0, at + carryMs - hour)));
      const lastMinute = told + rescuePolicy.sameHourMs / MINUTE - carryMs / MINUTE;
      const minutes = Array.from({ length: Math.max(0, lastMinute + 1) }, (_, minute) => inMinutes(minute));
      expect(carry !== undefined, 'found where there is a minute that keeps it').toBe(minutes.some(canLeaveAt));
      if (carry) {
        expect(ready.ok && carry.sendBy >= ready.value && isOpenUntil(from.openings, carry.sendBy)).toBe(true);
        expect(isOpenUntil(to.openings, plusMs(carry.sendBy, carryMs)) && isOpenAt(to.openings, carry.promisedFrom)).toBe(true);
        expect(carry.promisedFrom).toBeGreaterThanOrEqual(Math.max(hour, carry.sendBy + carryMs));
        expect(carry.promisedFrom).toBeLessThanOrEqual(hour + rescuePolicy.sameHourMs);
      }
      const later = findSoonestCarried(question);
      if (!later) return;
      expect(isOpenUntil(from.openings, later.sendBy) && isOpenAt(to.openings, plusMs(later.sendBy, carryMs))).toBe(true);
      expect(findCarried(questionAt(inMinutes(answer), to, from), later.promisedFrom), 'once it was chosen').toBeDefined();
    }),
    { numRuns: RUNS },
  );
});
