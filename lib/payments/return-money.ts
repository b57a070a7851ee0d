import { and, eq, isNull } from 'drizzle-orm';
import { orders, paymentShares, payments, refunds } from '@/db/schema';
import { listOwed } from '@/lib/fulfilment';
import { providerNamed } from '@/lib/intents';
import type { Minor, OrderId, Result } from '@/lib/kernel';
import { minor, ok, sumMinor } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import { appendEvents } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { returnToVouchers } from '@/lib/wallet';
import type { PaymentRow } from './payment-repository';
import { ensureShares, listShares, lockPayment, takingReference } from './payment-repository';
import { RETURNED, settleShares } from './settle-shares';

/**
 * Gives back what was taken and is not owed any more: a part that was cancelled or refused after all, a piece missing at the pick. What a
 * rescue still holds stays where it is, and what another shop serves instead becomes that shop's.
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
  const now = ports.clock.now();
  const owed = await listOwed(tx, orderId);
  await ensureShares(tx, payment, owed);
  const before = await listShares(tx, payment);
  const settled = settleShares(before, owed, await sumReturned(tx, payment));
  const about = { paymentId: payment.id, currency: payment.currency, createdAt: now };
  for (const refund of settled.refunds) await tx.insert(refunds).values({ ...about, ...refund, id: ports.ids.make('refund') });
  const changed = settled.shares.filter((share) => !before.includes(share));
  for (const share of changed) await updateShare(tx, share);
  const tenders = owed.flatMap((share) => share.tenders);
  const backMinor =
    tenders.length === 0 ? 0 : await returnToVouchers(tx, orderId, { due: tenders, reason: 'less-than-ordered' }, { now, ids: ports.ids });
  if (
    backMinor > 0 ||
    changed.some((share) => before.find(({ subOrderId }) => subOrderId === share.subOrderId)?.capturedMinor !== share.capturedMinor)
  ) {
    const by = { actor: { kind: 'system', id: undefined }, now, ids: ports.ids, quietly: locked.order.isReplayed } as const;
    await appendEvents(tx, [{ name: 'SharesMoved', subject: payment.id, facts: { orderId } }], by);
  }
  return ok(undefined);
}

async function sumReturned(tx: Tx, payment: Pick<PaymentRow, 'id'>): Promise<ReadonlyMap<string, number>> {
  const rows = await tx
    .select({ subOrderId: refunds.subOrderId, amountMinor: refunds.amountMinor })
    .from(refunds)
    .where(and(eq(refunds.paymentId, payment.id), eq(refunds.reason, RETURNED)));
  return new Map([...Map.groupBy(rows, (row) => row.subOrderId)].map(([id, own]) => [id, sumMinor(own.map((row) => row.amountMinor))]));
}

type Share = Awaited<ReturnType<typeof listShares>>[number];

async function updateShare(tx: Tx, { paymentId, subOrderId, capturedMinor, refundedMinor }: Share): Promise<void> {
  await tx
    .update(paymentShares)
    .set({ capturedMinor, refundedMinor })
    .where(and(eq(paymentShares.paymentId, paymentId), eq(paymentShares.subOrderId, subOrderId)));
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
    .select({ order: orders, payment: payments, reference: takingReference })
    .from(payments)
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .where(eq(payments.orderId, orderId));
  if (!row?.reference) return undefined;
  const { order, payment, reference } = row;
  const unsent = await reader()
    .select()
    .from(refunds)
    .where(and(eq(refunds.paymentId, payment.id), isNull(refunds.sentAt)));
  return { order, payment, reference, unsent };
}
