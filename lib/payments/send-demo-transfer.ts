import type { DemoTransferKind } from '@/lib/intents';
import { demoFor } from '@/lib/intents';
import type { Result } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { findByToken } from './payment-repository';

export type SendRefusal = { readonly kind: 'order-not-found' } | { readonly kind: 'no-demo-here' };

/**
 * In the demo the shopper's bank is a panel on the pay step: it sends the money, at any time and as much as it is told. What comes of it is heard from
 * the demo's bank, as from a real one.
 */
export async function sendFromDemoBank(
  orderToken: string,
  kind: DemoTransferKind,
  ports: Ports = systemPorts,
): Promise<Result<void, SendRefusal>> {
  return observed({ useCase: 'send-from-demo-bank', actor: 'order' }, async (): Promise<Result<void, SendRefusal>> => {
    const found = await findByToken(reader(), orderToken);
    if (!found) return err({ kind: 'order-not-found' });
    const { order, payment } = found;
    const reference = payment?.method === 'bank-transfer' && payment.provider === 'demo' ? payment.providerReference : null;
    if (!reference) return err({ kind: 'no-demo-here' });
    await demoFor({ clock: ports.clock, isReplayed: order.isReplayed }).sendTransfer(reference, kind);
    return ok(undefined);
  });
}
