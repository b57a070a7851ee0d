import type { Instant } from '@/lib/kernel';
import { env } from '@/lib/platform/env';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { demoCards } from './demo-cards';
import type { OrderRow, PartOfOrder, PaymentRow } from './payment-repository';
import { cardPart, findPaying } from './payment-repository';
import { currentProviderName } from './providers';
import type { PaymentPageState, PaymentPageView } from './views';

/** Where the shopper stands: the order's end counts more than what the provider last said. */
export function pageState(order: OrderRow, payment: PaymentRow | undefined, hasEnded: boolean): PaymentPageState {
  if (payment?.state === 'voided' || (hasEnded && order.paidAt === null)) return 'expired';
  if (payment === undefined && order.paidAt !== null) return 'authorised'; // everything is paid in the shops
  switch (payment?.state) {
    case 'authorised':
    case 'captured':
      return 'authorised';
    case 'challenged':
      return 'challenge';
    case 'declined':
      return 'declined';
    default:
      return 'open';
  }
}

/** Every part has ended without being paid: nothing is left to pay for. */
export function areOver(parts: readonly PartOfOrder[]): boolean {
  return parts.every((part) => part.state === 'expired' || part.state === 'cancelled');
}

/** The pay step as it stands; a read. Undefined for a link that opens nothing. */
export async function getPaymentPage(orderToken: string): Promise<PaymentPageView | undefined> {
  const found = await findPaying(reader(), orderToken);
  if (!found) return undefined;
  const { order, payment, parts } = found;
  const provider = payment?.provider ?? currentProviderName();
  return {
    orderToken,
    number: order.number,
    totalMinor: order.totalMinor,
    tenderedMinor: order.tenderedMinor,
    dueMinor: cardPart(order),
    currency: order.currency,
    state: pageState(order, payment, areOver(parts)),
    payBy: order.payBy,
    shops: [...new Set(parts.map((part) => part.shopName))],
    provider,
    publishableKey: provider === 'stripe' ? env().stripe?.publishableKey : undefined,
    demoCards: provider === 'demo' ? demoCards : [],
  };
}

/** Is there still time to begin paying? A payment begun in time may end later. */
export function isTooLate(order: OrderRow, now: Instant = systemPorts.clock.now()): boolean {
  return now > order.payBy;
}
