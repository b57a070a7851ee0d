import type { PaymentMethod } from '@/db/schema';
import type { DemoCardBehaviour } from '@/lib/intents/views';
import type { Currency, Instant, Minor } from '@/lib/kernel';

export { demoTransferKinds } from '@/lib/intents/views';

export const paymentMethods = ['card', 'bank-transfer'] as const satisfies readonly PaymentMethod[];

/**
 * `open`: waiting for a card. `challenge`: the bank asks (3-D Secure). `declined`: try another card, nothing was taken.
 * `authorised`: paid. `expired`: nobody paid in time, or the goods were gone when the money came; nothing was taken.
 */
export type PaymentPageState = 'open' | 'challenge' | 'declined' | 'authorised' | 'expired';

export type DemoCardView = { readonly number: string; readonly behaviour: DemoCardBehaviour };

/** Where to send a bank transfer, and what came of it. Minor units. */
export type BankTransferView = {
  readonly beneficiary: string;
  /** Without spaces. */
  readonly iban: string;
  readonly bic: string;
  readonly reference: string;
  readonly arrivedMinor: Minor;
  readonly missingMinor: Minor;
  /** The text of the European payment code for what is missing. */
  readonly code: string | undefined;
};

/** What the pay step shows; every shop paid is named on it (OP-36). */
export type PaymentPageView = {
  readonly orderToken: string;
  readonly number: string;
  readonly totalMinor: Minor;
  /** Of the total, what vouchers pay; the rest is paid by `method`. */
  readonly tenderedMinor: Minor;
  readonly dueMinor: Minor;
  readonly currency: Currency;
  readonly state: PaymentPageState;
  readonly payBy: Instant;
  readonly shops: readonly string[];
  readonly provider: 'demo' | 'stripe' | 'none';
  readonly method: PaymentMethod;
  /** What may be chosen, the one that is chosen among them. */
  readonly methods: readonly PaymentMethod[];
  /** Of a bank transfer that was asked for. */
  readonly transfer: BankTransferView | undefined;
  readonly publishableKey?: string | undefined;
  /** For Stripe's script; only `startPayment` answers it. */
  readonly clientSecret?: string | undefined;
  /** The demo's test cards and what each does; none with a real provider. */
  readonly demoCards: readonly DemoCardView[];
};
