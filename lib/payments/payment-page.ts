import { z } from 'zod';
import { currentProviderName, demoCards, providerNamed } from '@/lib/intents';
import type { Instant } from '@/lib/kernel';
import { minor } from '@/lib/kernel';
import type { ModuleSwitches } from '@/lib/modules';
import { currentModules } from '@/lib/modules';
import { env } from '@/lib/platform/env';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { getCity } from '@/lib/shops';
import { epcCode } from './epc-code';
import { lyingOf } from './note-transfer';
import type { OrderRow, PartOfOrder, PaymentRow } from './payment-repository';
import { cardPart, findPaying } from './payment-repository';
import type { BankTransferView, PaymentPageState, PaymentPageView } from './views';

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

/** Whether this order may be paid by bank transfer: the city wants it, and whoever holds the money can do it there. */
export async function offersTransfer(order: OrderRow, modules: ModuleSwitches): Promise<boolean> {
  if (cardPart(order) === 0 || !modules.works('bank-transfer')) return false;
  const { country } = await getCity();
  const provider = providerNamed(currentProviderName(), { clock: systemPorts.clock, isReplayed: false });
  return provider.takesTransfers({ country, currency: order.currency });
}

/** The pay step as it stands; a read. Undefined for a link that opens nothing. */
export async function getPaymentPage(orderToken: string): Promise<PaymentPageView | undefined> {
  const found = await findPaying(reader(), orderToken);
  if (!found) return undefined;
  const { order, payment, parts } = found;
  const provider = payment?.provider ?? currentProviderName();
  const method = payment?.method ?? 'card';
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
    method,
    methods: [
      'card',
      ...(method === 'bank-transfer' || (await offersTransfer(order, await currentModules())) ? (['bank-transfer'] as const) : []),
    ],
    transfer: payment && transferOf(payment),
    publishableKey: provider === 'stripe' ? env().stripe?.publishableKey : undefined,
    demoCards: provider === 'demo' ? demoCards : [],
  };
}

const payTo = z.object({ beneficiary: z.string(), iban: z.string(), bic: z.string(), reference: z.string() });

function transferOf(payment: PaymentRow): BankTransferView | undefined {
  const to = payment.method === 'bank-transfer' ? payTo.safeParse(payment.payTo) : undefined;
  if (!to?.success) return undefined;
  const arrivedMinor = minor(lyingOf(payment));
  const missingMinor = minor(Math.max(0, payment.amountMinor - arrivedMinor));
  const code = epcCode({ ...to.data, amountMinor: missingMinor, currency: payment.currency });
  return { ...to.data, arrivedMinor, missingMinor, code };
}

/** Is there still time to begin paying? A payment begun in time may end later. */
export function isTooLate(order: OrderRow, now: Instant = systemPorts.clock.now()): boolean {
  return now > order.payBy;
}
