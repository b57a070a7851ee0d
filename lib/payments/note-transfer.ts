import { minor } from '@/lib/kernel';
import type { Intent } from '@/lib/intents';
import type { PaymentChange, PaymentRow } from './payment-repository';

/**
 * What a report adds to what is known of a bank transfer; undefined when it is no news. Reports overtake each other, and the sums only grow, so
 * the larger one is the newer one.
 */
export function newsOfTransfer(payment: PaymentRow, { transfer, chargeReference }: Intent): PaymentChange | undefined {
  if (!transfer) return undefined;
  const arrivedMinor = minor(Math.max(payment.arrivedMinor, transfer.arrivedMinor));
  const sentBackMinor = minor(Math.max(payment.sentBackMinor, transfer.sentBackMinor));
  const charge = chargeReference ?? payment.chargeReference;
  const isNews = arrivedMinor > payment.arrivedMinor || sentBackMinor > payment.sentBackMinor || charge !== payment.chargeReference;
  return isNews ? { arrivedMinor, sentBackMinor, chargeReference: charge } : undefined;
}

/** What came by transfer and lies at the provider: neither taken nor sent back. Minor units. */
export function lyingOf({ state, arrivedMinor, sentBackMinor, capturedMinor }: PaymentRow): number {
  return arrivedMinor - sentBackMinor - (state === 'captured' ? capturedMinor : 0);
}
