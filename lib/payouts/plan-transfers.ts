import type { Minor, SubOrderId, TransferId } from '@/lib/kernel';
import { minor } from '@/lib/kernel';
import type { Unmoved } from '@/lib/settlement';

/** A transfer that was made, or a reversal of one. */
export type TransferState = {
  readonly id: TransferId;
  readonly subOrderId: SubOrderId | null;
  readonly reversesId: TransferId | null;
  readonly amountMinor: Minor;
};

export type PlannedTransfer = TransferState & Pick<Unmoved, 'transactionId' | 'orderId'>;

/** A transfer and what of it was not taken back yet. */
type Open = TransferState & { left: number };

/**
 * The transfers and reversals one merchant's due moves call for.
 *
 * Units: minor units. Guarantees: an earning is transferred whole, once; what is owed is taken back from the transfer of its own sub-order
 * first, then from the newest; never more is taken back than a transfer moved, nor than the account holds after its payouts; what cannot be
 * taken yet is planned again when there is more.
 */
export function planTransfers(
  due: readonly Unmoved[],
  made: readonly TransferState[],
  paidOutMinor: Minor,
  makeId: () => TransferId,
): readonly PlannedTransfer[] {
  const planned: PlannedTransfer[] = due
    .filter((move) => move.netMinor > 0 && move.movedMinor === 0)
    .map(({ transactionId, orderId, subOrderId, netMinor }) => ({
      id: makeId(),
      transactionId,
      orderId,
      subOrderId,
      reversesId: null,
      amountMinor: netMinor,
    }));
  const open = new Map<TransferId, Open>();
  for (const one of [...made, ...planned]) if (one.reversesId === null) open.set(one.id, { ...one, left: one.amountMinor });
  for (const reversal of made) {
    const target = reversal.reversesId && open.get(reversal.reversesId);
    if (target) target.left -= reversal.amountMinor;
  }
  let balance = [...open.values()].reduce((sum, one) => sum + one.left, -paidOutMinor);
  for (const move of due.filter((one) => one.netMinor < 0)) {
    let owed = -move.netMinor - move.movedMinor;
    const isOwn = (one: TransferState) => one.subOrderId === move.subOrderId;
    const newest = [...open.values()].toReversed();
    for (const target of [...newest.filter(isOwn), ...newest.filter((one) => !isOwn(one))]) {
      const amount = Math.min(owed, target.left, Math.max(0, balance));
      if (amount <= 0) continue;
      owed -= amount;
      balance -= amount;
      target.left -= amount;
      const { transactionId, orderId, subOrderId } = move;
      planned.push({ id: makeId(), transactionId, orderId, subOrderId, reversesId: target.id, amountMinor: minor(amount) });
    }
  }
  return planned;
}
