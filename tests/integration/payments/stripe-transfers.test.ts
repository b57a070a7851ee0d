import Stripe from 'stripe';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { acceptSubOrder, refuseSubOrder } from '@/lib/fulfilment';
import { demoIban } from '@/lib/intents/iban';
import { stripeProvider } from '@/lib/intents/stripe-provider';
import { minor } from '@/lib/kernel';
import { capturePayment, chooseMethod, getPaymentPage, hearWebhook, returnMoney, sendBackLeftovers, startPayment } from '@/lib/payments';
import { databaseHandle } from '@/lib/platform/database';
import { given, portsAt } from '../../support/builders';
import type { GivenOrder } from '../../support/paid-order';
import { carryOutEverything, partOf, placedOrder } from '../../support/paid-order';
import { describedVersion, problemsOf } from '../../support/stripe/described';
import published from '../../support/stripe/objects.json' with { type: 'json' };

/** Stripe's place is taken before anything of ours is imported: the environment is read once. */
const { stripe, settings } = await vi.hoisted(async () => {
  const { createServer } = await import('node:http');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has a port');
  const apiUrl = `http://127.0.0.1:${address.port}`;
  vi.stubEnv('STRIPE_SECRET_KEY', 'sk_test_x');
  vi.stubEnv('STRIPE_PUBLISHABLE_KEY', 'pk_test_x');
  vi.stubEnv('STRIPE_WEBHOOK_SECRET', 'whsec_x');
  vi.stubEnv('STRIPE_API_URL', apiUrl);
  return { stripe: server, settings: { secretKey: 'sk_test_x', publishableKey: 'pk_test_x', webhookSecret: 'whsec_x', apiUrl } };
});

const { objects } = published;
type Form = Readonly<Record<string, string>>;
type Movement = { readonly id: string; readonly type: string; readonly net_amount: number; readonly ending_balance: number };
type Taking = { readonly id: string; readonly status: string; readonly amount: number; readonly amount_received: number };
type Account = { metadata: Record<string, string>; movements: Movement[]; takings: Taking[] };

const accounts = new Map<string, Account>();
const answers = new Map<string, object>();
const asked: { readonly call: string; readonly form: Form; readonly key: string | undefined }[] = [];
const problems: string[] = [];
/** The name of a call after which the connection is cut: it was done, and nobody hears of it. */
let cutAfter = '';
const listOf = (data: readonly object[]) => ({ object: 'list', data, has_more: false, url: '/v1/list' });

/** Keeps the books Stripe keeps, as far as transfers go, in the shapes it publishes; each request is held against the description. */
stripe.on('request', (request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://stripe.test');
    const method = request.method ?? '';
    const form = method === 'GET' ? searchParams : new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
    problems.push(...problemsOf(method, pathname, form));
    if (request.headers['stripe-version'] !== describedVersion) problems.push(`another version: ${pathname}`);
    const key = request.headers['idempotency-key']?.toString();
    const call = `${method} ${pathname}`;
    asked.push({ call, form: Object.fromEntries(form), key });
    const answer = (method === 'POST' && key !== undefined && answers.get(key)) || answerTo(method, pathname, Object.fromEntries(form));
    if (method === 'POST' && key !== undefined) answers.set(key, answer);
    if (cutAfter !== '' && call.startsWith(cutAfter)) response.destroy();
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
});

function move(reference: string, type: string, net: number): Movement {
  const account = accounts.get(reference);
  if (!account) throw new Error(`no customer ${reference}`);
  const movement = {
    ...objects.customer_cash_balance_transaction,
    id: `ccsbtxn_${reference}_${account.movements.length}`,
    customer: reference,
    type,
    net_amount: net,
    ending_balance: (account.movements[0]?.ending_balance ?? 0) + net,
  };
  account.movements.unshift(movement);
  return movement;
}

function answerTo(method: string, path: string, form: Form): object {
  const reference = path.split('/')[3] ?? form['customer'] ?? '';
  const metadata = Object.fromEntries(
    Object.entries(form).flatMap(([name, value]) => (/^metadata\[(\w+)\]$/.exec(name) ? [[name.slice(9, -1), value]] : [])),
  );
  if (method === 'POST' && path === '/v1/customers') {
    const made = `cus_${accounts.size}_${Date.now()}`;
    accounts.set(made, { metadata, movements: [], takings: [] });
    return { ...objects.customer, id: made, metadata };
  }
  if (path.endsWith('/funding_instructions')) {
    const iban = { account_holder_name: 'Ville de test', bic: 'STRPFRPPXXX', country: 'FR', iban: demoIban('00000000042') };
    const address = { type: 'iban', supported_networks: ['sepa'], iban };
    return {
      ...objects.funding_instructions,
      currency: 'eur',
      bank_transfer: { type: 'eu_bank_transfer', country: 'FR', financial_addresses: [address] },
    };
  }
  const account = accounts.get(form['customer'] ?? reference);
  if (path.endsWith('/cash_balance_transactions')) return listOf(account?.movements ?? []);
  if (path.startsWith('/v1/customers/')) {
    Object.assign(account?.metadata ?? {}, metadata);
    return { ...objects.customer, id: reference, metadata: account?.metadata };
  }
  if (path === '/v1/payment_intents' && method === 'GET') return listOf(account?.takings ?? []);
  if (path === '/v1/payment_intents' && form['customer'] !== undefined) {
    const amount = Number(form['amount']);
    const taking = { ...objects.payment_intent, id: `pi_of_${form['customer']}`, amount, amount_received: amount, status: 'succeeded' };
    account?.takings.push(taking);
    move(form['customer'], 'applied_to_payment', -amount);
    return taking;
  }
  if (path === '/v1/refunds') {
    if (form['origin'] === 'customer_balance') move(form['customer'] ?? '', 'return_initiated', -Number(form['amount']));
    return { ...objects.refund, id: `re_${answers.size}` };
  }
  return { ...objects.payment_intent, id: `pi_card_${answers.size}`, ...(path.endsWith('/cancel') && { status: 'canceled' }) };
}

afterEach(() => {
  expect(problems).toEqual([]);
  asked.splice(0);
  cutAfter = '';
});
afterAll(() => {
  vi.unstubAllEnvs();
  stripe.close();
});

/** The payer's bank sends money; Stripe says so, by the object it publishes. */
async function send(reference: string, amountMinor: number): Promise<unknown> {
  return tell('customer_cash_balance_transaction.created', move(reference, 'funded', amountMinor));
}

async function tell(type: string, object: object): Promise<unknown> {
  const body = JSON.stringify({ ...objects.event, id: `evt_${Math.random()}`, type, data: { object } });
  const heard = await hearWebhook(body, Stripe.webhooks.generateTestHeaderString({ payload: body, secret: 'whsec_x' }), portsAt());
  await carryOutEverything(portsAt());
  return heard.ok ? heard.value : heard.error.kind;
}

async function paymentOf(order: GivenOrder) {
  const [row] = await databaseHandle().sql`
    select state, provider_reference as reference, charge_reference as charge, captured_minor::int as captured, arrived_minor::int as arrived,
      sent_back_minor::int as back from payments where order_id = ${order.orderId}`;
  return row as { state: string; reference: string; charge: string | null; captured: number; arrived: number; back: number };
}

async function toPay() {
  const [yes, no] = [await given.shop(), await given.shop()];
  const order = await placedOrder(
    [
      { offer: await given.offer({ shop: yes }) },
      { offer: await given.offer({ shop: no, listing: await given.listing({ title: 'Sel' }) }) },
    ],
    portsAt(),
    'refund',
  );
  const chosen = await chooseMethod(order.orderToken, 'bank-transfer', portsAt());
  if (!chosen.ok) throw new Error(chosen.error.kind);
  return { yes, no, order, page: chosen.value, reference: (await paymentOf(order)).reference };
}

test('a transfer is a customer whose balance nobody but us reconciles, with an account of the city’s country', async () => {
  const { page, order, reference } = await toPay();
  expect(page.transfer).toMatchObject({
    beneficiary: 'Ville de test',
    iban: demoIban('00000000042'),
    reference: order.number,
    missingMinor: 900,
  });
  expect(asked.slice(0, 2)).toMatchObject([
    {
      call: 'POST /v1/customers',
      form: { 'cash_balance[settings][reconciliation_mode]': 'manual', 'metadata[order_number]': order.number },
    },
    {
      call: `POST /v1/customers/${reference}/funding_instructions`,
      form: { funding_type: 'bank_transfer', currency: 'eur', 'bank_transfer[eu_bank_transfer][country]': 'FR' },
    },
  ]);
  expect(asked.slice(0, 2).every(({ key, form }) => key?.includes(order.orderId) && (form['email'] ?? '@').includes('@'))).toBe(true);
});

test('what came is held, what was accepted is taken in the order’s group, the rest goes back; cut off at any call, the next run finds what is done', async () => {
  const { yes, no, order, reference } = await toPay();
  expect(await send(reference, 400)).toBe('heard');
  expect(await getPaymentPage(order.orderToken)).toMatchObject({ state: 'open', transfer: { arrivedMinor: 400, missingMinor: 500 } });
  expect(await tell('cash_balance.funds_available', { object: 'cash_balance', customer: reference, available: { eur: 400 } })).toBe(
    'heard',
  );
  expect(await send(reference, 700)).toBe('heard');
  expect((await paymentOf(order)).state).toBe('authorised');
  await refuseSubOrder(no.scope, { subOrderId: (await partOf(order, no)).id, reason: 'missing' }, portsAt());
  await carryOutEverything(portsAt());

  // The connection is lost for longer than the library tries again, first at the taking, then at the way back.
  await acceptSubOrder(yes.scope, (await partOf(order, yes)).id, portsAt());
  for (const call of ['POST /v1/payment_intents', 'POST /v1/refunds']) {
    cutAfter = call;
    await expect(capturePayment(order.orderId, portsAt())).rejects.toThrow();
    expect((await paymentOf(order)).state).toBe('authorised');
  }
  cutAfter = '';
  await carryOutEverything(portsAt());
  expect(await paymentOf(order)).toMatchObject({
    state: 'captured',
    captured: 450,
    arrived: 1_100,
    back: 650,
    charge: `pi_of_${reference}`,
  });
  const done = accounts.get(reference);
  expect(done?.takings).toHaveLength(1);
  expect(done?.movements.map(({ type, net_amount: net }) => [type, net]).toReversed()).toEqual([
    ['funded', 400],
    ['funded', 700],
    ['applied_to_payment', -450],
    ['return_initiated', -650],
  ]);
  expect(asked.find(({ call }) => call === 'POST /v1/payment_intents')?.form).toMatchObject({
    transfer_group: order.number,
    'payment_method_types[0]': 'customer_balance',
  });

  await send(reference, 900); // once more, when it is long taken
  await sendBackLeftovers(portsAt());
  await sendBackLeftovers(portsAt());
  expect(await paymentOf(order)).toMatchObject({ captured: 450, arrived: 2_000, back: 1_550 });
  expect(done?.movements[0]).toMatchObject({ type: 'return_initiated', net_amount: -900, ending_balance: 0 });
}, 60_000);

test('what is refunded later is refunded of the taking', async () => {
  const { yes, no, order, reference } = await toPay();
  await send(reference, 900);
  for (const shop of [yes, no]) await acceptSubOrder(shop.scope, (await partOf(order, shop)).id, portsAt());
  await carryOutEverything(portsAt());
  await databaseHandle().sql`update sub_orders set state = 'cancelled' where id = ${(await partOf(order, no)).id}`;
  await returnMoney(order.orderId, portsAt());
  expect(asked.filter(({ call }) => call === 'POST /v1/refunds').map(({ form }) => form)).toEqual([
    { payment_intent: `pi_of_${reference}`, amount: '450' },
  ]);
});

test('turned away from, it is closed, and what still comes goes back; a card is taken as ever, and other countries have none', async () => {
  const { order, reference } = await toPay();
  await chooseMethod(order.orderToken, 'card', portsAt());
  expect(accounts.get(reference)?.metadata).toMatchObject({ closed: 'true' });
  expect((await paymentOf(order)).reference).toMatch(/^pi_card_/);
  expect(await send(reference, 900)).toBe('heard');
  await sendBackLeftovers(portsAt());
  expect(accounts.get(reference)?.movements[0]).toMatchObject({ type: 'return_initiated', ending_balance: 0 });
  expect(await send(reference, 100)).toBe('heard'); // the same amount may come again under another key
  await sendBackLeftovers(portsAt());
  expect(accounts.get(reference)?.movements[0]).toMatchObject({ net_amount: -100, ending_balance: 0 });
  expect(await tell('customer_cash_balance_transaction.created', { customer: 'cus_of_nobody' })).toBe('not-ours');
  expect(await tell('customer_cash_balance_transaction.created', { customer: 7 })).toBe('message-unreadable');

  const provider = stripeProvider(settings);
  expect(['FR', 'DE', 'CH'].map((country) => provider.takesTransfers({ country, currency: 'EUR' }))).toEqual([true, true, false]);
  expect(provider.takesTransfers({ country: 'FR', currency: 'CHF' as never })).toBe(false);
  expect(await provider.cancel(reference, 'again')).toMatchObject({ state: 'cancelled', capturedMinor: minor(0) });
});

test('a payment begun with the demo, before the city had its keys, is gone on with there', async () => {
  const { order } = await toPay();
  await databaseHandle()
    .sql`update payments set provider = 'demo', method = 'card', provider_reference = null where order_id = ${order.orderId}`;
  asked.splice(0);
  expect(await startPayment(order.orderToken, portsAt())).toMatchObject({ ok: true, value: { provider: 'demo' } });
  expect((await paymentOf(order)).reference).toMatch(/^pi_demo_/);
  expect(asked).toEqual([]);
});
