import type { Currency, DomainEvent, Instant, Minor } from '@/lib/kernel';

/**
 * Where an intent stands at its provider. `processing`: the bank has not answered yet, a webhook will.
 * `declined` is not an end: another card may be tried on the same intent.
 */
export type IntentState = 'open' | 'challenged' | 'processing' | 'authorised' | 'captured' | 'declined' | 'cancelled';

export type DeclineReason = 'declined' | 'insufficient-funds' | 'expired-card';

/** One wish to take money, as the provider's books have it. */
export type Intent = {
  readonly reference: string;
  readonly state: IntentState;
  readonly amountMinor: Minor;
  readonly capturedMinor: Minor;
  /** What the provider's script in the browser needs; never stored. */
  readonly clientSecret: string | undefined;
  /** Until when held money can be taken. */
  readonly captureBefore: Instant | undefined;
  readonly declineReason: DeclineReason | undefined;
};

export type NewIntent = {
  /** What is paid, an order: the same key gives the same intent, so nothing has to be written down before it is asked for. */
  readonly key: string;
  readonly orderNumber: string;
  readonly amountMinor: Minor;
  readonly currency: Currency;
  /** What the bank statement says: the shop's name when one shop is paid, else the order number (OP-36). */
  readonly statement: string;
};

/** What a signed message of the provider says about an intent. */
export type ProviderReport = { readonly messageId: string; readonly kind: string; readonly intent: Intent };

/** The same about merchants' money: what it says is an event for whoever keeps that. */
export type ProviderMessage = ProviderReport | { readonly messageId: string; readonly kind: string; readonly event: DomainEvent };

export type WebhookRefusal = { readonly kind: 'signature-invalid' } | { readonly kind: 'message-unreadable' };

/**
 * Whoever holds and takes the shopper's money. Every call may be repeated: with the same key it has the same effect, once.
 */
export type PaymentProvider = {
  readonly name: 'demo' | 'stripe' | 'none';
  create(intent: NewIntent): Promise<Intent>;
  retrieve(reference: string): Promise<Intent | undefined>;
  /** Takes `amountMinor` of what is held; the rest is let go. Once per intent. */
  capture(reference: string, amountMinor: Minor, key: string): Promise<Intent>;
  /** Lets all of it go. */
  cancel(reference: string, key: string): Promise<Intent>;
  refund(reference: string, amountMinor: Minor, key: string): Promise<{ readonly reference: string }>;
};
