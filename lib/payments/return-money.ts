import { and, eq, isNull } from 'drizzle-orm';
import { orders, paymentShares, payments, refunds } from '@/db/schema';
import type { OwedShare } from '@/lib/fulfilment';
import { listOwed } from '@/lib/fulfilment';
import type { Minor, OrderId, Result } from '@/lib/kernel';
import { minor, ok, sumMinor } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import { appendEvents } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { reader, withTransaction } from '@/lib/platform/transaction';
import type { PaymentRow } from './payment-repository';
import { ensureShares, listShares, lockPayment } from './payment-repository';
import { providerNamed } from './providers';

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
  const shares = await moveShares(tx, before, owed);
  const returned = await sumReturned(tx, payment);
  for (const share of shares) {
    const part = owed.find((one) => one.subOrderId === share.subOrderId);
    const excess = Math.max(0, excessOf(share, part));
    const cameBack = part === undefined ? 0 : part.servedMinor - part.owedMinor - (returned.get(share.subOrderId) ?? 0);
    const returnedMinor = minor(Math.min(excess, Math.max(0, cameBack)));
    const unservedMinor = minor(excess - returnedMinor);
    const reason = part === undefined || part.servedMinor > 0 ? 'less-than-ordered' : part.state;
    const about = { paymentId: payment.id, subOrderId: share.subOrderId, currency: payment.currency, createdAt: now };
    for (const [amountMinor, why] of [[unservedMinor, reason] as const, [returnedMinor, RETURNED] as const]) {
      if (amountMinor > 0) await tx.insert(refunds).values({ ...about, id: ports.ids.make('refund'), amountMinor, reason: why });
    }
    if (excess > 0) await updateShare(tx, { ...share, refundedMinor: minor(share.refundedMinor + excess) });
  }
  if (shares.some((share) => !before.includes(share))) {
    const by = { actor: { kind: 'system', id: undefined }, now, ids: ports.ids, quietly: locked.order.isReplayed } as const;
    await appendEvents(tx, [{ name: 'SharesMoved', subject: payment.id, facts: { orderId } }], by);
  }
  return ok(undefined);
}

/** Why money went back for things that were served and came back: the merchant had earned it. Any other reason is of what was never served. */
export const RETURNED = 'returned';

async function sumReturned(tx: Tx, payment: Pick<PaymentRow, 'id'>): Promise<ReadonlyMap<string, number>> {
  const rows = await tx
    .select({ subOrderId: refunds.subOrderId, amountMinor: refunds.amountMinor })
    .from(refunds)
    .where(and(eq(refunds.paymentId, payment.id), eq(refunds.reason, RETURNED)));
  return new Map([...Map.groupBy(rows, (row) => row.subOrderId)].map(([id, own]) => [id, sumMinor(own.map((row) => row.amountMinor))]));
}

type Share = Awaited<ReturnType<typeof listShares>>[number];

/** Taken for a part beyond what is owed or held for it; negative when a part is owed more than was taken for it. */
function excessOf(share: Share, part: OwedShare | undefined): number {
  return share.capturedMinor - share.refundedMinor - (part?.owedMinor ?? 0) - (part?.heldMinor ?? 0);
}

async function updateShare(tx: Tx, { paymentId, subOrderId, capturedMinor, refundedMinor }: Share): Promise<void> {
  await tx
    .update(paymentShares)
    .set({ capturedMinor, refundedMinor })
    .where(and(eq(paymentShares.paymentId, paymentId), eq(paymentShares.subOrderId, subOrderId)));
}

/**
 * What was taken for one shop and is owed to another that took its place becomes the other's: the shopper's money is not given back and
 * taken again. Guarantees: the sum of the shares stays; no share is moved below what is owed, held or given back of it.
 */
async function moveShares(tx: Tx, shares: readonly Share[], owed: readonly OwedShare[]): Promise<readonly Share[]> {
  const partOf = (share: Share) => owed.find((one) => one.subOrderId === share.subOrderId);
  const moved = new Map(shares.map((share) => [share.subOrderId, share]));
  for (const lacking of shares.filter((share) => excessOf(share, partOf(share)) < 0)) {
    let needed = -excessOf(lacking, partOf(lacking));
    for (const giving of moved.values()) {
      const given = Math.min(needed, Math.max(0, excessOf(giving, partOf(giving))));
      if (given === 0) continue;
      needed -= given;
      const taking = moved.get(lacking.subOrderId) ?? lacking;
      moved.set(giving.subOrderId, { ...giving, capturedMinor: minor(giving.capturedMinor - given) });
      moved.set(taking.subOrderId, { ...taking, capturedMinor: minor(taking.capturedMinor + given) });
    }
  }
  for (const share of moved.values()) if (!shares.includes(share)) await updateShare(tx, share);
  return [...moved.values()];
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
