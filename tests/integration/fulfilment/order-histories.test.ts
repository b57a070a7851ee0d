import { expect, test } from 'vitest';
import {
  acceptSubOrder,
  answerRescue,
  cancelByShopper,
  endOverdueRescues,
  handOver,
  listOwed,
  markReady,
  refuseSubOrder,
  reportMissing,
  serveWaiting,
  tickLine,
  timeOutUnanswered,
} from '@/lib/fulfilment';
import type { Instant, RescueId, ShopId } from '@/lib/kernel';
import { DAY, HOUR, MINUTE, plusMs } from '@/lib/kernel';
import { databaseHandle } from '@/lib/platform/database';
import { movedClock } from '@/lib/platform/clock';
import { systemIds } from '@/lib/platform/ids';
import { reader } from '@/lib/platform/transaction';
import { type GivenOffer, type GivenShop, given, wednesdayMorning } from '../../support/builders';
import { carryOutEverything, type GivenOrder, type GivenPart, linesOf, moneyOf, paidOrder, partsOf } from '../../support/paid-order';

/** Lived through at each run; `HALLES_ORDER_HISTORIES=2000` for the long one. */
const HISTORIES = Number(process.env['HALLES_ORDER_HISTORIES'] ?? 8);
const STEPS = 14;

/** The same histories at every run (mulberry32). */
function chanceOf(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    below: (limit: number) => Math.floor(next() * limit),
    pick: <T>(items: readonly T[]): T | undefined => items[Math.floor(next() * items.length)],
  };
}

type Chance = ReturnType<typeof chanceOf>;
type World = {
  readonly shops: ReadonlyMap<ShopId, GivenShop>;
  readonly offers: readonly GivenOffer[];
  readonly clock: ReturnType<typeof movedClock>;
  readonly chance: Chance;
};

/** Four shops sell two articles at four prices; some shelves are nearly empty. */
async function world(chance: Chance, start: Instant): Promise<World> {
  const shops: GivenShop[] = [];
  for (let count = 0; count < 4; count += 1) shops.push(await given.shop());
  const listings = [await given.listing({ title: 'Moulin' }), await given.listing({ title: 'Théière' })];
  const offers: GivenOffer[] = [];
  for (const shop of shops)
    for (const listing of listings)
      offers.push(await given.offer({ shop, listing, priceMinor: 400 + 10 * chance.below(20), stock: 2 + chance.below(3) }));
  return { shops: new Map(shops.map((shop) => [shop.shopId, shop])), offers, clock: movedClock(start), chance };
}

async function step(order: GivenOrder, { shops, offers, clock, chance }: World): Promise<void> {
  const ports = { clock, ids: systemIds };
  const part = chance.pick(await partsOf(order));
  const scope = part && shops.get(part.shopId)?.scope;
  if (!part || !scope) return;
  const line = chance.pick(await linesOf(part));
  const [asked] = await databaseHandle().sql<{ id: RescueId }[]>`
    select id from rescues where order_id = ${order.orderId} and state in ('asked', 'waiting') limit 1`;
  const reasons = ['missing', 'overloaded', 'closing'] as const;
  switch (chance.below(10)) {
    case 0:
    case 1:
    case 2:
      await acceptSubOrder(scope, part.id, ports);
      return;
    case 3:
      await refuseSubOrder(scope, { subOrderId: part.id, reason: chance.pick(reasons) ?? 'other' }, ports);
      return;
    case 4:
      if (line)
        await reportMissing(
          scope,
          { subOrderId: part.id, lineId: line.id, found: chance.below(line.quantity + 1), reason: 'missing' },
          ports,
        );
      return;
    case 5:
      if (line) await tickLine(scope, { lineId: line.id, pickedQuantity: chance.below(line.quantity + 1) }, ports);
      return;
    case 6:
      await markReady(scope, { subOrderId: part.id, withMissing: chance.below(2) === 0 }, ports);
      return;
    case 7:
      await handOver(scope, { subOrderId: part.id, proof: { pass: part.code } }, ports);
      return;
    case 8:
      if (asked) {
        const choice = chance.below(3) === 0 ? ('refund' as const) : { option: chance.below(2) };
        await answerRescue({ kind: 'order', orderId: order.orderId }, { rescueId: asked.id, choice }, ports);
      } else if (chance.below(4) === 0) await cancelByShopper({ kind: 'order', orderId: order.orderId }, part.id, ports);
      return;
    default:
      clock.advance((5 + chance.below(40)) * MINUTE);
      await timeOutUnanswered(ports);
      await endOverdueRescues(ports);
      await serveWaiting(ports);
      if (chance.below(5) === 0)
        await databaseHandle().sql`update stock_levels set on_hand = on_hand where offer_id = ${offers[0]?.offerId ?? ''}`;
  }
}

/** Whoever is still asked answers or runs out of time; what is accepted is prepared and fetched. */
async function toTheEnd(order: GivenOrder, { shops, clock }: World): Promise<readonly GivenPart[]> {
  const ports = { clock, ids: systemIds };
  for (let round = 0; round < 12; round += 1) {
    await carryOutEverything(ports);
    for (const part of await partsOf(order)) {
      const scope = shops.get(part.shopId)?.scope;
      if (!scope || !['accepted', 'preparing', 'ready'].includes(part.state)) continue;
      for (const line of await linesOf(part)) await tickLine(scope, { lineId: line.id, pickedQuantity: line.quantity }, ports);
      await markReady(scope, { subOrderId: part.id, withMissing: true }, ports);
      await handOver(scope, { subOrderId: part.id, proof: { pass: part.code } }, ports);
    }
    clock.advance(round < 6 ? HOUR : DAY);
    await timeOutUnanswered(ports);
    await endOverdueRescues(ports);
  }
  await carryOutEverything(ports);
  return partsOf(order);
}

/** What the shopper agreed to, as simply as it can be said: so many pieces at so much each. */
type Agreed = ReadonlyMap<string, { readonly pieces: number; readonly eachMinor: number }>;

async function piecesHandedOver(order: GivenOrder): Promise<ReadonlyMap<string, number>> {
  const rows = await databaseHandle().sql<{ listing: string; pieces: number }[]>`
    select l.listing_id as listing, sum(l.quantity - l.refused_quantity)::int as pieces from order_lines l join sub_orders s on s.id = l.sub_order_id
    where s.order_id = ${order.orderId} and s.state = 'handed-over' group by 1`;
  return new Map(rows.map((row) => [row.listing, row.pieces]));
}

async function holds(order: GivenOrder, agreed: Agreed, { offers }: World, seed: number): Promise<void> {
  const told = `history ${seed}`;
  const handed = await piecesHandedOver(order);
  const money = await moneyOf(order);
  const kept = money.providerCaptured - money.providerRefunded;
  const owed = await listOwed(reader(), order.orderId);
  // Cents: what is kept is what is owed, and what is owed is never more than the pieces handed over cost when they were ordered.
  expect(kept, told).toBe(owed.reduce((sum, share) => sum + share.owedMinor, 0));
  expect(
    owed.reduce((sum, share) => sum + share.heldMinor, 0),
    told,
  ).toBe(0);
  const atMost = [...handed].reduce((sum, [listing, pieces]) => sum + pieces * (agreed.get(listing)?.eachMinor ?? 0), 0);
  expect(kept, told).toBeLessThanOrEqual(atMost);
  // Units: nobody has more than was ordered, and nothing is claimed for an order that is over.
  for (const [listing, pieces] of handed) expect(pieces, told).toBeLessThanOrEqual(agreed.get(listing)?.pieces ?? 0);
  const claimed = await databaseHandle().sql<{ claimed: number }[]>`
    select coalesce(sum(allocated + reserved), 0)::int as claimed from stock_levels where offer_id = any(${offers.map((offer) => offer.offerId)})`;
  expect(claimed, told).toEqual([{ claimed: 0 }]);
  // Nothing is left in the air: every part is handed over or has ended, every rescue is decided.
  const open = await databaseHandle().sql`
    select s.state from sub_orders s where s.order_id = ${order.orderId} and s.state in ('placed', 'offered', 'accepted', 'preparing', 'ready')
    union all select r.state from rescues r where r.order_id = ${order.orderId} and r.state not in ('rescued', 'refunded')`;
  expect(open, told).toHaveLength(0);
  const shares = await databaseHandle().sql<{ captured: number; refunded: number }[]>`
    select coalesce(sum(s.captured_minor), 0)::int as captured, coalesce(sum(s.refunded_minor), 0)::int as refunded
    from payment_shares s join payments p on p.id = s.payment_id where p.order_id = ${order.orderId}`;
  if (money.state === 'captured') expect(shares, told).toEqual([{ captured: money.providerCaptured, refunded: money.providerRefunded }]);
}

test(
  `of ${HISTORIES} lives of an order, whatever shops and shopper do, none loses a piece or a cent and each comes to an end`,
  async () => {
    for (let seed = 1; seed <= HISTORIES; seed += 1) {
      const chance = chanceOf(seed);
      const made = await world(chance, plusMs(wednesdayMorning, seed));
      const [first, second] = [made.offers[0], made.offers[chance.below(2) === 0 ? 1 : 3]];
      if (!first || !second) throw new Error('four shops sell two articles');
      const wanted = [
        { offer: first, quantity: 1 + chance.below(2) },
        { offer: second, quantity: 1 + chance.below(2) },
      ];
      const wish = chance.pick(['elsewhere', 'elsewhere', 'ask', 'refund'] as const) ?? 'elsewhere';
      const order = await paidOrder(wanted, { clock: made.clock, ids: systemIds }, wish);
      const agreed: Agreed = new Map(
        wanted.map(({ offer, quantity }) => [offer.listingId, { pieces: quantity, eachMinor: offer.priceMinor }]),
      );
      for (let count = 0; count < STEPS; count += 1) {
        await step(order, made);
        if (chance.below(3) > 0) await carryOutEverything({ clock: made.clock, ids: systemIds });
      }
      await toTheEnd(order, made);
      await holds(order, agreed, made, seed);
    }
  },
  60_000 + HISTORIES * 10_000,
);
