import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { shops } from '@/db/schema';
import {
  acceptSubOrder,
  answerCarry,
  answerRescue,
  cancelByShopper,
  endOverdueCarries,
  endOverdueRescues,
  getCounterSubOrder,
  getShopToday,
  getTracking,
  handOver,
  listCounterQueue,
  markReady,
  refuseSubOrder,
  reportMissing,
  resolveRescues,
  tickLine,
  timeOutOrder,
} from '@/lib/fulfilment';
import { getLastHour, listShopActivity } from '@/lib/insights';
import { listLevelsOffTheirClaims, recordChange } from '@/lib/inventory';
import { HOUR, MINUTE, plusMs } from '@/lib/kernel';
import { databaseHandle } from '@/lib/platform/database';
import { systemIds } from '@/lib/platform/ids';
import { reader } from '@/lib/platform/transaction';
import { listAskedToCarry, listTransfers, requestTransfer, sendTransfer } from '@/lib/shelves';
import { portsAt, wednesdayMorning } from '../../support/builders';
import { askedLater, askedOf, level, linkOf, refused, rescueShown, type Sold, street } from '../../support/network-street';
import { carryOutEverything, linesOf, moneyOf, paidOrder, partOf, partsOf } from '../../support/paid-order';

const ports = portsAt();
/** The walk from one shop to the other. */
const soon = portsAt(plusMs(wednesdayMorning, 2 * MINUTE));

const sellAtCounter = ({ shop, offer: { offerId } }: Sold, units: number) =>
  recordChange(shop.scope, { offerId, delta: -units, reason: 'counter-sale', occurredAt: wednesdayMorning, key: 'at-the-counter' }, ports);

test('what the pickup shop has not, another of its network carries there: one place, one contract, one price, and the books of both shelves are true', async () => {
  const made = await street();
  const { near, sister, stranger } = made;
  const order = await refused(made, 'missing', 'ask');
  const [, part] = await partsOf(order);
  expect(part).toMatchObject({ shopId: near.shop.shopId, state: 'offered', totalMinor: 900 });
  expect(await level(near)).toMatchObject({ on_hand: 0, allocated: 0 });
  expect(await level(sister)).toMatchObject({ on_hand: 10, allocated: 2 });
  expect(await level(stranger)).toMatchObject({ allocated: 0 });
  await carryOutEverything(ports);
  expect(await rescueShown(order)).toMatchObject({ state: 'offered', options: [] });
  const mails = await databaseHandle().sql`select recipient from messages where kind = 'shop-carry' and subject = ${part?.id ?? ''}`;
  expect(mails).toHaveLength(1);

  const mine = await partOf({ ...order }, near.shop);
  expect((await listCounterQueue(near.shop.scope, ports)).toAccept, 'the other shop is asked, not this one').toEqual([]);
  if (!part) throw new Error('there is a part');
  expect(await acceptSubOrder(near.shop.scope, part.id, ports)).toMatchObject({ ok: false, error: { kind: 'transition-not-allowed' } });
  expect(mine.number).toBe(`${order.number}-1`);

  const transferId = await askedOf(sister);
  expect(await sendTransfer(sister.shop.scope, transferId, ports), 'not by the door of ordinary transfers').toMatchObject({ ok: false });
  for (const scope of [near.shop.scope, stranger.shop.scope])
    expect(await answerCarry(scope, { transferId, answer: 'sent' }, soon)).toEqual({ ok: false, error: { kind: 'transfer-not-found' } });
  expect(await answerCarry(sister.shop.scope, { transferId, answer: 'sent' }, soon)).toMatchObject({ ok: true });
  expect(await answerCarry(sister.shop.scope, { transferId, answer: 'sent' }, soon), 'twice is once').toMatchObject({ ok: true });
  expect(await level(sister)).toMatchObject({ on_hand: 8, allocated: 0 });
  expect(await level(near)).toMatchObject({ on_hand: 2, allocated: 2 });
  expect(await rescueShown(order)).toMatchObject({ state: 'rescued' });
  const shown = await getTracking(order.orderToken, ports);
  expect(
    shown?.subOrders.map(({ number }) => number),
    'one place, one card',
  ).toEqual([part.number]);
  expect(await listTransfers(near.shop.scope)).toMatchObject([{ direction: 'in', state: 'sent', forOrder: { number: part.number } }]);

  for (const line of await linesOf(part)) await tickLine(near.shop.scope, { lineId: line.id, pickedQuantity: line.quantity }, soon);
  expect(await markReady(near.shop.scope, { subOrderId: part.id }, soon)).toMatchObject({ ok: true });
  expect(await listTransfers(near.shop.scope)).toMatchObject([{ state: 'received' }]);
  const early = portsAt(plusMs(wednesdayMorning, -HOUR));
  const wish = { code: near.offer.offerId, fromOfferId: sister.offer.offerId, quantity: 1 };
  expect(await requestTransfer(near.shop.scope, wish, early)).toMatchObject({ ok: true });
  const [waiting] = await listTransfers(near.shop.scope);
  expect(waiting, 'what somebody has to do stands first, what was carried lies behind').toMatchObject({
    state: 'requested',
    forOrder: undefined,
  });
  expect(await handOver(near.shop.scope, { subOrderId: part.id, proof: { pass: part.code } }, soon)).toMatchObject({ ok: true });
  await carryOutEverything(ports);
  expect(await level(near)).toMatchObject({ on_hand: 0, allocated: 0 });
  expect(await moneyOf(order)).toMatchObject({ captured: 900, providerRefunded: 0 });
  const parts = await databaseHandle().sql`select shop_id, rescue_minor::int as rescue from sub_orders where order_id = ${order.orderId}`;
  expect(parts.map((row) => row['shop_id'])).toEqual([near.shop.shopId, near.shop.shopId]);
  expect(
    parts.every((row) => row['rescue'] === 0),
    'nobody adds a cent',
  ).toBe(true);
});

test('only what is missing of a bag is carried; what does not come on the way corrects the shelf it was going to', async () => {
  const made = await street();
  const { near, sister } = made;
  const order = await paidOrder([{ offer: near.offer, quantity: 3 }], ports);
  const first = await partOf(order, near.shop);
  await acceptSubOrder(near.shop.scope, first.id, ports);
  const [line] = await linesOf(first);
  if (!line) throw new Error('the part has a line');
  await reportMissing(near.shop.scope, { subOrderId: first.id, lineId: line.id, found: 1, reason: 'missing' }, ports);
  await resolveRescues(order.orderId, ports);
  await answerCarry(sister.shop.scope, { transferId: await askedOf(sister), answer: 'sent' }, soon);
  const part = (await partsOf(order))[1];
  const [carried] = part ? await linesOf(part) : [];
  if (!part || !carried) throw new Error('two are carried');
  expect(carried.quantity).toBe(2);
  expect(await level(near)).toMatchObject({ on_hand: 3, allocated: 3 });
  await reportMissing(near.shop.scope, { subOrderId: part.id, lineId: carried.id, found: 1, reason: 'missing' }, soon);
  expect(await level(near)).toMatchObject({ allocated: 2 });
  expect(await level(sister)).toMatchObject({ on_hand: 8, allocated: 0 });
});

test('a shop that says no, or says nothing in time, lets the rescue go on elsewhere; what the shopper gives up is nobody’s errand', async () => {
  const made = await street();
  const { sister, stranger } = made;
  const order = await refused(made);
  const transferId = await askedOf(sister);
  expect(await answerCarry(sister.shop.scope, { transferId, answer: 'declined' }, ports)).toMatchObject({ ok: true });
  expect(await level(sister)).toMatchObject({ on_hand: 10, allocated: 0 });
  const [, ended] = await partsOf(order);
  const seen = ended && (await getCounterSubOrder(made.near.shop.scope, ended.id, ports));
  expect(seen, 'what was declined is not said to come').toMatchObject({ state: 'refused', carriedFrom: undefined });
  await resolveRescues(order.orderId, ports);
  expect(await partOf(order, stranger.shop)).toMatchObject({ state: 'offered' });
  expect(await answerCarry(sister.shop.scope, { transferId, answer: 'sent' }, soon)).toMatchObject({
    ok: false,
    error: { kind: 'transfer-is' },
  });

  const silent = await street();
  const waiting = await refused(silent);
  expect(await endOverdueCarries(ports)).toBe(0);
  const late = portsAt(plusMs(wednesdayMorning, HOUR));
  expect(await endOverdueCarries(late)).toBe(1);
  expect(await level(silent.sister)).toMatchObject({ allocated: 0 });
  expect((await partsOf(waiting)).map(({ state }) => state)).toEqual(['refused', 'refused']);

  const third = await street();
  const unwanted = await refused(third);
  const asked = await askedOf(third.sister);
  const [, part] = await partsOf(unwanted);
  if (!part) throw new Error('there is a part');
  await cancelByShopper(linkOf(unwanted), part.id, ports);
  expect(await answerCarry(third.sister.shop.scope, { transferId: asked, answer: 'sent' }, soon)).toMatchObject({ ok: false });
  expect(await level(third.sister)).toMatchObject({ on_hand: 10, allocated: 0 });
  expect(await listAskedToCarry(third.sister.shop.scope)).toEqual([]);
});

test('what waits to be carried is no question to the shop it is carried to: not in its figures, and its silence is another’s', async () => {
  const made = await street();
  const { near } = made;
  const order = await refused(made);
  expect(await getShopToday(near.shop.scope, ports)).toMatchObject({ toAccept: 0, refusedToday: 1 });
  const operator = { kind: 'operator', personId: systemIds.make('person'), role: 'admin' } as const;
  const { declined } = await getLastHour(operator, soon);
  expect(await timeOutOrder(order.orderId, ports)).toBeGreaterThan(0); // the held money would lapse
  expect((await partsOf(order)).map(({ state }) => state)).toEqual(['refused', 'unanswered']);
  const [row] = await reader().select({ pausedUntil: shops.pausedUntil }).from(shops).where(eq(shops.id, near.shop.shopId));
  expect(row?.pausedUntil, 'nobody is paused for what was asked of another').toBeNull();
  expect(await level(made.sister)).toMatchObject({ on_hand: 10, allocated: 0 });
  expect((await getTracking(order.orderToken, ports))?.subOrders.map(({ number }) => number)).toEqual([`${order.number}-1`]);
  const hour = await getLastHour(operator, soon);
  expect(hour, 'no answer of the shop it was to be carried to').toMatchObject({ declined });
  expect(hour.latest.map(({ to }) => to)).not.toContain('unanswered');
  const activity = (await listShopActivity(operator, ports)).find(({ shopId }) => shopId === near.shop.shopId);
  expect(activity).toMatchObject({ toAccept: 0, taken: 2, declined: 1 });
});

test('what the carrying shop lost meanwhile is not sent: only what is there changes shelves and is claimed', async () => {
  const made = await street();
  const { near, sister } = made;
  await refused(made);
  expect(await sellAtCounter(sister, 9)).toMatchObject({ ok: true });
  await carryOutEverything(ports);
  expect(await level(sister), 'the shortage gave one up').toMatchObject({ on_hand: 1, allocated: 1 });
  expect(await listAskedToCarry(sister.shop.scope)).toMatchObject([{ quantity: 1 }]);
  expect(await answerCarry(sister.shop.scope, { transferId: await askedOf(sister), answer: 'sent' }, soon)).toMatchObject({ ok: true });
  expect(await level(sister)).toMatchObject({ on_hand: 0, allocated: 0 });
  expect(await level(near)).toMatchObject({ on_hand: 1, allocated: 1 });

  const other = await street();
  const order = await refused(other);
  expect(await sellAtCounter(other.sister, 10)).toMatchObject({ ok: true });
  await carryOutEverything(ports);
  expect((await partsOf(order))[1]).toMatchObject({ state: 'refused' });
  expect(await getShopToday(other.near.shop.scope, ports), 'another’s shelf, and no answer of this shop').toMatchObject({
    refusedToday: 1,
  });
  expect(await partOf(order, other.stranger.shop)).toMatchObject({ state: 'offered' });
  expect(await listLevelsOffTheirClaims()).toEqual([]);
});

test.each([
  ['the shop is overloaded, not short', {}, 'overloaded'],
  ['the other shop is too far to walk', { latitude: 45.25 }, 'missing'],
  ['the other shop cannot pick it in time', { preparationMinutes: 240 }, 'missing'],
  ['the other shop is shut', { openingHours: 'Mo-Sa 14:00-19:00' }, 'missing'],
] as const)('nothing is carried when %s', async (_, wish, reason) => {
  const made = await street(wish);
  const order = await refused(made, reason);
  expect(await listAskedToCarry(made.sister.shop.scope)).toEqual([]);
  expect(await partOf(order, made.stranger.shop)).toMatchObject({ state: 'offered' });
});

test('of twenty answers at once one is given: every unit is on one shelf', async () => {
  const made = await street();
  const order = await refused(made);
  const transferId = await askedOf(made.sister);
  const answers = await Promise.all(
    Array.from({ length: 20 }, (__, index) =>
      answerCarry(
        made.sister.shop.scope,
        { transferId, answer: index % 2 === 0 ? 'sent' : 'declined' },
        portsAt(plusMs(wednesdayMorning, MINUTE)),
      ),
    ),
  );
  const states = new Set(answers.flatMap((answer) => (answer.ok ? [answer.value.state] : [])));
  expect(states.size).toBe(1);
  const [here, there] = [await level(made.near), await level(made.sister)];
  expect((here?.on_hand ?? 0) + (there?.on_hand ?? 0)).toBe(10);
  expect((here?.allocated ?? 0) + (there?.allocated ?? 0)).toBe(states.has('sent') ? 2 : 0);
  expect((await partsOf(order))[1]?.state).toBe(states.has('sent') ? 'accepted' : 'refused');
});

const afternoon = portsAt(plusMs(wednesdayMorning, 5 * HOUR));

test('what the network can only bring later is a question, not a promise: with a yes it is brought for the hour that was read', async () => {
  const { near, sister, order, shown, option, answer } = await askedLater();
  const asked = shown.options[option];
  expect((await getTracking(order.orderToken, ports))?.head.state, 'nothing is cancelled while something is asked').toBe('undecided');
  if (asked?.kind !== 'carried') throw new Error('it is asked about');
  const { carriedFrom, from } = asked;
  expect(asked).toMatchObject({ method: 'pickup', payMinor: 900 });
  expect(await level(sister), 'nothing is claimed before the answer').toMatchObject({ allocated: 0 });
  expect(await listAskedToCarry(sister.shop.scope)).toEqual([]);
  await carryOutEverything(ports);
  const mails = await databaseHandle().sql<
    { text: string }[]
  >`select plain_text as text from messages where kind = 'rescue-asked' and subject = ${shown.subOrderId}`;
  expect(mails[0]?.text).toContain(`apporté par ${carriedFrom}`);
  const stranger = await paidOrder([{ offer: sister.offer }]);
  const wish = { rescueId: shown.rescueId, choice: { option } };
  expect(await answerRescue(linkOf(stranger), wish, ports)).toMatchObject({ ok: false, error: { kind: 'rescue-not-found' } });

  expect(await answer({ option })).toEqual({ ok: true, value: { state: 'offered' } });
  expect(await answer({ option }), 'once').toMatchObject({ ok: false, error: { kind: 'already-decided' } });
  const parts = (await getTracking(order.orderToken, ports))?.subOrders;
  expect(parts, 'one place, at the new hour').toMatchObject([{ number: `${order.number}-2`, promisedFrom: from }]);
  expect(await answerCarry(sister.shop.scope, { transferId: await askedOf(sister), answer: 'sent' }, afternoon)).toMatchObject({
    ok: true,
  });
  expect(await rescueShown(order)).toMatchObject({ state: 'rescued', carriedFrom, isCarriedLater: true });
  expect(await level(near)).toMatchObject({ on_hand: 2, allocated: 2 });
});

test('a later carry that is not wanted, not answered, gone or not sent ends as every rescue does, and claims nothing', async () => {
  const unwanted = await askedLater();
  expect(await unwanted.answer('refund')).toEqual({ ok: true, value: { state: 'refunded' } });
  expect(await level(unwanted.sister)).toMatchObject({ on_hand: 10, allocated: 0 });

  const silent = await askedLater();
  await endOverdueRescues(portsAt(plusMs(wednesdayMorning, 31 * MINUTE)));
  expect(await rescueShown(silent.order), 'silence is the refund that was told').toMatchObject({ state: 'refunded' });

  const gone = await askedLater();
  expect(await sellAtCounter(gone.sister, 9)).toMatchObject({ ok: true });
  expect(await gone.answer({ option: gone.option })).toEqual({ ok: true, value: { state: 'searching' } });
  await resolveRescues(gone.order.orderId, ports);
  expect((await rescueShown(gone.order))?.options.filter(({ kind }) => kind === 'carried')).toEqual([]);
  expect(await level(gone.sister)).toMatchObject({ on_hand: 1, allocated: 0 });

  const unsent = await askedLater();
  await unsent.answer({ option: unsent.option });
  await answerCarry(unsent.sister.shop.scope, { transferId: await askedOf(unsent.sister), answer: 'declined' }, afternoon);
  await resolveRescues(unsent.order.orderId, afternoon);
  expect(
    (await rescueShown(unsent.order))?.options.filter(({ kind }) => kind === 'carried'),
    'who declined is not asked again',
  ).toEqual([]);
  expect(await level(unsent.sister)).toMatchObject({ on_hand: 10, allocated: 0 });
  expect(await listLevelsOffTheirClaims()).toEqual([]);
});

test('a shop of the network that opens in time is asked when it opens', async () => {
  const made = await street({ openingHours: 'Mo-Sa 14:00-19:00' });
  const order = await paidOrder([{ offer: made.near.offer }], ports);
  await databaseHandle().sql`update sub_orders set promised_from = promised_from + interval '6 hours' where order_id = ${order.orderId}`;
  await refuseSubOrder(made.near.shop.scope, { subOrderId: (await partOf(order, made.near.shop)).id, reason: 'missing' }, ports);
  await resolveRescues(order.orderId, ports);
  expect(await listAskedToCarry(made.sister.shop.scope)).toHaveLength(1);
});
