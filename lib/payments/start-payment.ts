import type { Result } from '@/lib/kernel';
import { err, invariant, ok } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { getPaymentPage, isOver, isTooLate } from './payment-page';
import type { OrderRow, PaymentRow } from './payment-repository';
import { ensurePayment, findByToken, listParts, lockPayment, updatePayment } from './payment-repository';
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
  if (found.payment?.providerReference)
    return ok({ order, payment: found.payment, reference: found.payment.providerReference, intent: undefined });
  if (isTooLate(order, ports.clock.now()) || (await isOver(reader(), order))) return err({ kind: 'order-over' });

  const payment = await withTransaction(async (tx): Promise<Result<PaymentRow, PaymentRefusal>> => {
    await ensurePayment(tx, order, { provider: currentProviderName(), now: ports.clock.now(), ids: ports.ids });
    return lockedPayment(tx, order);
  });
  if (!payment.ok) return payment;
  const intent = await providerNamed(payment.value.provider, { clock: ports.clock, isReplayed: order.isReplayed }).create({
    paymentId: payment.value.id,
    orderNumber: order.number,
    amountMinor: order.totalMinor,
    currency: order.currency,
    statement: await statementOf(order),
  });
  return withTransaction(async (tx): Promise<Result<Started, PaymentRefusal>> => {
    const locked = await lockedPayment(tx, order);
    if (!locked.ok) return locked;
    const reference = locked.value.providerReference ?? intent.reference;
    if (!locked.value.providerReference) await updatePayment(tx, locked.value, { providerReference: reference }, ports.clock.now());
    return ok({ order, payment: { ...locked.value, providerReference: reference }, reference, intent });
  });
}

async function lockedPayment(tx: Tx, order: OrderRow): Promise<Result<PaymentRow, PaymentRefusal>> {
  const locked = await lockPayment(tx, order.id);
  return locked ? ok(locked.payment) : err({ kind: 'order-not-found' });
}

/** The shop's name when one shop is paid, else the order number, which leads to the shops (OP-36). */
async function statementOf(order: OrderRow): Promise<string> {
  const names = new Set((await listParts(reader(), order.id)).map((part) => part.shopName));
  const [only, second] = names;
  return only === undefined || second !== undefined ? order.number : only;
}
