import { NextRequest } from 'next/server';
import Stripe from 'stripe';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { POST } from '@/app/api/payment-account/route';
import { instant, minor } from '@/lib/kernel';
import { readProviderMessage } from '@/lib/intents/provider-message';
import { stripeProvider } from '@/lib/intents/stripe-provider';
import { databaseHandle } from '@/lib/platform/database';
import { systemIds } from '@/lib/platform/ids';
import { leaveOnboarding } from '@/lib/provider';
import { stripeMerchants } from '@/lib/provider/stripe-merchants';
import { given } from '../../support/builders';
import { type Person, personOf } from '../../support/signed-in';
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
  const keys = { secretKey: 'sk_test_x', publishableKey: 'pk_test_x', webhookSecret: 'whsec_x', connectWebhookSecret: 'whsec_y' };
  return { stripe: server, settings: { ...keys, apiUrl } };
});
const merchants = stripeMerchants(settings);

type Asked = {
  readonly call: string;
  readonly form: Readonly<Record<string, string>>;
  readonly key: string | undefined;
  readonly account: string | undefined;
  readonly version: string | undefined;
};

const { objects } = published;
const asked: Asked[] = [];
const problems: string[] = [];
let standing = {};
const listOf = (data: readonly object[]) => ({ object: 'list', data, has_more: false, url: '/v1/list' });

/** Answers with the objects Stripe publishes, and holds every request against the published description of the API. */
stripe.on('request', (request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://stripe.test');
    const method = request.method ?? '';
    const form = method === 'GET' ? searchParams : new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
    problems.push(...problemsOf(method, pathname, form));
    const header = (name: string) => request.headers[name]?.toString();
    asked.push({
      call: `${method} ${pathname}`,
      form: Object.fromEntries(form),
      key: header('idempotency-key'),
      account: header('stripe-account'),
      version: header('stripe-version'),
    });
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answerTo(pathname)));
  });
});

function answerTo(path: string): object {
  if (path.endsWith('/reversals')) return objects.transfer_reversal;
  if (path.startsWith('/v1/transfers')) return objects.transfer;
  if (path === '/v1/account_links') return objects.account_link;
  if (path === '/v1/account_sessions') return objects.account_session;
  if (path.startsWith('/v1/accounts')) return { ...objects.account, ...standing };
  if (path.startsWith('/v1/disputes')) return objects.dispute;
  if (path === '/v1/refunds') return objects.refund;
  if (path === '/v1/charges') return objects.charge;
  if (path === '/v1/balance_transactions') {
    const charge = { ...objects.charge, payment_intent: objects.payment_intent.id };
    return listOf([
      { ...objects.balance_transaction, amount: 1_099, fee: 47, source: charge },
      {
        ...objects.balance_transaction,
        id: 'txn_2',
        type: 'transfer',
        reporting_category: 'transfer',
        amount: -1_100,
        source: objects.transfer,
      },
      {
        ...objects.balance_transaction,
        id: 'txn_3',
        type: 'adjustment',
        reporting_category: 'dispute',
        amount: -1_000,
        source: objects.dispute,
      },
      // An issuer's account is debited for a merchant's: the provider lists the charge and, by itself, its transfer.
      {
        ...objects.balance_transaction,
        id: 'txn_5',
        type: 'payment',
        amount: 1_250,
        fee: 0,
        source: { ...objects.charge, id: 'py_1', payment_intent: null, metadata: { settlement_id: 'vst_1' } },
      },
      {
        ...objects.balance_transaction,
        id: 'txn_6',
        type: 'transfer',
        reporting_category: 'transfer',
        amount: -1_250,
        source: { ...objects.transfer, id: 'tr_2', source_transaction: 'py_1' },
      },
      { ...objects.balance_transaction, id: 'txn_4', type: 'stripe_fee', reporting_category: 'fee', amount: -20, source: null },
    ]);
  }
  if (path === '/v1/payouts') return asked.at(-1)?.call.startsWith('GET') ? listOf([objects.payout]) : objects.payout;
  return { ...objects.payment_intent, latest_charge: objects.charge.id };
}

afterEach(() => {
  expect(problems).toEqual([]);
  expect(new Set(asked.map((one) => one.version))).toEqual(new Set(asked.length === 0 ? [] : [describedVersion]));
  asked.splice(0);
});
afterAll(() => {
  vi.unstubAllEnvs();
  stripe.close();
});

const card = { method: 'card', currency: 'EUR', payer: undefined } as const;

test('every request about a payment is as the published description says', async () => {
  const payments = stripeProvider(settings);
  await payments.create({ ...card, key: systemIds.make('order'), orderNumber: 'H-1', amountMinor: minor(900), statement: 'H-1' });
  await payments.retrieve('pi_1');
  await payments.capture('pi_1', minor(800), 'capture-1');
  await payments.cancel('pi_1', 'cancel-1');
  await payments.refund('pi_1', minor(100), 'refund-1');
  expect(asked).toHaveLength(5);
  expect(asked[0]?.form).toMatchObject({ capture_method: 'manual', transfer_group: 'H-1' });
});

test('the description finds out what it does not know', () => {
  expect(
    problemsOf('POST', '/v1/transfers', new URLSearchParams({ amount: '5', currency: 'eur', destination: 'acct_1', to: 'x' })),
  ).not.toEqual([]);
  expect(problemsOf('POST', '/v1/transfers', new URLSearchParams({ amount: 'five', currency: 'eur', destination: 'acct_1' }))).not.toEqual(
    [],
  );
  expect(problemsOf('POST', '/v1/transfers', new URLSearchParams({ amount: '5' }))).not.toEqual([]);
  expect(problemsOf('POST', '/v1/nothing', new URLSearchParams())).not.toEqual([]);
});

test('a merchant’s account is opened once, pays out only when we ask, and is led to the provider’s pages', async () => {
  const merchantId = systemIds.make('merchant');
  const account = await merchants.openAccount({ merchantId, legalName: 'Chez Anne', email: 'anne@example.org', country: 'FR' });
  expect(account).toMatchObject({ reference: objects.account.id, chargesEnabled: false });
  expect(await merchants.retrieveAccount(account.reference)).toEqual(account);
  expect(await merchants.onboardingLink(account.reference, { done: 'https://h.test/done', again: 'https://h.test/again' })).toBe(
    objects.account_link.url,
  );
  expect(asked[0]).toMatchObject({
    key: `account-${merchantId}`,
    form: {
      type: 'express',
      country: 'FR',
      'settings[payouts][schedule][interval]': 'manual',
      'capabilities[transfers][requested]': 'true',
    },
  });
});

async function door(name: string) {
  const shop = await given.shop({ name });
  const [row] = await databaseHandle().sql<{ slug: string }[]>`select slug from shops where id = ${shop.shopId}`;
  return { shop, slug: row?.slug ?? '', owner: await personOf(shop, 'owner') };
}

function openForm(who: Person | undefined, slug: string, contentType = 'application/json') {
  const headers = { 'content-type': contentType, ...(who && { cookie: who.cookie }) };
  return POST(new NextRequest('http://halles.test/api/payment-account', { method: 'POST', headers, body: JSON.stringify({ shop: slug }) }));
}

test('the provider’s form opens to the shop’s owner alone; left, the account’s state is asked anew', async () => {
  const [mine, theirs] = [await door('Chez Nous'), await door('Maison Voisine')];
  const strangers = [
    [mine.owner, theirs.slug],
    [mine.owner, 'no-such-shop'],
    [mine.owner, 'no\0shop'],
    [await personOf(theirs.shop, 'manager'), theirs.slug],
    [undefined, theirs.slug],
  ] as const;
  for (const [who, slug] of strangers) {
    const answer = await openForm(who, slug);
    expect([answer.status, await answer.text()]).toEqual([404, '']);
  }
  expect((await openForm(theirs.owner, theirs.slug, 'text/plain')).status, 'a form of another site').toBe(400);
  expect(asked, 'the provider is asked nothing').toEqual([]);

  const opened = await openForm(mine.owner, mine.slug);
  expect([opened.status, opened.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
  expect(await opened.json()).toEqual({ clientSecret: objects.account_session.client_secret });
  expect(asked.map(({ call }) => call)).toEqual(['POST /v1/accounts', 'POST /v1/account_sessions']);
  expect(asked[1]?.form).toEqual({ account: objects.account.id, 'components[account_onboarding][enabled]': 'true' });

  const { shopId, scope } = mine.shop;
  const state = async () =>
    databaseHandle().sql`select m.psp_account_state as state from merchants m join shops s on s.merchant_id = m.id where s.id = ${shopId}`;
  expect(await state()).toEqual([{ state: 'pending' }]);
  expect(await leaveOnboarding({ ...scope, role: 'manager' })).toEqual({ ok: false, error: { kind: 'owner-only' } });
  expect(await leaveOnboarding(scope)).toEqual({ ok: true, value: { isEnabled: false } });
  standing = { charges_enabled: true, payouts_enabled: true };
  expect(await leaveOnboarding(scope)).toEqual({ ok: true, value: { isEnabled: true } });
  expect(await state()).toEqual([{ state: 'enabled' }]);
  standing = {};
  expect(await leaveOnboarding(theirs.shop.scope), 'no account yet').toEqual({ ok: true, value: { isEnabled: false } });
});

test('an earning is a transfer from its own charge in the group of its order, what is owed a reversal, a payout the account’s own', async () => {
  const transferId = systemIds.make('transfer');
  const about = { key: transferId, account: 'acct_1', amountMinor: minor(1_100), currency: 'EUR' } as const;
  expect(await merchants.transfer({ ...about, group: 'H-4821', intent: 'pi_1' })).toEqual({ reference: objects.transfer.id });
  await merchants.transfer({ ...about, group: undefined, intent: undefined });
  expect(await merchants.reverse('tr_1', minor(300), 'trf_2')).toEqual({ reference: objects.transfer_reversal.id });
  const payoutId = systemIds.make('payout');
  const payout = { payoutId, account: 'acct_1', amountMinor: minor(800), currency: 'EUR' } as const;
  expect(await merchants.payOut(payout)).toEqual({ reference: objects.payout.id, state: 'sent' });
  expect(asked.filter((one) => one.call.startsWith('POST'))).toMatchObject([
    { key: transferId, form: { destination: 'acct_1', transfer_group: 'H-4821', source_transaction: objects.charge.id } },
    { form: { amount: '1100' } },
    { call: 'POST /v1/transfers/tr_1/reversals', key: 'trf_2', form: { amount: '300' } },
    { call: 'POST /v1/payouts', key: payoutId, account: 'acct_1', form: { amount: '800', 'metadata[payout_id]': payoutId } },
  ]);
  await merchants.payOut({ ...payout, account: undefined });
  expect(asked.at(-1)).toMatchObject({ call: 'POST /v1/payouts', account: undefined, form: { amount: '800' } }); // the city's own
  await merchants.answerDispute('dp_1', { kind: 'accept' });
  await merchants.answerDispute('dp_1', { kind: 'contest', evidence: 'Handed over on Tuesday.' });
});

test('what vouchers paid is debited from their issuer’s own account for the merchant’s, under its own key', async () => {
  const settlementId = systemIds.make('voucherSettlement');
  const moved = { settlementId, from: 'acct_town', to: 'acct_1', amountMinor: minor(1_250), currency: 'EUR' } as const;
  expect(await merchants.settle(moved)).toEqual({ reference: objects.charge.id });
  expect(asked).toMatchObject([
    {
      call: 'POST /v1/charges',
      key: settlementId,
      form: { amount: '1250', source: 'acct_town', 'transfer_data[destination]': 'acct_1', 'metadata[settlement_id]': settlementId },
    },
  ]);
});

test('the provider’s books are read with what they are about, its fees, and the payouts of each account', async () => {
  const entries = await merchants.listEntries({ from: instant(0), to: instant(2_000_000_000_000), accounts: ['acct_1'] });
  expect(entries.map(({ kind, reference, amountMinor, feeMinor }) => [kind, reference, amountMinor, feeMinor])).toEqual([
    ['charge', objects.payment_intent.id, 1_099, 47],
    ['transfer', objects.transfer.id, 1_100, 0],
    ['dispute', objects.dispute.id, 1_000, 0],
    ['settlement', 'py_1', 1_250, 0],
    ['payout', objects.payout.id, 1_100, 0], // the city's own
    ['payout', objects.payout.id, 1_100, 0],
  ]);
});

const heard = (type: string, object: object, secret = 'whsec_y') => {
  const body = JSON.stringify({ ...objects.event, type, data: { object } });
  const signature = Stripe.webhooks.generateTestHeaderString({ payload: body, secret });
  const message = readProviderMessage(body, signature, { provider: 'stripe', secrets: ['whsec_x', 'whsec_y'] });
  if (!message.ok) return message.error.kind;
  return message.value && 'event' in message.value ? message.value.event : message.value;
};

test('messages about accounts, payouts and disputes are read from the objects Stripe publishes, whichever secret signed them, and no other', () => {
  const payoutId = systemIds.make('payout');
  const payout = { ...objects.payout, metadata: { payout_id: payoutId } };
  expect(heard('payout.paid', payout)).toMatchObject({ name: 'PayoutReported', subject: payoutId, facts: { state: 'paid' } });
  expect(heard('payout.failed', { ...payout, failure_code: 'account_closed' }, 'whsec_x')).toMatchObject({
    facts: { state: 'failed', reason: 'account_closed' },
  });
  expect(heard('payout.paid', objects.payout)).toBeUndefined(); // nobody here asked for it
  expect(heard('payout.paid', payout, 'whsec_z')).toBe('signature-invalid');
  expect(heard('account.updated', objects.account)).toMatchObject({
    name: 'AccountReported',
    subject: objects.account.id,
    facts: { chargesEnabled: false, payoutsEnabled: false },
  });
  const dispute = { ...objects.dispute, payment_intent: 'pi_1', metadata: { sub_orders: 'H-1-1, H-1-2' } };
  expect(heard('charge.dispute.created', { ...dispute, status: 'needs_response' })).toMatchObject({
    name: 'DisputeReported',
    facts: { intent: 'pi_1', state: 'open', amountMinor: 1_000, subOrders: ['H-1-1', 'H-1-2'] },
  });
  expect(heard('charge.dispute.closed', { ...dispute, status: 'lost' })).toMatchObject({ facts: { state: 'lost' } });
  expect(heard('charge.dispute.created', { ...dispute, status: 'warning_needs_response' })).toBeUndefined();
  expect(heard('charge.dispute.created', { ...dispute, amount: 'much' })).toBe('message-unreadable');
  expect(heard('payout.paid', {})).toBe('message-unreadable');
});
