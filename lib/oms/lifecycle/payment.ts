import type { Result } from '@/lib/kernel';
import { follow } from './table';
import type { Lifecycle, NotAllowed } from './table';

/** Where one payment of an order stands: made, waiting for the payer's bank, held, taken, refused, let go. */
export const paymentLifeStates = ['created', 'challenged', 'authorised', 'captured', 'declined', 'voided'] as const;
export type PaymentLifeState = (typeof paymentLifeStates)[number];

/** What may happen to it. After `decline` the shopper may try again with another card: the same payment goes on. */
export const paymentLifeEvents = ['challenge', 'authorise', 'decline', 'capture', 'void'] as const;
export type PaymentLifeEvent = (typeof paymentLifeEvents)[number];

const life: Lifecycle<PaymentLifeState, PaymentLifeEvent> = {
  created: { challenge: 'challenged', authorise: 'authorised', decline: 'declined', void: 'voided' },
  challenged: { authorise: 'authorised', decline: 'declined', void: 'voided' },
  declined: { challenge: 'challenged', authorise: 'authorised', void: 'voided' },
  authorised: { capture: 'captured', void: 'voided' },
  captured: {},
  voided: {},
};

/**
 * The state of a payment after an event.
 *
 * Guarantees: money is taken once, and only when it was held; what was let go is never taken. Errors: `transition-not-allowed`.
 */
export function paymentTransition(
  state: PaymentLifeState,
  event: PaymentLifeEvent,
): Result<PaymentLifeState, NotAllowed<PaymentLifeState, PaymentLifeEvent>> {
  return follow(life, state, event);
}
