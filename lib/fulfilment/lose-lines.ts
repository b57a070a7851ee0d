import { eq } from 'drizzle-orm';
import type { RescueCause } from '@/db/schema';
import { orderLines } from '@/db/schema';
import { releaseUnits } from '@/lib/inventory';
import type { Result } from '@/lib/kernel';
import { ok, quantity } from '@/lib/kernel';
import type { SubOrderState } from '@/lib/oms';
import { appendEvents } from '@/lib/platform/outbox';
import type { Tx } from '@/lib/platform/transaction';
import { carryFewer } from '@/lib/shelves';
import type { ChangedBy, TransitionNotAllowed } from './advance-sub-order';
import { advanceSubOrder, noteAnswer } from './advance-sub-order';
import { servedQuantity } from './owed';
import type { RefusalReason } from './record-found';
import type { Lost } from './rescue/open-rescues';
import { openRescues } from './rescue/open-rescues';
import type { LockedSubOrder, NOT_CARRIED } from './sub-order-repository';
import { awaitsCarry, listLines } from './sub-order-repository';

export type Losing = {
  readonly subOrder: LockedSubOrder;
  readonly lost: readonly Lost[];
  readonly cause: RescueCause;
  /** What the part is kept with when nothing of it is left. */
  readonly reason: RefusalReason | typeof NOT_CARRIED;
};

/**
 * A part goes on without some of its units: their claim ends, their money is owed no more, and they look for another shop where the
 * shopper wished so. A part that loses its last unit is refused. Says the state afterwards. Errors: `transition-not-allowed`.
 */
export async function loseLines(tx: Tx, losing: Losing, by: ChangedBy): Promise<Result<SubOrderState, TransitionNotAllowed>> {
  const { subOrder, lost, cause, reason } = losing;
  const before = await listLines(tx, [subOrder.id]);
  const units = new Map(lost.map((one) => [one.line.id, one.units]));
  const isWhole = before.every((line) => servedQuantity(line) <= (units.get(line.id) ?? 0));
  for (const { line, units: gone } of lost) {
    const left = servedQuantity(line) - gone;
    await tx
      .update(orderLines)
      .set({
        refusedQuantity: quantity(line.quantity - left),
        ...(left === 0 || (line.pickedQuantity !== null && line.pickedQuantity > left) ? { pickedQuantity: quantity(left) } : {}),
      })
      .where(eq(orderLines.id, line.id));
    await releaseUnits(tx, line.id, gone);
  }
  if (awaitsCarry(subOrder))
    await carryFewer(tx, subOrder.id, { gone: lost.map((one) => ({ ...one.line, units: one.units })), now: by.now });
  const refused = isWhole
    ? await advanceSubOrder(tx, subOrder, { event: 'refuse', set: { refusalReason: reason }, detail: { reason } }, by)
    : undefined;
  if (refused && !refused.ok) return refused;
  await openRescues(tx, { subOrder, lost, cause, isWhole }, by);
  const { orderId, shopId, id: subOrderId } = subOrder;
  await appendEvents(
    tx,
    lost.map(({ line }) => ({ name: 'LineLost', subject: line.id, facts: { orderId, subOrderId, shopId } }) as const),
    by,
  );
  if (refused) await noteAnswer(tx, subOrder, by);
  return refused ?? ok(subOrder.state);
}
