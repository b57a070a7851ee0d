import type { Result } from '@/lib/kernel';
import { err, invariant, ok } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { areOver, getPaymentPage, isTooLate } from './payment-page';
import type { OrderRow, PartOfOrder, PaymentRow } from './payment-repository';
import { ensurePayment, findByToken, keepReference, listParts } from './payment-repository';
import type { Intent } from './provider';
import { currentProviderName, providerNamed } from './providers';
import type { PaymentPageView } from './views';

export type PaymentRefusal = { readonly kind: 'order-not-found' } | { readonly kind: 'order-over' };

/** An order whose payment has an intent at its provider. */
export type Started = {
  readonly order: OrderRow;
  readonly payment: PaymentRow;
  readonly reference: string;
  readonly intent: Intent | undefined;
  /** Every part has ended: nothing is left to pay. */
  readonly hasEnded: boolean;
};

/**
 * Opens the payment of an order, once however often it is asked: the intent is created between two transactions, keyed by the payment, so
 * a lost answer is asked for again and never makes a second one.
 */
export async function startPayment(orderToken: string, ports: Ports = systemPorts): Promise<Result<PaymentPageView, PaymentRefusal>> {
  return observed({ useCase: 'start-payment', actor: 'order' }, async () => {
    const started = await openIntent(orderToken, ports);
    if (!started.ok) return started;
    const view = await getPaymentPage(orderToken);
    invariant(view, 'an order with a payment has a pay step');
    const clientSecret = started.value.intent?.clientSecret ?? (await secretOf(started.value, ports));
    return ok({ ...view, clientSecret });
  });
}

/** Stripe's script needs the intent's secret at each visit; we never keep it. */
async function secretOf({ payment, order, reference }: Started, ports: Ports): Promise<string | undefined> {
  if (payment.provider === 'demo') return undefined;
  const provider = providerNamed(payment.provider, { clock: ports.clock, isReplayed: order.isReplayed });
  return (await provider.retrieve(reference))?.clientSecret;
}

export async function openIntent(orderToken: string, ports: Ports): Promise<Result<Started, PaymentRefusal>> {
  const found = await findByToken(reader(), orderToken);
  if (!found) return err({ kind: 'order-not-found' });
  const { order } = found;
  const parts = await listParts(reader(), order.id);
  const hasEnded = areOver(parts);
  if (found.payment?.providerReference)
    return ok({ order, payment: found.payment, reference: found.payment.providerReference, intent: undefined, hasEnded });
  const now = ports.clock.now();
  if (isTooLate(order, now) || hasEnded) return err({ kind: 'order-over' });

  const payment = found.payment ?? (await ensurePayment(reader(), order, { provider: currentProviderName(), now, ids: ports.ids }));
  invariant(payment, 'a payment was just written');
  const intent = await providerNamed(payment.provider, { clock: ports.clock, isReplayed: order.isReplayed }).create({
    paymentId: payment.id,
    orderNumber: order.number,
    amountMinor: order.totalMinor,
    currency: order.currency,
    statement: statementOf(order, parts),
  });
  const reference = await keepReference(reader(), payment, intent.reference, now);
  return ok({ order, payment: { ...payment, providerReference: reference }, reference, intent, hasEnded });
}

/** The shop's name when one shop is paid, else the order number, which leads to the shops (OP-36). */
function statementOf(order: OrderRow, parts: readonly PartOfOrder[]): string {
  const [only, second] = new Set(parts.map((part) => part.shopName));
  return only === undefined || second !== undefined ? order.number : only;
}
