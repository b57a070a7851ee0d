import { and, eq, or } from 'drizzle-orm';
import { disputeParts, disputes, payments, paymentShares, subOrders } from '@/db/schema';
import type { EventNamed, Instant, Result } from '@/lib/kernel';
import { minor, ok } from '@/lib/kernel';
import { attributeDispute } from '@/lib/oms';
import { observed } from '@/lib/platform/log';
import { appendEvents } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import { insertTransactions } from '@/lib/settlement';
import { disputeDrafts } from './dispute-drafts';

type Reported = EventNamed<'DisputeReported'>;
type DisputeRow = typeof disputes.$inferSelect;

/**
 * The provider says how a dispute stands; news that come twice, late or in the wrong order change nothing. When it is first heard of, it is
 * attributed to the sub-orders it names, else by what was paid for each, for good: no other shop ever bears it (BO-17). While it is open its
 * merchants' part is kept aside; won, it is theirs again; lost, they pay it, or the city where an operator decided so. One about a payment of nobody here is left alone.
 */
export async function settleDispute(event: Reported, ports: Ports = systemPorts): Promise<void> {
  await observed({ useCase: 'settle-dispute', actor: 'system', ids: {} }, () =>
    withTransaction(async (tx): Promise<Result<void, never>> => ok(await settleIn(tx, event, ports))),
  );
}

async function settleIn(tx: Tx, event: Reported, ports: Ports): Promise<void> {
  const now = ports.clock.now();
  const dispute = (await lockDispute(tx, event)) ?? (await openDispute(tx, event, ports));
  if (!dispute) return;
  const { state } = event.facts;
  const isDecided = dispute.state === 'open' && state !== 'open';
  const settled: DisputeRow = isDecided ? { ...dispute, state, closedAt: now } : dispute;
  if (isDecided) await tx.update(disputes).set({ state, closedAt: now }).where(eq(disputes.id, dispute.id));
  const parts = await tx.select().from(disputeParts).where(eq(disputeParts.disputeId, dispute.id));
  const written = await insertTransactions(tx, disputeDrafts(settled, parts), { now, ids: ports.ids });
  if (written === 0) return;
  const { id, orderId } = dispute;
  const by = { actor: { kind: 'system', id: 'payment-provider' }, now, ids: ports.ids } as const;
  await appendEvents(tx, [{ name: 'DisputeChanged', subject: id, facts: { orderId, state: settled.state } }], by);
}

async function lockDispute(tx: Tx, { subject, facts }: Reported): Promise<DisputeRow | undefined> {
  const [row] = await tx
    .select()
    .from(disputes)
    .where(and(eq(disputes.provider, facts.provider), eq(disputes.providerReference, subject)))
    .for('update');
  return row;
}

/** Writes it down with its parts; the payment's row is locked, so that two messages at once make one dispute. */
async function openDispute(tx: Tx, event: Reported, ports: Ports): Promise<DisputeRow | undefined> {
  const { provider, intent, amountMinor, feeMinor, reason, answerBy, subOrders: named } = event.facts;
  const [payment] = await tx
    .select()
    .from(payments)
    .where(and(eq(payments.provider, provider), or(eq(payments.providerReference, intent), eq(payments.chargeReference, intent))))
    .for('update');
  if (!payment) return undefined;
  const again = await lockDispute(tx, event);
  if (again) return again;
  const now: Instant = ports.clock.now();
  const shares = await tx
    .select({ share: paymentShares, number: subOrders.number, merchantId: subOrders.merchantId })
    .from(paymentShares)
    .innerJoin(subOrders, eq(subOrders.id, paymentShares.subOrderId))
    .where(eq(paymentShares.paymentId, payment.id))
    .orderBy(subOrders.number);
  const disputable = shares.map(({ share, number }) => ({
    subOrder: share.subOrderId,
    number,
    leftMinor: minor(share.capturedMinor - share.refundedMinor),
  }));
  const { parts } = attributeDispute(minor(amountMinor), disputable, named);
  const facts = { provider, providerReference: event.subject, paymentId: payment.id, orderId: payment.orderId, reason };
  const amounts = { amountMinor: minor(amountMinor), feeMinor: minor(feeMinor) };
  const row = { ...facts, ...amounts, id: ports.ids.make('dispute'), state: 'open' as const, openedAt: now };
  const [dispute] = await tx
    .insert(disputes)
    .values({ ...row, answerBy: answerBy ?? null })
    .returning();
  const rows = shares.flatMap(({ share, merchantId }) => {
    const part = parts.find((one) => one.subOrder === share.subOrderId);
    return part ? [{ disputeId: row.id, subOrderId: share.subOrderId, merchantId, amountMinor: part.amountMinor }] : [];
  });
  if (rows.length > 0) await tx.insert(disputeParts).values(rows);
  return dispute;
}
