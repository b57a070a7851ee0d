import { expect, test } from 'vitest';
import { expireUnpaid } from '@/lib/checkout';
import { HOUR, MINUTE, plusMs } from '@/lib/kernel';
import { answerChallenge, capturePayment, getPaymentPage, payWithDemoCard, startPayment } from '@/lib/payments';
import { databaseHandle } from '@/lib/platform/database';
import { type GivenOffer, given, portsAt, wednesdayMorning } from '../../support/builders';
import { carryOutEverything, deliverWebhook, goodCard, moneyOf, owedWebhooks, partsOf, placedOrder } from '../../support/paid-order';

const loaf = async (stock = 10) => given.offer({ shop: await given.shop(), stock });
const level = async ({ offerId }: GivenOffer) =>
  (await databaseHandle().sql`select on_hand, reserved, allocated from stock_levels where offer_id = ${offerId}`)[0];

test('a declined card loses nothing: another one pays the same order', async () => {
  const offer = await loaf();
  const order = await placedOrder([{ offer }]);
  for (const [number, reason] of [
    ['4000000000000002', 'declined'],
    ['4000000000009995', 'insufficient-funds'],
    ['4000000000000069', 'expired-card'],
  ] as const) {
    expect(await payWithDemoCard(order.orderToken, { ...goodCard, number }, portsAt())).toEqual({
      ok: false,
      error: { kind: 'payment-declined', reason },
    });
    expect((await getPaymentPage(order.orderToken))?.state).toBe('declined');
    expect(await level(offer)).toEqual({ on_hand: 10, reserved: 1, allocated: 0 });
  }
  expect(await payWithDemoCard(order.orderToken, goodCard, portsAt())).toEqual({ ok: true, value: 'authorised' });
  expect(await level(offer)).toEqual({ on_hand: 10, reserved: 0, allocated: 1 });
});

test('what cannot be a test card is refused before anybody is asked, field by field', async () => {
  const order = await placedOrder([{ offer: await loaf() }]);
  const refusalOf = async (card: Partial<typeof goodCard>) => {
    const paid = await payWithDemoCard(order.orderToken, { ...goodCard, ...card }, portsAt());
    return paid.ok ? paid.value : paid.error.kind;
  };
  expect(await refusalOf({ number: '4242 4242 4242 4241' })).toBe('card-number-invalid');
  expect(await refusalOf({ number: '' })).toBe('card-number-invalid');
  expect(await refusalOf({ number: '5555 5555 5555 4444' })).toBe('not-a-test-card');
  expect(await refusalOf({ expiry: '13/30' })).toBe('card-expiry-unreadable');
  expect(await refusalOf({ expiry: '10/26' })).toBe('card-expiry-past');
  expect(await refusalOf({ code: '12' })).toBe('card-code-invalid');
  expect(await refusalOf({ expiry: '11 / 2026' })).toBe('authorised');
});

test('a challenge approved pays, a challenge refused declines and another card may follow', async () => {
  const challenged = { ...goodCard, number: '4000002760003184' };
  const first = await placedOrder([{ offer: await loaf() }]);
  expect(await payWithDemoCard(first.orderToken, challenged, portsAt())).toEqual({ ok: true, value: 'challenge' });
  expect((await getPaymentPage(first.orderToken))?.state).toBe('challenge');
  expect(await answerChallenge(first.orderToken, true, portsAt())).toEqual({ ok: true, value: 'authorised' });

  const second = await placedOrder([{ offer: await loaf() }]);
  await payWithDemoCard(second.orderToken, challenged, portsAt());
  expect(await answerChallenge(second.orderToken, false, portsAt())).toEqual({
    ok: false,
    error: { kind: 'payment-declined', reason: 'declined' },
  });
  expect(await payWithDemoCard(second.orderToken, goodCard, portsAt())).toEqual({ ok: true, value: 'authorised' });
});

test('ten clicks on pay authorise once', async () => {
  const offer = await loaf();
  const order = await placedOrder([{ offer }]);
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => payWithDemoCard(order.orderToken, goodCard, portsAt())));
  expect(outcomes.every((outcome) => outcome.ok && outcome.value === 'authorised')).toBe(true);
  const [counted] = await databaseHandle()
    .sql`select count(*) filter (where name = 'OrderPaid')::int as paid, count(*) filter (where name = 'SubOrderChanged')::int as changed from domain_events where subject = ${order.orderId} or facts ->> 'orderId' = ${order.orderId}`;
  expect(counted).toEqual({ paid: 1, changed: 1 });
  expect(await level(offer)).toEqual({ on_hand: 10, reserved: 0, allocated: 1 });
});

test('money that comes after the hold ran out claims the units again', async () => {
  const offer = await loaf();
  const order = await placedOrder([{ offer }]);
  await startPayment(order.orderToken, portsAt());
  await payWithDemoCard(order.orderToken, { ...goodCard, number: '4000003720000278' }, portsAt());
  await databaseHandle().sql`update reservations set state = 'released' where offer_id = ${offer.offerId}`;
  await databaseHandle().sql`update stock_levels set reserved = 0 where offer_id = ${offer.offerId}`;

  for (const webhook of await owedWebhooks(order)) await deliverWebhook(webhook, portsAt(plusMs(wednesdayMorning, HOUR)));
  expect((await partsOf(order)).map((part) => part.state)).toEqual(['offered']);
  expect(await level(offer)).toEqual({ on_hand: 10, reserved: 0, allocated: 1 });
});

test('money that comes when the goods are gone is let go, and nothing was ever taken', async () => {
  const offer = await loaf(1);
  const order = await placedOrder([{ offer }]);
  await payWithDemoCard(order.orderToken, { ...goodCard, number: '4000003720000278' }, portsAt());
  const later = portsAt(plusMs(wednesdayMorning, 20 * MINUTE));
  await expireUnpaid(later.clock.now(), later);
  await placedOrder([{ offer }], later); // somebody else took the last one

  for (const webhook of await owedWebhooks(order)) await deliverWebhook(webhook, later);
  await carryOutEverything();
  expect(await moneyOf(order)).toMatchObject({ state: 'voided', captured: 0, provider: 'cancelled', providerCaptured: 0 });
  expect((await getPaymentPage(order.orderToken))?.state).toBe('expired');
  expect((await partsOf(order)).map((part) => part.state)).toEqual(['expired']);
  expect(await capturePayment(order.orderId)).toEqual({ ok: false, error: { kind: 'nothing-held' } });
});

test('an order that was not paid in time cannot be begun to pay any more', async () => {
  const order = await placedOrder([{ offer: await loaf() }]);
  const later = portsAt(plusMs(wednesdayMorning, 16 * MINUTE));
  expect(await startPayment(order.orderToken, later)).toEqual({ ok: false, error: { kind: 'order-over' } });
  expect(await payWithDemoCard('another-token', goodCard, later)).toEqual({ ok: false, error: { kind: 'order-not-found' } });
});
