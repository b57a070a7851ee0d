import { and, eq, isNull } from 'drizzle-orm';
import { orders, paymentShares, payments, refunds } from '@/db/schema';
import { listOwed } from '@/lib/fulfilment';
import type { Minor, OrderId, Result } from '@/lib/kernel';
import { minor, ok, sumMinor } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import { appendEvents } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { listShares, lockPayment } from './payment-repository';
import { providerNamed } from './providers';

/**
 * Gives back what was taken and is not owed any more: a part that was cancelled or refused after all, a piece missing at the pick.
 * Written first, sent afterwards under the refund's own id, so that a crash between the two sends it once.
 */
export async function returnMoney(orderId: OrderId, ports: Ports = systemPorts): Promise<Result<{ readonly returnedMinor: Minor }, never>> {
  return observed({ useCase: 'return-money', actor: 'system', ids: { orderId } }, async () => {
    await withTransaction((tx) => recordRefunds(tx, orderId, ports));
    return ok({ returnedMinor: await sendRefunds(orderId, ports) });
  });
}

async function recordRefunds(tx: Tx, orderId: OrderId, ports: Ports): Promise<Result<void, never>> {
  const locked = await lockPayment(tx, orderId);
  if (!locked || locked.payment.state !== 'captured') return ok(undefined);
  const { payment } = locked;
  const owed = new Map((await listOwed(tx, orderId)).map((share) => [share.subOrderId, share]));
  for (const share of await listShares(tx, payment)) {
    const part = owed.get(share.subOrderId);
    const excess = share.capturedMinor - share.refundedMinor - (part?.owedMinor ?? 0);
    if (excess <= 0) continue;
    const amountMinor = minor(excess);
    await tx.insert(refunds).values({
      id: ports.ids.make('refund'),
      paymentId: payment.id,
      subOrderId: share.subOrderId,
      amountMinor,
      currency: payment.currency,
      reason: part === undefined || part.owedMinor > 0 ? 'less-than-ordered' : part.state,
      createdAt: ports.clock.now(),
    });
    await tx
      .update(paymentShares)
      .set({ refundedMinor: minor(share.refundedMinor + amountMinor) })
      .where(and(eq(paymentShares.paymentId, payment.id), eq(paymentShares.subOrderId, share.subOrderId)));
  }
  return ok(undefined);
}

async function sendRefunds(orderId: OrderId, ports: Ports): Promise<Minor> {
  const found = await findUnsent(orderId);
  if (!found) return minor(0);
  const { order, payment, reference, unsent } = found;
  const provider = providerNamed(payment.provider, { clock: ports.clock, isReplayed: order.isReplayed });
  for (const refund of unsent) {
    const sent = await provider.refund(reference, refund.amountMinor, refund.id);
    const now = ports.clock.now();
    await withTransaction(async (tx): Promise<Result<void, never>> => {
      await tx.update(refunds).set({ providerReference: sent.reference, sentAt: now }).where(eq(refunds.id, refund.id));
      const by = { actor: { kind: 'system', id: undefined }, now, ids: ports.ids, quietly: order.isReplayed } as const;
      await appendEvents(tx, [{ name: 'PaymentReported', subject: payment.id, facts: { orderId, state: 'refunded' } }], by);
      return ok(undefined);
    });
  }
  return sumMinor(unsent.map((refund) => refund.amountMinor));
}

async function findUnsent(orderId: OrderId) {
  const [row] = await reader()
    .select({ order: orders, payment: payments })
    .from(payments)
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .where(eq(payments.orderId, orderId));
  const reference = row?.payment.providerReference;
  if (!row || !reference) return undefined;
  const unsent = await reader()
    .select()
    .from(refunds)
    .where(and(eq(refunds.paymentId, row.payment.id), isNull(refunds.sentAt)));
  return { ...row, reference, unsent };
}
