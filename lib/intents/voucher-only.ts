import { invariant, minor } from '@/lib/kernel';
import type { Intent, IntentState, PaymentProvider } from './port';

/** An order that vouchers pay for altogether has a payment like any other, of nothing: no provider is asked, and nothing can fail. */
export function voucherOnly(): PaymentProvider {
  return {
    name: 'none',
    takesTransfers: () => false,
    create: ({ key, amountMinor }) => {
      invariant(amountMinor === 0, 'what a card pays is asked of a provider');
      return Promise.resolve(intentOf(`none_${key}`, 'authorised'));
    },
    retrieve: (reference) => Promise.resolve(intentOf(reference, 'authorised')),
    capture: (reference) => Promise.resolve(intentOf(reference, 'captured')),
    cancel: (reference) => Promise.resolve(intentOf(reference, 'cancelled')),
    refund: (reference) => Promise.resolve({ reference }),
  };
}

function intentOf(reference: string, state: IntentState): Intent {
  const nothing = { clientSecret: undefined, captureBefore: undefined, declineReason: undefined };
  return { ...nothing, reference, state, amountMinor: minor(0), capturedMinor: minor(0) };
}
