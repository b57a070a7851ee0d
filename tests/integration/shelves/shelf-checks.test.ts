import { expect, test } from 'vitest';
import { ageStock, recordCount, searchShopStock } from '@/lib/inventory';
import type { ShelfCheckId, ShopperScope } from '@/lib/kernel';
import { DAY, MINUTE, plusMs } from '@/lib/kernel';
import { mailShelfCheck } from '@/lib/messaging';
import { databaseHandle } from '@/lib/platform/database';
import { answerShelfCheck, askShelfCheck, expireShelfChecks, listOpenChecks, listShelfChecks } from '@/lib/shelves';
import type { GivenOffer } from '../../support/builders';
import { given, newKey, orderFor, portsAt, wednesdayMorning } from '../../support/builders';
import { placeOrder } from '@/lib/checkout';

const ports = portsAt();
const stranger: ShopperScope = { kind: 'shopper', personId: undefined, basketId: undefined };

async function doubtful(stock: number): Promise<GivenOffer> {
  return given.offer({ shop: await given.shop(), stock, confidenceBps: 5_000 });
}

async function asked(offer: GivenOffer): Promise<ShelfCheckId> {
  const outcome = await askShelfCheck(stranger, offer.offerId, ports);
  if (!outcome.ok) throw new Error(outcome.error.kind);
  return outcome.value.checkId;
}

const rowOf = async (offer: GivenOffer) => (await searchShopStock(offer.shop.scope, ''))[0];

test('a shopper asks, the shop says yes with one tap: the shopper reads it, and the figure is confirmed', async () => {
  const offer = await doubtful(2);
  const checkId = await asked(offer);
  expect(await listOpenChecks(offer.shop.scope, wednesdayMorning)).toMatchObject([{ checkId, onRecord: 2 }]);
  expect((await listShelfChecks([offer.offerId], wednesdayMorning)).get(offer.offerId)).toMatchObject({ state: 'asked' });

  expect(await answerShelfCheck(offer.shop.scope, { checkId, answer: 'yes' }, ports)).toEqual({
    ok: true,
    value: { state: 'found', onHand: 2 },
  });
  expect((await listShelfChecks([offer.offerId], wednesdayMorning)).get(offer.offerId)).toMatchObject({
    state: 'found',
    quantity: undefined,
  });
  expect(await listOpenChecks(offer.shop.scope, wednesdayMorning)).toEqual([]);
  expect(await rowOf(offer)).toMatchObject({ onHand: 2, confidence: 'confirmed', asOf: wednesdayMorning });
  expect(await askShelfCheck(stranger, offer.offerId, ports)).toMatchObject({ ok: true, value: { checkId } });
});

test('"none left" takes what can be sold to zero and leaves what is set aside for orders alone', async () => {
  const offer = await doubtful(3);
  const basket = await given.basketOf([{ offer, quantity: 2 }]);
  expect((await placeOrder(basket.shopper, orderFor(basket), ports)).ok).toBe(true);
  const checkId = await asked(offer);
  await answerShelfCheck(offer.shop.scope, { checkId, answer: 'no' }, ports);
  expect(await rowOf(offer)).toMatchObject({ onHand: 2, reserved: 2, available: 0 });
  const told = await databaseHandle().sql`select 1 from domain_events where name = 'ShortageDetected' and subject = ${offer.offerId}`;
  expect(told).toHaveLength(0);
});

test('a counted answer is the count, and the second answer changes nothing', async () => {
  const offer = await doubtful(9);
  const checkId = await asked(offer);
  expect(await answerShelfCheck(offer.shop.scope, { checkId, answer: 4 }, ports)).toMatchObject({ ok: true, value: { onHand: 4 } });
  expect(await answerShelfCheck(offer.shop.scope, { checkId, answer: 'no' }, ports)).toMatchObject({ ok: true, value: { state: 'found' } });
  expect((await rowOf(offer))?.onHand).toBe(4);
});

test('a hundred who ask at once ask once; the shop gets one mail', async () => {
  const offer = await doubtful(1);
  const outcomes = await Promise.all(Array.from({ length: 100 }, () => askShelfCheck(stranger, offer.offerId, ports)));
  expect(new Set(outcomes.map((outcome) => (outcome.ok ? outcome.value.checkId : outcome.error.kind))).size).toBe(1);
  const { sql } = databaseHandle();
  const [event] = await sql`select id, subject from domain_events where name = 'ShelfCheckAsked' and facts->>'offerId' = ${offer.offerId}`;
  const facts = { shopId: offer.shop.shopId, offerId: offer.offerId };
  for (let time = 0; time < 2; time += 1)
    await mailShelfCheck({ name: 'ShelfCheckAsked', subject: event?.['subject'], facts }, event?.['id'], ports);
  expect(await sql`select title from messages where kind = 'shelf-check' and subject = ${event?.['subject']}`).toMatchObject([
    { title: expect.stringContaining('Pain de campagne') },
  ]);
});

test('a question nobody answers goes away by itself; an answer after that still corrects the shelf', async () => {
  const offer = await doubtful(2);
  const checkId = await asked(offer);
  const later = portsAt(plusMs(wednesdayMorning, 21 * MINUTE));
  expect((await listShelfChecks([offer.offerId], later.clock.now())).get(offer.offerId)?.state).toBe('expired');
  await expireShelfChecks(later);
  expect(await listOpenChecks(offer.shop.scope, later.clock.now())).toEqual([]);
  expect(await answerShelfCheck(offer.shop.scope, { checkId, answer: 'no' }, later)).toMatchObject({ ok: true, value: { state: 'gone' } });
  expect((await rowOf(offer))?.onHand).toBe(0);
});

test('a shut shop, a confirmed figure and another shop’s question are refused', async () => {
  const shut = await given.offer({ shop: await given.shop({ openingHours: 'Fr 14:00-18:00' }), stock: 2, confidenceBps: 5_000 });
  expect(await askShelfCheck(stranger, shut.offerId, ports)).toMatchObject({ ok: false, error: { kind: 'shop-shut' } });
  const sure = await given.offer({ shop: await given.shop(), stock: 2 });
  expect(await askShelfCheck(stranger, sure.offerId, ports)).toMatchObject({ ok: false, error: { kind: 'already-confirmed' } });
  const checkId = await asked(await doubtful(2));
  expect(await answerShelfCheck(sure.shop.scope, { checkId, answer: 'no' }, ports)).toMatchObject({
    ok: false,
    error: { kind: 'check-not-found' },
  });
});

test('a figure loses its worth with age, is not sold by when it is too old, and a count brings it back', async () => {
  const offer = await given.offer({ shop: await given.shop(), stock: 5 });
  const words = [];
  for (const days of [1, 15, 60, 125]) {
    await ageStock('all', portsAt(plusMs(wednesdayMorning, days * DAY)));
    const row = await rowOf(offer);
    words.push([row?.confidence, row?.available]);
  }
  expect(words).toEqual([
    ['confirmed', 5],
    ['likely', 5],
    ['check', 5],
    ['check', 0],
  ]);
  const later = portsAt(plusMs(wednesdayMorning, 126 * DAY));
  await recordCount(offer.shop.scope, { offerId: offer.offerId, counted: 4, asOf: later.clock.now(), key: newKey() }, later);
  expect(await rowOf(offer)).toMatchObject({ onHand: 4, available: 4, confidence: 'confirmed' });
});

test('every minute of an hour ages its part of the shelves, and together they are all of them', async () => {
  const offer = await given.offer({ shop: await given.shop(), stock: 5 });
  const later = portsAt(plusMs(wednesdayMorning, 40 * DAY));
  for (let part = 0; part < 60; part += 1) await ageStock(part, later);
  expect((await rowOf(offer))?.confidence).not.toBe('confirmed');
  expect(await ageStock('all', later)).toBe(0);
});
