import type { PaymentMethod } from '@/db/schema';
import type { Intent } from '@/lib/intents';
import { currentProviderName, providerNamed } from '@/lib/intents';
import type { Result } from '@/lib/kernel';
import { err, invariant, ok } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { getCity } from '@/lib/shops';
import { leaveIntent, letFormerGo } from './former-intents';
import { areOver, getPaymentPage, isTooLate } from './payment-page';
import type { OrderRow, PartOfOrder, PaymentRow } from './payment-repository';
import { cardPart, ensurePayment, findPaying, nameIntent } from './payment-repository';
import type { PaymentState } from './payment-state';
import { settleReport } from './settle-report';
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
 * Opens the payment of an order, once however often it is asked: the intent is keyed by the order, so a lost answer is asked for again and
 * never makes a second one, and is written down with the payment once it is known.
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
  if (payment.provider !== 'stripe' || payment.method !== 'card') return undefined;
  const provider = providerNamed(payment.provider, { clock: ports.clock, isReplayed: order.isReplayed });
  return (await provider.retrieve(reference))?.clientSecret;
}

export async function openIntent(orderToken: string, ports: Ports): Promise<Result<Started, PaymentRefusal>> {
  const found = await findPaying(reader(), orderToken);
  if (!found) return err({ kind: 'order-not-found' });
  const { order, parts } = found;
  const hasEnded = areOver(parts);
  const begun = found.payment?.providerReference;
  if (found.payment && begun) return ok({ order, payment: found.payment, reference: begun, intent: undefined, hasEnded });
  const now = ports.clock.now();
  const isNothingToPay = found.payment === undefined && order.paidAt !== null; // everything is paid in the shops
  if (isTooLate(order, now) || hasEnded || isNothingToPay) return err({ kind: 'order-over' });

  const due = cardPart(order);
  // A payment stays with its provider, also where the city has another one since.
  const name = found.payment?.provider ?? (due === 0 ? 'none' : currentProviderName());
  const { method, attempt } = found.payment ?? { method: 'card' as const, attempt: 0 };
  if (found.payment) await letFormerGo(order.id, ports); // before another is asked for
  const intent = await providerNamed(name, { clock: ports.clock, isReplayed: order.isReplayed }).create({
    key: keyOf(order, method, attempt),
    method,
    orderNumber: order.number,
    amountMinor: due,
    currency: order.currency,
    statement: statementOf(order, parts),
    payer: method === 'card' ? undefined : { email: order.email, country: (await getCity()).country },
  });
  const { reference, transfer } = intent;
  const payment = found.payment
    ? await nameIntent(reader(), found.payment, { reference, payTo: transfer?.payTo })
    : await ensurePayment(reader(), order, { provider: name, method, reference, now, ids: ports.ids });
  invariant(payment, 'a payment was just written');
  if (payment.providerReference !== reference) {
    // Another method was chosen meanwhile, in another tab: that one counts, and this one is left.
    await leaveIntent(reader(), payment, { reference, now });
    return openIntent(orderToken, ports);
  }
  return ok({ order, payment: due === 0 ? await settledAtOnce(order, payment, { intent, ports }) : payment, reference, intent, hasEnded });
}

/** Each choice of a method is an intent of its own; the first card's is the order's. */
function keyOf(order: OrderRow, method: PaymentMethod, attempt: number): string {
  return method === 'card' && attempt === 0 ? order.id : `${order.id}-${method}-${attempt}`;
}

/** Vouchers pay all of it: nothing is waited for. */
async function settledAtOnce(
  order: OrderRow,
  payment: PaymentRow,
  { intent, ports }: { readonly intent: Intent; readonly ports: Ports },
): Promise<PaymentRow> {
  const settled = await withTransaction(async (tx): Promise<Result<PaymentState, never>> =>
    ok(await settleReport(tx, order.id, intent, ports)),
  );
  return settled.ok ? { ...payment, state: settled.value } : payment;
}

/** The shop's name when one shop is paid, else the order number, which leads to the shops (OP-36). */
function statementOf(order: OrderRow, parts: readonly PartOfOrder[]): string {
  const [only, second] = new Set(parts.map((part) => part.shopName));
  return only === undefined || second !== undefined ? order.number : only;
}
