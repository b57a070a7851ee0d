import { and, eq } from 'drizzle-orm';
import { paymentShares } from '@/db/schema';
import { listOwed } from '@/lib/fulfilment';
import type { Intent } from '@/lib/intents';
import { providerNamed } from '@/lib/intents';
import type { Minor, OrderId, Result } from '@/lib/kernel';
import { err, minor, ok, sumMinor } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import { appendEvents } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import { captureTenders, sumCaptured } from '@/lib/wallet';
import { newsOfTransfer } from './note-transfer';
import type { OrderRow, PaymentRow } from './payment-repository';
import { ensureShares, lockPayment, updatePayment } from './payment-repository';
import { returnMoney } from './return-money';

export type Captured = { readonly capturedMinor: Minor };
export type CaptureRefusal = { readonly kind: 'nothing-held' } | { readonly kind: 'answers-awaited' };

type Plan = {
  readonly order: OrderRow;
  readonly payment: PaymentRow;
  readonly reference: string;
  readonly amountMinor: Minor;
  /** What vouchers pay of what was accepted: taken in our own books, in the transaction that plans the rest. */
  readonly byVouchersMinor: Minor;
};

/**
 * Takes the money, once, for what the shops accepted; lets all of it go when nothing was. What to take is written down before the call, so
 * a second run after a crash asks for the same amount under the same key; whatever is owed less by then is given back.
 */
export async function capturePayment(orderId: OrderId, ports: Ports = systemPorts): Promise<Result<Captured, CaptureRefusal>> {
  return observed({ useCase: 'capture-payment', actor: 'system', ids: { orderId } }, async () => {
    const planned = await withTransaction((tx) => planCapture(tx, orderId, ports));
    if (!planned.ok) return planned;
    const { order, payment, reference, amountMinor, byVouchersMinor } = planned.value;
    const provider = providerNamed(payment.provider, { clock: ports.clock, isReplayed: order.isReplayed });
    const intent =
      amountMinor > 0
        ? await provider.capture(reference, amountMinor, `capture-${payment.id}`)
        : await provider.cancel(reference, `cancel-${payment.id}`);
    const isPaid = intent.state === 'captured' || byVouchersMinor > 0;
    await withTransaction((tx) => recordEnd(tx, orderId, { state: isPaid ? 'captured' : 'voided', intent }, ports));
    if (isPaid) await returnMoney(orderId, ports);
    return ok({ capturedMinor: intent.capturedMinor });
  });
}

async function planCapture(tx: Tx, orderId: OrderId, ports: Ports): Promise<Result<Plan, CaptureRefusal>> {
  const locked = await lockPayment(tx, orderId);
  const reference = locked?.payment.providerReference;
  if (!locked || !reference || locked.payment.state !== 'authorised') return err({ kind: 'nothing-held' });
  const { order, payment } = locked;
  const by = { now: ports.clock.now(), ids: ports.ids };
  if (payment.capturedMinor > 0) {
    const byVouchersMinor = await sumCaptured(tx, orderId);
    return ok({ order, payment, reference, amountMinor: payment.capturedMinor, byVouchersMinor });
  }

  const owed = await listOwed(tx, orderId);
  if (owed.some((share) => share.state === 'offered' || share.heldMinor > 0 || share.tenders.some(({ heldMinor }) => heldMinor > 0)))
    return err({ kind: 'answers-awaited' });
  const tenders = owed.flatMap((share) => share.tenders);
  const byVouchersMinor = order.tenderedMinor > 0 ? await captureTenders(tx, orderId, tenders, by) : minor(0);
  await ensureShares(tx, payment, owed);
  const amountMinor = sumMinor(owed.map((share) => share.owedMinor));
  for (const share of owed) {
    await tx
      .update(paymentShares)
      .set({ capturedMinor: share.owedMinor })
      .where(and(eq(paymentShares.paymentId, payment.id), eq(paymentShares.subOrderId, share.subOrderId)));
  }
  await updatePayment(tx, payment, { capturedMinor: amountMinor }, by.now);
  return ok({ order, payment, reference, amountMinor, byVouchersMinor });
}

type End = { readonly state: 'captured' | 'voided'; readonly intent: Intent };

async function recordEnd(tx: Tx, orderId: OrderId, { state, intent }: End, ports: Ports): Promise<Result<void, never>> {
  const locked = await lockPayment(tx, orderId);
  if (!locked) return ok(undefined);
  const now = ports.clock.now();
  const news = newsOfTransfer(locked.payment, intent);
  // A webhook may have said it first.
  if (locked.payment.state !== 'authorised') {
    if (news) await updatePayment(tx, locked.payment, news, locked.payment.updatedAt);
    return ok(undefined);
  }
  await updatePayment(tx, locked.payment, { ...news, state }, now);
  const by = { actor: { kind: 'system', id: undefined }, now, ids: ports.ids, quietly: locked.order.isReplayed } as const;
  await appendEvents(tx, [{ name: 'PaymentReported', subject: locked.payment.id, facts: { orderId, state } }], by);
  return ok(undefined);
}
