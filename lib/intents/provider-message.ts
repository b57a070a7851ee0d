import Stripe from 'stripe';
import { z } from 'zod';
import type { Result } from '@/lib/kernel';
import { err, instant, minor, ok } from '@/lib/kernel';
import { merchantEventOf } from '@/lib/provider';
import type { DeclineReason, Intent, IntentState, ProviderMessage, WebhookRefusal } from './port';

/** Statuses of a PaymentIntent with manual capture, as https://docs.stripe.com/api/payment_intents/object lists them. */
const status = z.enum([
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
  'processing',
  'requires_capture',
  'canceled',
  'succeeded',
]);

/** The parts of a PaymentIntent we read; the demo provider sends the same shape. */
export const paymentIntent = z.object({
  id: z.string().min(1).max(255),
  status,
  amount: z.number().int().nonnegative(),
  amount_received: z.number().int().nonnegative().default(0),
  client_secret: z.string().nullish(),
  last_payment_error: z.object({ code: z.string().nullish(), decline_code: z.string().nullish() }).nullish(),
  latest_charge: z
    .union([
      z.string(),
      z.object({ payment_method_details: z.object({ card: z.object({ capture_before: z.number().nullish() }).nullish() }).nullish() }),
    ])
    .nullish(),
});

export type PaymentIntentMessage = z.input<typeof paymentIntent>;

/** Money came or went on the account of a bank transfer; an object that is expanded has its id within. */
const cashMovement = z.object({
  customer: z.union([z.string().min(1).max(255), z.object({ id: z.string().min(1).max(255) }).transform(({ id }) => id)]),
});

const message = z.object({ id: z.string().min(1).max(255), type: z.string().max(100), data: z.object({ object: z.unknown() }) });

function stateOf(intent: z.infer<typeof paymentIntent>): IntentState {
  switch (intent.status) {
    case 'requires_payment_method':
      return intent.last_payment_error ? 'declined' : 'open';
    case 'requires_confirmation':
      return 'open';
    case 'requires_action':
      return 'challenged';
    case 'processing':
      return 'processing';
    case 'requires_capture':
      return 'authorised';
    case 'succeeded':
      return 'captured';
    case 'canceled':
      return 'cancelled';
  }
}

function declineReasonOf(error: z.infer<typeof paymentIntent>['last_payment_error']): DeclineReason | undefined {
  if (!error) return undefined;
  if (error.code === 'expired_card' || error.decline_code === 'expired_card') return 'expired-card';
  return error.decline_code === 'insufficient_funds' ? 'insufficient-funds' : 'declined';
}

/** Reads a PaymentIntent into our words. */
export function intentFrom(raw: z.infer<typeof paymentIntent>): Intent {
  const charge = typeof raw.latest_charge === 'object' ? raw.latest_charge : undefined;
  const captureBefore = charge?.payment_method_details?.card?.capture_before;
  return {
    reference: raw.id,
    state: stateOf(raw),
    amountMinor: minor(raw.amount),
    capturedMinor: minor(raw.amount_received),
    clientSecret: raw.client_secret ?? undefined,
    captureBefore: captureBefore ? instant(captureBefore * 1000) : undefined,
    declineReason: declineReasonOf(raw.last_payment_error),
  };
}

/**
 * Verifies and reads one webhook: about an intent, or about merchants' money. `undefined` is a message that says nothing about either: heard, and
 * nothing to do. The signature's age is judged by the provider's own clock, so a message replayed after five minutes is refused. `secrets`: the
 * provider signs what concerns merchants' accounts with another one.
 */
export function readProviderMessage(
  rawBody: string,
  signature: string,
  { provider, secrets }: { readonly provider: 'demo' | 'stripe'; readonly secrets: readonly string[] },
): Result<ProviderMessage | undefined, WebhookRefusal> {
  const event = secrets.map((secret) => verified(rawBody, signature, secret)).find((one) => one !== undefined);
  if (event === undefined) return err({ kind: 'signature-invalid' });
  const parsed = message.safeParse(event);
  if (!parsed.success) return err({ kind: 'message-unreadable' });
  const kind = parsed.data.type;
  if (kind.startsWith('cash_balance.') || kind.startsWith('customer_cash_balance_transaction.')) {
    const moved = cashMovement.safeParse(parsed.data.data.object);
    return moved.success ? ok({ messageId: parsed.data.id, kind, about: moved.data.customer }) : err({ kind: 'message-unreadable' });
  }
  if (!parsed.data.type.startsWith('payment_intent.')) {
    const told = merchantEventOf(provider, parsed.data.type, parsed.data.data.object);
    if (told === 'unreadable') return err({ kind: 'message-unreadable' });
    return ok(told && { messageId: parsed.data.id, kind: parsed.data.type, event: told });
  }
  const intent = paymentIntent.safeParse(parsed.data.data.object);
  if (!intent.success) return err({ kind: 'message-unreadable' });
  return ok({ messageId: parsed.data.id, kind: parsed.data.type, intent: intentFrom(intent.data) });
}

function verified(rawBody: string, signature: string, secret: string): unknown {
  try {
    return Stripe.webhooks.constructEvent(rawBody, signature, secret);
  } catch {
    return undefined; // a wrong signature or no JSON: the library throws for both
  }
}
