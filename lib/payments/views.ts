import type { Currency, Instant, Minor } from '@/lib/kernel';
import type { DemoCardBehaviour } from './demo-cards';

export { demoCards, type DemoCardBehaviour } from './demo-cards';

/**
 * `open`: waiting for a card. `challenge`: the bank asks (3-D Secure). `declined`: try another card, nothing was taken.
 * `authorised`: paid. `expired`: nobody paid in time, or the goods were gone when the money came; nothing was taken.
 */
export type PaymentPageState = 'open' | 'challenge' | 'declined' | 'authorised' | 'expired';

export type DemoCardView = { readonly number: string; readonly behaviour: DemoCardBehaviour };

/** What the pay step shows; every shop paid is named on it (OP-36). */
export type PaymentPageView = {
  readonly orderToken: string;
  readonly number: string;
  readonly totalMinor: Minor;
  /** Of the total, what vouchers pay; the card pays the rest. */
  readonly tenderedMinor: Minor;
  readonly dueMinor: Minor;
  readonly currency: Currency;
  readonly state: PaymentPageState;
  readonly payBy: Instant;
  readonly shops: readonly string[];
  readonly provider: 'demo' | 'stripe' | 'none';
  readonly publishableKey?: string | undefined;
  /** For Stripe's script; only `startPayment` answers it. */
  readonly clientSecret?: string | undefined;
  /** The demo's test cards and what each does; none with a real provider. */
  readonly demoCards: readonly DemoCardView[];
};
