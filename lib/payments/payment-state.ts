import type { payments } from '@/db/schema';
import { paymentTransition } from '@/lib/oms';
import type { PaymentLifeEvent } from '@/lib/oms';
import type { IntentState } from '@/lib/intents';

export type PaymentState = (typeof payments.$inferSelect)['state'];

/**
 * What we know after a report. Reports come twice, late and in any order, so a state only moves towards its end: what was authorised
 * does not become declined because an older message arrives, and what was taken or let go stays so.
 */
export function stateAfterReport(known: PaymentState, reported: IntentState): PaymentState {
  const event = eventOf[reported];
  const next = event === undefined ? undefined : paymentTransition(known, event);
  return next?.ok ? next.value : known;
}

const eventOf: Readonly<Record<IntentState, PaymentLifeEvent | undefined>> = {
  captured: 'capture',
  cancelled: 'void',
  authorised: 'authorise',
  declined: 'decline',
  challenged: 'challenge',
  open: undefined,
  processing: undefined,
};
