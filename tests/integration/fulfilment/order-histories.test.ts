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
import { listLevelsOffTheirClaims, listLevelsOffTheirFold, recordChange, recordCount } from '@/lib/inventory';
import type { Instant, RescueId, ShopId } from '@/lib/kernel';
import { DAY, HOUR, MINUTE, plusMs } from '@/lib/kernel';
import type { DemoTransferKind } from '@/lib/payments';
import { sendBackLeftovers, sendFromDemoBank } from '@/lib/payments';
import { databaseHandle } from '@/lib/platform/database';
import { movedClock } from '@/lib/platform/clock';
import { systemIds } from '@/lib/platform/ids';
import { reader } from '@/lib/platform/transaction';
import { goAway, setTakesOrders } from '@/lib/shops';
import { type GivenOffer, type GivenShop, given, newKey, wednesdayMorning } from '../../support/builders';
import type { GivenOrder } from '../../support/paid-order';
import { carryOutEverything, hearEverything, linesOf, moneyOf, paidOrder, partsOf, transferredOrder } from '../../support/paid-order';

/** Lived through at each run; `HALLES_ORDER_HISTORIES=2000` for the long one. */
const HISTORIES = Number(process.env['HALLES_ORDER_HISTORIES'] ?? 8);
/** Orders that live side by side in one city, and compete for its few pieces. */
const TOGETHER = 5;
/** What happens to each of them, on average. */
const STEPS = 10;

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
type Ports = { readonly clock: ReturnType<typeof movedClock>; readonly ids: typeof systemIds };
type World = {
  readonly shops: ReadonlyMap<ShopId, GivenShop>;
  readonly offers: readonly GivenOffer[];
  readonly ports: Ports;
  readonly chance: Chance;
};

/** An order, and what its shopper agreed to, as simply as it can be said: so many pieces of a thing at so much each. */
type Life = {
  readonly order: GivenOrder;
  readonly agreed: ReadonlyMap<string, { readonly pieces: number; readonly eachMinor: number }>;
};

/** Four shops sell two articles at four prices; the shelves are nearly empty. */
async function world(chance: Chance, start: Instant): Promise<World & { readonly stock: Map<GivenOffer, number> }> {
  const shops = await Promise.all([1, 2, 3, 4].map(() => given.shop()));
  const listings = await Promise.all(['Moulin', 'Théière'].map((title) => given.listing({ title })));
  const stock = new Map<GivenOffer, number>();
  for (const shop of shops)
    for (const listing of listings) {
      const wish = { shop, listing, priceMinor: 400 + 10 * chance.below(20), stock: 1 + chance.below(4) };
      stock.set(await given.offer(wish), wish.stock);
    }
  const ports = { clock: movedClock(start), ids: systemIds };
  return { shops: new Map(shops.map((shop) => [shop.shopId, shop])), offers: [...stock.keys()], ports, chance, stock };
}

/** How the money comes, of one order after the other: by card, or by bank transfer, in parts, too much of it, twice. */
const ways: readonly (readonly DemoTransferKind[] | undefined)[] = [
  undefined,
  ['part', 'part', 'exact'],
  undefined,
  ['too-much'],
  ['twice'],
];

/** Somebody buys one or two pieces of each article, where there are as many. */
async function begin({ offers, ports, chance, stock }: Awaited<ReturnType<typeof world>>, index: number): Promise<Life | undefined> {
  const wanted = Map.groupBy(offers, (offer) => offer.listingId)
    .values()
    .flatMap((same) => {
      const quantity = 1 + chance.below(2);
      const offer = chance.pick(same.filter((one) => (stock.get(one) ?? 0) >= quantity));
      return offer ? [{ offer, quantity }] : [];
    })
    .toArray();
  const wish = chance.pick(['elsewhere', 'elsewhere', 'ask', 'refund'] as const) ?? 'elsewhere';
  if (wanted.length === 0) return undefined;
  for (const { offer, quantity } of wanted) stock.set(offer, (stock.get(offer) ?? 0) - quantity);
  const sends = ways[index % ways.length];
  const order = sends ? await transferredOrder(wanted, sends, ports, wish) : await paidOrder(wanted, ports, wish);
  return {
    order,
    agreed: new Map(wanted.map(({ offer, quantity }) => [offer.listingId, { pieces: quantity, eachMinor: offer.priceMinor }])),
  };
}

/** What goes on in the shops apart from this: sales at the till, deliveries, counts, a keeper who is away. */
async function aside({ shops, offers, ports, chance }: World): Promise<void> {
  const offer = chance.pick(offers);
  if (!offer) return;
  const { scope } = offer.shop;
  const at = ports.clock.now();
  switch (chance.below(6)) {
    case 0:
    case 1:
      await recordChange(scope, { offerId: offer.offerId, delta: -1, reason: 'counter-sale', occurredAt: at, key: newKey() }, ports);
      return;
    case 2:
    case 3:
      await recordChange(
        scope,
        { offerId: offer.offerId, delta: 1 + chance.below(2), reason: 'delivery', occurredAt: at, key: newKey() },
        ports,
      );
      return;
    case 4:
      await recordCount(scope, { offerId: offer.offerId, counted: chance.below(4), asOf: at, key: newKey() }, ports);
      return;
    default:
      if (chance.below(2) === 0) await goAway(scope, 15, ports);
      else for (const shop of shops.values()) await setTakesOrders(shop.scope, true, ports);
  }
}

/** Time goes by, and what its passing brings about. */
async function wait(minutes: number, ports: Ports): Promise<void> {
  ports.clock.advance(minutes * MINUTE);
  await timeOutUnanswered(ports);
  await endOverdueRescues(ports);
  await serveWaiting(ports);
}

async function step({ order }: Life, made: World): Promise<void> {
  const { shops, ports, chance } = made;
  const happens = chance.below(12);
  if (happens === 10) return aside(made);
  if (happens === 11) return wait(1 + chance.below(12), ports);
  if (happens === 9) return answer(order, made);
  const part = chance.pick(await partsOf(order));
  const scope = part && shops.get(part.shopId)?.scope;
  if (!part || !scope) return;
  if (happens < 3) {
    await acceptSubOrder(scope, part.id, ports);
  } else if (happens === 3) {
    const reason = chance.pick(['missing', 'overloaded', 'closing'] as const) ?? 'other';
    await refuseSubOrder(scope, { subOrderId: part.id, reason }, ports);
  } else if (happens === 4) {
    await markReady(scope, { subOrderId: part.id, withMissing: chance.below(2) === 0 }, ports);
  } else if (happens === 5) {
    await handOver(scope, { subOrderId: part.id, proof: { pass: part.code } }, ports);
  } else if (happens === 6) {
    if (chance.below(4) === 0) await cancelByShopper({ kind: 'order', orderId: order.orderId }, part.id, ports);
  } else {
    const line = chance.pick(await linesOf(part));
    if (!line) return;
    const found = chance.below(line.quantity + 1);
    if (happens === 7) await reportMissing(scope, { subOrderId: part.id, lineId: line.id, found, reason: 'missing' }, ports);
    else await tickLine(scope, { lineId: line.id, pickedQuantity: found }, ports);
  }
}

/** Whoever is asked what shall happen says so. */
async function answer(order: GivenOrder, { ports, chance }: World): Promise<void> {
  const [asked] = await databaseHandle().sql<{ id: RescueId }[]>`
    select id from rescues where order_id = ${order.orderId} and state in ('asked', 'waiting') limit 1`;
  if (!asked) return;
  const choice = chance.below(3) === 0 ? ('refund' as const) : { option: chance.below(2) };
  await answerRescue({ kind: 'order', orderId: order.orderId }, { rescueId: asked.id, choice }, ports);
}

const workable = new Set(['accepted', 'preparing', 'ready']);

/** Whoever is still asked answers or runs out of time; what is accepted is prepared and fetched. Ends when nothing is in the air. */
async function toTheEnd(lives: readonly Life[], { shops, ports }: World): Promise<void> {
  for (let round = 0; round < 12; round += 1) {
    await carryOutEverything(ports);
    const parts = (await Promise.all(lives.map(({ order }) => partsOf(order)))).flat();
    for (const part of parts) {
      const scope = shops.get(part.shopId)?.scope;
      if (!scope || !workable.has(part.state)) continue;
      for (const line of await linesOf(part)) await tickLine(scope, { lineId: line.id, pickedQuantity: line.quantity }, ports);
      await markReady(scope, { subOrderId: part.id, withMissing: true }, ports);
      await handOver(scope, { subOrderId: part.id, proof: { pass: part.code } }, ports);
    }
    await carryOutEverything(ports);
    if ((await inTheAir(lives)).length === 0) return;
    await wait((round < 6 ? HOUR : DAY) / MINUTE, ports);
  }
  await carryOutEverything(ports);
}

/** Parts that have not ended and rescues nobody decided. */
async function inTheAir(lives: readonly Life[]): Promise<readonly { readonly order: string; readonly state: string }[]> {
  const orders = lives.map(({ order }) => order.orderId);
  return databaseHandle().sql<{ order: string; state: string }[]>`
    select s.order_id as order, s.state from sub_orders s
    where s.order_id = any(${orders}) and s.state in ('placed', 'offered', 'accepted', 'preparing', 'ready')
    union all select r.order_id, r.state from rescues r where r.order_id = any(${orders}) and r.state not in ('rescued', 'refunded')`;
}

async function piecesHandedOver(order: GivenOrder): Promise<ReadonlyMap<string, number>> {
  const rows = await databaseHandle().sql<{ listing: string; pieces: number }[]>`
    select l.listing_id as listing, sum(l.quantity - l.refused_quantity)::int as pieces from order_lines l join sub_orders s on s.id = l.sub_order_id
    where s.order_id = ${order.orderId} and s.state = 'handed-over' group by 1`;
  return new Map(rows.map((row) => [row.listing, row.pieces]));
}

async function isRight({ order, agreed }: Life, told: string): Promise<void> {
  const [handed, money, owed] = await Promise.all([piecesHandedOver(order), moneyOf(order), listOwed(reader(), order.orderId)]);
  const kept = money.providerCaptured - money.providerRefunded;
  // Cents: what is kept is what is owed, and what is owed is never more than the pieces handed over cost when they were ordered.
  const sums = {
    owed: owed.reduce((sum, share) => sum + share.owedMinor, 0),
    held: owed.reduce((sum, share) => sum + share.heldMinor, 0),
  };
  expect(sums, told).toEqual({ owed: kept, held: 0 });
  const atMost = [...handed].reduce((sum, [listing, pieces]) => sum + pieces * (agreed.get(listing)?.eachMinor ?? 0), 0);
  expect(kept, told).toBeLessThanOrEqual(atMost);
  expect(await transfersOf(order), told).toEqual({ lying: 0, astray: 0 });
  // Units: nobody has more than was ordered.
  for (const [listing, pieces] of handed) expect(pieces, told).toBeLessThanOrEqual(agreed.get(listing)?.pieces ?? 0);
  const shares = await databaseHandle().sql<{ captured: number; refunded: number }[]>`
    select coalesce(sum(s.captured_minor), 0)::int as captured, coalesce(sum(s.refunded_minor), 0)::int as refunded
    from payment_shares s join payments p on p.id = s.payment_id where p.order_id = ${order.orderId}`;
  if (money.state === 'captured') expect(shares, told).toEqual([{ captured: money.providerCaptured, refunded: money.providerRefunded }]);
}

/** What came by bank transfer and is neither taken nor back with its payer, by the bank's books; how far ours are from them. */
async function transfersOf(order: GivenOrder): Promise<unknown> {
  const [row] = await databaseHandle().sql`
    select coalesce(sum(case t.direction when 'in' then t.amount_minor else -t.amount_minor end), 0)::int
        - case p.method when 'card' then 0 else p.captured_minor end::int as lying,
      (coalesce(sum(t.amount_minor) filter (where t.direction = 'back'), 0) - p.sent_back_minor)::int as astray
    from payments p left join demo_bank_transfers t on t.intent = p.provider_reference where p.order_id = ${order.orderId} group by p.id`;
  return row;
}

/** Of each thing of the city: what is still claimed for somebody, and how far what left the shelf is from what was handed over. */
async function isConserved({ offers }: World, told: string): Promise<void> {
  const rows = await databaseHandle().sql<{ claimed: number; astray: number }[]>`
    select level.allocated + level.reserved as claimed, (
      select coalesce(sum(l.quantity - l.refused_quantity), 0) from order_lines l join sub_orders s on s.id = l.sub_order_id
      where l.offer_id = level.offer_id and s.state = 'handed-over')::int + (
      select coalesce(sum(m.quantity), 0) from stock_movements m where m.offer_id = level.offer_id and m.reason = 'handed-over')::int as astray
    from stock_levels level where level.offer_id = any(${offers.map((offer) => offer.offerId)})`;
  expect(rows, told).toEqual(offers.map(() => ({ claimed: 0, astray: 0 })));
}

test(
  `of ${HISTORIES} lives of an order, whatever shops and shoppers do, none loses a piece or a cent and each comes to an end`,
  async () => {
    for (let seed = 1, lived = 0; lived < HISTORIES; seed += 1) {
      const chance = chanceOf(seed);
      const made = await world(chance, plusMs(wednesdayMorning, seed));
      const lives: Life[] = [];
      for (let count = 0; count < TOGETHER; count += 1) {
        const life = await begin(made, count);
        if (life) lives.push(life);
      }
      for (let count = 0; count < STEPS * lives.length; count += 1) {
        const life = chance.pick(lives);
        if (life) await step(life, made);
        if (count % 9 === 0 && life) await sendFromDemoBank(life.order.orderToken, 'exact', made.ports); // once more, whatever became of it
        if (chance.below(3) === 0) await carryOutEverything(made.ports);
      }
      await toTheEnd(lives, made);
      await hearEverything(made.ports);
      await sendBackLeftovers(made.ports);
      expect(await inTheAir(lives), `city ${seed}`).toEqual([]);
      for (const life of lives) await isRight(life, `city ${seed}, order ${life.order.number}`);
      await isConserved(made, `city ${seed}`);
      lived += lives.length;
      if (seed % 40 === 0) process.stderr.write(`${lived} lives\n`); // only a long run gets there
    }
    expect(await listLevelsOffTheirFold()).toEqual([]);
    expect(await listLevelsOffTheirClaims()).toEqual([]);
  },
  60_000 + HISTORIES * 10_000,
);
