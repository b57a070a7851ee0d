import { expect, test } from 'vitest';
import { getPaymentPage, hearWebhook, payWithDemoCard, signedDemoWebhook, startPayment, syncPayment } from '@/lib/payments';
import { databaseHandle } from '@/lib/platform/database';
import { given, portsAt } from '../../support/builders';
import { deliverWebhook, goodCard, moneyOf, owedWebhooks, paidOrder, partsOf, picture, placedOrder } from '../../support/paid-order';

const loaf = async () => given.offer({ shop: await given.shop() });

test('a webhook that comes twice, or after the answer it repeats, changes nothing', async () => {
  const order = await paidOrder([{ offer: await loaf() }]);
  const before = await picture();
  const [webhook] = await owedWebhooks(order);
  if (!webhook) throw new Error('the provider owes a webhook');

  expect(await deliverWebhook(webhook)).toBe('heard');
  expect(await deliverWebhook(webhook)).toBe('heard-before');
  expect(await picture()).toEqual(before);
});

test('a webhook alone settles the payment when the answer was lost', async () => {
  const order = await placedOrder([{ offer: await loaf() }]);
  const paid = await payWithDemoCard(order.orderToken, { ...goodCard, number: '4000 0037 2000 0278' }, portsAt());
  expect(paid).toEqual({ ok: true, value: 'processing' });
  expect((await partsOf(order)).map((part) => part.state)).toEqual(['placed']);

  for (const webhook of await owedWebhooks(order)) await deliverWebhook(webhook);
  expect((await moneyOf(order)).state).toBe('authorised');
  expect((await partsOf(order)).map((part) => part.state)).toEqual(['offered']);
});

test('coming back from the bank settles the payment before its webhook does', async () => {
  const order = await placedOrder([{ offer: await loaf() }]);
  await payWithDemoCard(order.orderToken, { ...goodCard, number: '4000 0037 2000 0278' }, portsAt());
  expect(await syncPayment(order.orderToken, portsAt())).toMatchObject({ ok: true, value: { state: 'authorised' } });
});

test('an old decline that arrives after the success takes nothing back', async () => {
  const order = await placedOrder([{ offer: await loaf() }]);
  const declined = await payWithDemoCard(order.orderToken, { ...goodCard, number: '4000000000000002' }, portsAt());
  expect(declined).toEqual({ ok: false, error: { kind: 'payment-declined', reason: 'declined' } });
  const late = await owedWebhooks(order);
  expect((await payWithDemoCard(order.orderToken, goodCard, portsAt())).ok).toBe(true);

  const before = await picture();
  for (const webhook of [...(await owedWebhooks(order)), ...late]) expect(await deliverWebhook(webhook)).toBe('heard');
  expect(await picture()).toEqual(before);
});

test('the card whose webhook is sent twice is paid once', async () => {
  const order = await placedOrder([{ offer: await loaf() }]);
  await payWithDemoCard(order.orderToken, { ...goodCard, number: '4000000000000077' }, portsAt());
  const heard = [];
  for (const webhook of await owedWebhooks(order)) heard.push(await deliverWebhook(webhook));
  expect(heard).toEqual(['heard', 'heard-before']);
});

test('a forged, a tampered and an old message are not believed', async () => {
  const order = await placedOrder([{ offer: await loaf() }]);
  await startPayment(order.orderToken, portsAt());
  const { provider_reference: reference } = await moneyOf(order);
  const message = {
    id: 'evt_forged',
    type: 'payment_intent.amount_capturable_updated',
    created: 0,
    data: { object: { id: reference, status: 'requires_capture', amount: 450 } },
  } as const;
  const forged = signedDemoWebhook(message, 'whsec_of_somebody_else');
  const honest = signedDemoWebhook(message);

  const refused = { ok: false, error: { kind: 'signature-invalid' } };
  expect(await hearWebhook(forged.body, forged.signature)).toEqual(refused);
  expect(await hearWebhook(honest.body.replace('450', '4'), honest.signature)).toEqual(refused);
  expect(await hearWebhook(honest.body, '')).toEqual(refused);
  expect((await partsOf(order)).map((part) => part.state)).toEqual(['placed']);
});

test('a message about an intent of nobody changes nothing, and one without an intent is heard', async () => {
  await given.city();
  const stranger = signedDemoWebhook({
    id: 'evt_a',
    type: 'payment_intent.succeeded',
    created: 0,
    data: { object: { id: 'pi_unknown', status: 'succeeded', amount: 1 } },
  });
  expect(await hearWebhook(stranger.body, stranger.signature)).toEqual({ ok: true, value: 'not-ours' });
});

test('the pay step opens one intent however often it is opened, and names every shop that is paid', async () => {
  const order = await placedOrder([
    { offer: await given.offer({ shop: await given.shop({ name: 'Chez Anne' }) }) },
    { offer: await given.offer({ shop: await given.shop({ name: 'Chez Luc' }), listing: await given.listing({ title: 'Sel' }) }) },
  ]);
  await Promise.all(Array.from({ length: 5 }, () => startPayment(order.orderToken, portsAt())));

  const [row] = await databaseHandle()
    .sql`select count(*)::int as intents, (select count(*)::int from payments where order_id = ${order.orderId}) as payments,
    (select sum(s.amount_minor)::int from payment_shares s join payments p on p.id = s.payment_id where p.order_id = ${order.orderId}) as shares
    from demo_intents d join payments p on p.order_id = d.idempotency_key where p.order_id = ${order.orderId}`;
  expect(row).toEqual({ intents: 1, payments: 1, shares: 900 });
  const page = await getPaymentPage(order.orderToken);
  expect(page?.shops).toEqual(['Chez Anne', 'Chez Luc']);
  expect(page?.demoCards.length).toBeGreaterThan(5);
  expect(await getPaymentPage('a-token-of-nothing')).toBeUndefined();
});
