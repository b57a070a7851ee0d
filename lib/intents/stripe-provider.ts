import Stripe from 'stripe';
import type { Env } from '@/lib/platform/env';
import { stripeClient } from '@/lib/platform/stripe-client';
import type { Intent, NewIntent, PaymentProvider } from './port';
import { intentFrom, paymentIntent } from './provider-message';
import { isStripeTransfer, stripeTransfers, takesTransfersIn } from './stripe-transfers';

/** Card networks show at most 22 characters of the statement, prefix included, and no symbols. */
const STATEMENT_LENGTH = 22;

/** What a bank statement can print: plain letters, digits and spaces. */
export function statementText(text: string): string {
  const plain = text
    .normalize('NFD')
    .replace(/[^A-Za-z0-9 .-]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return plain.slice(0, STATEMENT_LENGTH).trim();
}

/**
 * Stripe's PaymentIntents with manual capture: money is held when the shopper pays and taken when the shops have answered. Bank transfers are
 * held in another way (`stripe-transfers`), and told apart by their reference.
 */
export function stripeProvider(settings: NonNullable<Env['stripe']>): PaymentProvider {
  const stripe = stripeClient(settings);
  const transfers = stripeTransfers(stripe);
  const read = (raw: unknown): Intent => intentFrom(paymentIntent.parse(raw));
  return {
    name: 'stripe',
    takesTransfers: takesTransfersIn,
    create: async (intent) =>
      intent.method === 'card'
        ? read(await stripe.paymentIntents.create(paramsOf(intent), { idempotencyKey: `create-${intent.key}` }))
        : transfers.create(intent),
    retrieve: async (reference) => {
      try {
        if (isStripeTransfer(reference)) return await transfers.retrieve(reference);
        return read(await stripe.paymentIntents.retrieve(reference, { expand: ['latest_charge'] }));
      } catch (error) {
        if (error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing') return undefined;
        throw error;
      }
    },
    capture: async (reference, amountMinor, key) =>
      isStripeTransfer(reference)
        ? transfers.capture(reference, amountMinor, key)
        : read(await stripe.paymentIntents.capture(reference, { amount_to_capture: amountMinor }, { idempotencyKey: key })),
    cancel: async (reference, key) =>
      isStripeTransfer(reference)
        ? transfers.cancel(reference, key)
        : read(await stripe.paymentIntents.cancel(reference, {}, { idempotencyKey: key })),
    refund: async (charge, amountMinor, key) => {
      const refund = await stripe.refunds.create({ payment_intent: charge, amount: amountMinor }, { idempotencyKey: key });
      return { reference: refund.id };
    },
  };
}

function paramsOf(intent: NewIntent): Stripe.PaymentIntentCreateParams {
  return {
    amount: intent.amountMinor,
    currency: intent.currency.toLowerCase(),
    capture_method: 'manual',
    automatic_payment_methods: { enabled: true },
    description: intent.orderNumber,
    statement_descriptor_suffix: statementText(intent.statement),
    transfer_group: intent.orderNumber,
    metadata: { order_number: intent.orderNumber },
  };
}
