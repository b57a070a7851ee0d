import { providerNamed } from '@/lib/intents';
import type { Result } from '@/lib/kernel';
import { err, invariant, ok } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { getPaymentPage } from './payment-page';
import { findByToken } from './payment-repository';
import type { PaymentState } from './payment-state';
import { settleReport } from './settle-report';
import type { PaymentPageView } from './views';

/**
 * The shopper came back from the bank: asks the provider how it stands, in case its webhook has not come yet. A payment that has reached
 * its end is not asked about again. Answers the pay step as it stands then.
 */
export async function syncPayment(
  orderToken: string,
  ports: Ports = systemPorts,
): Promise<Result<PaymentPageView, { readonly kind: 'order-not-found' }>> {
  return observed({ useCase: 'sync-payment', actor: 'order' }, async () => {
    const found = await findByToken(reader(), orderToken);
    if (!found) return err({ kind: 'order-not-found' });
    const { order, payment } = found;
    const isAwaited = payment && (payment.state === 'created' || payment.state === 'challenged' || payment.state === 'declined');
    if (isAwaited && payment.providerReference) {
      const provider = providerNamed(payment.provider, { clock: ports.clock, isReplayed: order.isReplayed });
      const intent = await provider.retrieve(payment.providerReference);
      if (intent)
        await withTransaction(async (tx): Promise<Result<PaymentState, never>> => ok(await settleReport(tx, order.id, intent, ports)));
    }
    const view = await getPaymentPage(orderToken);
    invariant(view, 'an order does not vanish');
    return ok(view);
  });
}
