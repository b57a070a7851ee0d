import type { PaymentMethod } from '@/db/schema';
import type { Currency, DomainEvent, Instant, Minor } from '@/lib/kernel';

/**
 * Where an intent stands at its provider. `processing`: the bank has not answered yet, a webhook will.
 * `declined` is not an end: another card may be tried on the same intent.
 */
export type IntentState = 'open' | 'challenged' | 'processing' | 'authorised' | 'captured' | 'declined' | 'cancelled';

export type DeclineReason = 'declined' | 'insufficient-funds' | 'expired-card';

/** Whom a bank transfer goes to: an account at the provider, for this one order alone. */
export type PayTo = {
  readonly beneficiary: string;
  /** Without spaces. */
  readonly iban: string;
  readonly bic: string;
  /** What the payer writes beside the amount. */
  readonly reference: string;
};

/** What a bank transfer has come to. Both sums only ever grow, so reports may overtake each other. Minor units. */
export type TransferStand = {
  /** All that ever came in. */
  readonly arrivedMinor: Minor;
  /** Of it, what went back to the payer without being taken; a refund of what was taken is not in it. */
  readonly sentBackMinor: Minor;
  /** Answered when the transfer is asked for. */
  readonly payTo: PayTo | undefined;
};

/**
 * One wish to take money, as the provider's books have it. Of a bank transfer: `open` while nothing came, `processing` while less than its
 * amount is there, `authorised` when it is, for what came and is not taken yet is *held*.
 */
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
  /** What the provider's books call the taking, where that is not the intent itself: refunds and earnings come from it. */
  readonly chargeReference?: string | undefined;
  /** Only of a bank transfer. */
  readonly transfer?: TransferStand | undefined;
};

export type NewIntent = {
  /** What is paid, an order: the same key gives the same intent, so nothing has to be written down before it is asked for. */
  readonly key: string;
  readonly method: PaymentMethod;
  readonly orderNumber: string;
  readonly amountMinor: Minor;
  readonly currency: Currency;
  /** What the bank statement says: the shop's name when one shop is paid, else the order number (OP-36). */
  readonly statement: string;
  /** Only of a bank transfer: whom the provider writes to about money it sends back, and in which country (ISO 3166 alpha-2) its account is. */
  readonly payer: { readonly email: string; readonly country: string } | undefined;
};

/** What a signed message of the provider says about an intent. */
export type ProviderReport = { readonly messageId: string; readonly kind: string; readonly intent: Intent };

/** The same about merchants' money: what it says is an event for whoever keeps that. */
export type ProviderMessage =
  | ProviderReport
  /** Something came or went on a transfer's account: how it stands is to be asked. */
  | { readonly messageId: string; readonly kind: string; readonly about: string }
  | { readonly messageId: string; readonly kind: string; readonly event: DomainEvent };

export type WebhookRefusal = { readonly kind: 'signature-invalid' } | { readonly kind: 'message-unreadable' };

/**
 * Whoever holds and takes the shopper's money. Every call may be repeated: with the same key it has the same effect, once.
 */
export type PaymentProvider = {
  readonly name: 'demo' | 'stripe' | 'none';
  /** Whether bank transfers can come to it there and in that currency; cards it takes everywhere. */
  takesTransfers(where: { readonly country: string; readonly currency: Currency }): boolean;
  create(intent: NewIntent): Promise<Intent>;
  retrieve(reference: string): Promise<Intent | undefined>;
  /** Takes `amountMinor` of what is held, once per intent. The rest is let go; of a bank transfer it goes back to the payer, surplus and all. */
  capture(reference: string, amountMinor: Minor, key: string): Promise<Intent>;
  /** Lets all of it go. Of a bank transfer: sends back whatever lies there and is not taken, as often as something does. */
  cancel(reference: string, key: string): Promise<Intent>;
  /** Gives back of what was taken; `charge` is the taking's own name, or the intent's where it has none. */
  refund(charge: string, amountMinor: Minor, key: string): Promise<{ readonly reference: string }>;
};
