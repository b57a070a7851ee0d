import type { PaymentMethod } from '@/db/schema';
import { currentProviderName } from '@/lib/intents';
import type { Result } from '@/lib/kernel';
import { err, invariant, minor, ok } from '@/lib/kernel';
import { readModules } from '@/lib/modules';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { leaveIntent } from './former-intents';
import { lyingOf } from './note-transfer';
import { areOver, getPaymentPage, isTooLate, offersTransfer } from './payment-page';
import type { OrderRow } from './payment-repository';
import { cardPart, ensurePayment, findPaying, lockPayment, updatePayment } from './payment-repository';
import type { PaymentRefusal } from './start-payment';
import { startPayment } from './start-payment';
import { syncPayment } from './sync-payment';
import type { PaymentPageView } from './views';

export type ChooseRefusal =
  | PaymentRefusal
  /** The city, or its provider, does not take bank transfers. */
  | { readonly kind: 'transfer-not-offered' }
  /** Some of the money has come by transfer: the rest comes the same way, or it goes back when the time to pay is over. */
  | { readonly kind: 'money-arrived' };

/**
 * The shopper chooses how to pay, or changes their mind: as long as nothing is held, what was asked of the provider before is let go, and then the other
 * is asked for. The same choice again changes nothing; of two at once the last one counts, and whatever still comes to the other goes back.
 */
export async function chooseMethod(
  orderToken: string,
  method: PaymentMethod,
  ports: Ports = systemPorts,
): Promise<Result<PaymentPageView, ChooseRefusal>> {
  return observed({ useCase: 'choose-method', actor: 'order' }, async () => {
    const found = await findPaying(reader(), orderToken);
    if (!found) return err({ kind: 'order-not-found' });
    const { order, payment, parts } = found;
    if (method === 'bank-transfer' && !(await offersTransfer(order, await readModules(reader()))))
      return err({ kind: 'transfer-not-offered' });
    if (payment && payment.method !== method) await syncPayment(orderToken, ports); // it may have been paid already
    if (areOver(parts) || isTooLate(order, ports.clock.now())) return err({ kind: 'order-over' });
    const chosen = await withTransaction((tx) => choose(tx, order, method, ports));
    return chosen.ok ? opened(orderToken, ports) : chosen;
  });
}

async function choose(tx: Tx, order: OrderRow, method: PaymentMethod, ports: Ports): Promise<Result<void, ChooseRefusal>> {
  const now = ports.clock.now();
  const begun = { provider: currentProviderName(), method, reference: undefined, now, ids: ports.ids };
  if (cardPart(order) > 0) await ensurePayment(tx, order, begun);
  const locked = await lockPayment(tx, order.id);
  if (!locked) return err({ kind: 'order-over' }); // nothing is paid online
  const { payment } = locked;
  if (payment.method === method || payment.state === 'authorised' || payment.state === 'captured') return ok(undefined);
  if (payment.state === 'voided' || payment.provider === 'none') return err({ kind: 'order-over' });
  if (lyingOf(payment) > 0) return err({ kind: 'money-arrived' });
  const { providerReference: reference, arrivedMinor, sentBackMinor, attempt } = payment;
  if (reference !== null) await leaveIntent(tx, payment, { reference, arrivedMinor, sentBackMinor, now });
  const afresh = { providerReference: null, payTo: null, state: 'created', arrivedMinor: minor(0), sentBackMinor: minor(0) } as const;
  await updatePayment(tx, payment, { ...afresh, method, attempt: attempt + 1 }, now);
  return ok(undefined);
}

/** Lets go what was turned away from and asks for what was chosen. */
async function opened(orderToken: string, ports: Ports): Promise<Result<PaymentPageView, ChooseRefusal>> {
  const started = await startPayment(orderToken, ports);
  if (started.ok || started.error.kind !== 'order-over') return started;
  const view = await getPaymentPage(orderToken);
  invariant(view, 'an order does not vanish');
  return view.state === 'authorised' ? ok(view) : err({ kind: 'order-over' });
}
