import { createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { minor } from '@/lib/kernel';
import type { PaymentProvider } from '@/lib/payments';
import { readProviderMessage } from '@/lib/intents/provider-message';
import { signedDemoWebhook } from '@/lib/payments';
import { statementText, stripeProvider } from '@/lib/intents/stripe-provider';
import { systemIds } from '@/lib/platform/ids';

type Asked = {
  readonly path: string;
  readonly body: Readonly<Record<string, string>>;
  readonly key: string | undefined;
  readonly version: string | undefined;
};

const asked: Asked[] = [];
const intent = {
  id: 'pi_1',
  object: 'payment_intent',
  amount: 2_100,
  amount_received: 0,
  status: 'requires_payment_method',
  client_secret: 'pi_1_secret',
};

/** Plays the part of Stripe's API for the five calls we make. */
const stripe = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8')));
    const path = request.url ?? '';
    asked.push({ path, body, key: request.headers['idempotency-key']?.toString(), version: request.headers['stripe-version']?.toString() });
    const answer = answerTo(path, body);
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
  });
});

function answerTo(path: string, body: Readonly<Record<string, string>>): { readonly status: number; readonly body: object } {
  if (path.includes('pi_unknown'))
    return { status: 404, body: { error: { type: 'invalid_request_error', code: 'resource_missing', message: 'No such payment_intent' } } };
  if (path.endsWith('/capture'))
    return { status: 200, body: { ...intent, status: 'succeeded', amount_received: Number(body['amount_to_capture']) } };
  if (path.endsWith('/cancel')) return { status: 200, body: { ...intent, status: 'canceled' } };
  if (path.startsWith('/v1/refunds')) return { status: 200, body: { id: 're_1', object: 'refund' } };
  if (path.startsWith('/v1/payment_intents/')) {
    const charge = { payment_method_details: { card: { capture_before: 1_795_000_000 } } };
    return { status: 200, body: { ...intent, status: 'requires_capture', latest_charge: charge } };
  }
  return { status: 200, body: intent };
}

let provider: PaymentProvider;

beforeAll(async () => {
  await new Promise<void>((resolve) => stripe.listen(0, '127.0.0.1', resolve));
  const address = stripe.address();
  if (address === null || typeof address === 'string') throw new Error('the server has a port');
  provider = stripeProvider({
    secretKey: 'sk_test_x',
    publishableKey: 'pk_test_x',
    webhookSecret: 'whsec_x',
    apiUrl: `http://127.0.0.1:${address.port}`,
  });
});
beforeEach(() => void asked.splice(0));
afterAll(() => stripe.close());

test('an intent holds the money, keyed by the order, with the statement of who is paid', async () => {
  const key = systemIds.make('order');
  const created = await provider.create({
    key,
    method: 'card',
    payer: undefined,
    orderNumber: 'H-4821',
    amountMinor: minor(2_100),
    currency: 'EUR',
    statement: 'Crémerie <Élan> & Fils, depuis 1902',
  });
  expect(created).toMatchObject({ reference: 'pi_1', state: 'open', clientSecret: 'pi_1_secret' });
  expect(asked).toMatchObject([
    {
      path: '/v1/payment_intents',
      key: `create-${key}`,
      version: '2023-08-16',
      body: {
        amount: '2100',
        currency: 'eur',
        capture_method: 'manual',
        statement_descriptor_suffix: 'Cremerie Elan Fils dep',
        'metadata[order_number]': 'H-4821',
      },
    },
  ]);
});

test('what is held is read with its deadline, and an unknown reference is nobody', async () => {
  expect(await provider.retrieve('pi_1')).toMatchObject({ state: 'authorised', captureBefore: 1_795_000_000_000 });
  expect(await provider.retrieve('pi_unknown')).toBeUndefined();
});

test('capture, cancel and refund carry their amount and their key', async () => {
  expect(await provider.capture('pi_1', minor(1_650), 'capture-pay')).toMatchObject({ state: 'captured', capturedMinor: 1_650 });
  expect(await provider.cancel('pi_1', 'cancel-pay')).toMatchObject({ state: 'cancelled' });
  expect(await provider.refund('pi_1', minor(450), 'ref_1')).toEqual({ reference: 're_1' });
  expect(asked.map(({ path, key, body }) => [path, key, body['amount_to_capture'] ?? body['amount']])).toEqual([
    ['/v1/payment_intents/pi_1/capture', 'capture-pay', '1650'],
    ['/v1/payment_intents/pi_1/cancel', 'cancel-pay', undefined],
    ['/v1/refunds', 'ref_1', '450'],
  ]);
});

test('every status and refusal of an intent is read into our words', () => {
  const read = (object: object) => {
    const signed = signedDemoWebhook(
      { id: 'evt_1', type: 'payment_intent.x', created: 0, data: { object: { ...intent, status: 'processing', ...object } } },
      'whsec_x',
    );
    const message = readProviderMessage(signed.body, signed.signature, { provider: 'stripe', secrets: ['whsec_x'] });
    if (!message.ok) return message.error.kind;
    return message.value && 'intent' in message.value ? (message.value.intent.declineReason ?? message.value.intent.state) : undefined;
  };
  const failed = { status: 'requires_payment_method' };
  expect(
    ['requires_payment_method', 'requires_confirmation', 'requires_action', 'processing', 'requires_capture', 'canceled', 'succeeded'].map(
      (status) => read({ status }),
    ),
  ).toEqual(['open', 'open', 'challenged', 'processing', 'authorised', 'cancelled', 'captured']);
  expect(read({ ...failed, last_payment_error: { code: 'card_declined', decline_code: 'insufficient_funds' } })).toBe('insufficient-funds');
  expect(read({ ...failed, last_payment_error: { code: 'expired_card' } })).toBe('expired-card');
  expect(read({ ...failed, last_payment_error: { code: 'card_declined', decline_code: 'generic_decline' } })).toBe('declined');
  expect(read({ status: 'something_new' })).toBe('message-unreadable');
});

test('a statement fits the bank: 22 plain characters', () => {
  expect(statementText('L’Échoppe des Étameurs réunis de Grenoble').length).toBeLessThanOrEqual(22);
  expect(statementText('Brûlerie')).toBe('Brulerie');
});
