import type { payments } from '@/db/schema';
import type { IntentState } from './provider';

export type PaymentState = (typeof payments.$inferSelect)['state'];

/**
 * What we know after a report. Reports come twice, late and in any order, so a state only moves towards its end: what was authorised
 * does not become declined because an older message arrives, and what was taken or let go stays so.
 */
export function stateAfterReport(known: PaymentState, reported: IntentState): PaymentState {
  if (known === 'captured' || known === 'voided') return known;
  switch (reported) {
    case 'captured':
      return known === 'authorised' ? 'captured' : known;
    case 'cancelled':
      return 'voided';
    case 'authorised':
      return 'authorised';
    case 'declined':
      return known === 'authorised' ? known : 'declined';
    case 'challenged':
      return known === 'authorised' ? known : 'challenged';
    case 'open':
    case 'processing':
      return known;
  }
}
