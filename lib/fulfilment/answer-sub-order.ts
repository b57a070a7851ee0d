import type { OrderLineId, Result, ShopScope, SubOrderId } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { release } from '@/lib/inventory';
import type { SubOrderState } from '@/lib/oms';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import type { ChangedBy, TransitionNotAllowed } from './advance-sub-order';
import { advanceSubOrder, noteAnswer } from './advance-sub-order';
import { servedQuantity } from './owed';
import { correctsShelf, recordFound, type RefusalReason } from './record-found';
import { openRescues } from './rescue/open-rescues';
import { settleAccepted } from './rescue/settle-rescues';
import type { LockedSubOrder } from './sub-order-repository';
import { awaitsCarry, listLines, lockForShop } from './sub-order-repository';

export type SubOrderNotFound = { readonly kind: 'sub-order-not-found' };
export type AnswerRefusal = SubOrderNotFound | TransitionNotAllowed;
export type Answered = { readonly subOrderId: SubOrderId; readonly number: string; readonly state: SubOrderState };

/** Who at the counter, for the events of the shop's own sub-orders. */
export function byShop(scope: ShopScope, subOrder: LockedSubOrder, { clock, ids }: Ports): ChangedBy {
  return { actor: { kind: 'shop', id: scope.personId }, now: clock.now(), ids, quietly: subOrder.isReplayed };
}

/** The shop takes the order on. A second tap on the same button changes nothing and is answered alike. */
export async function acceptSubOrder(
  scope: ShopScope,
  subOrderId: SubOrderId,
  ports: Ports = systemPorts,
): Promise<Result<Answered, AnswerRefusal>> {
  return observed({ useCase: 'accept-sub-order', actor: scope.kind, ids: { shopId: scope.shopId, subOrderId } }, () =>
    withTransaction(async (tx): Promise<Result<Answered, AnswerRefusal>> => {
      const subOrder = await lockForShop(tx, scope, subOrderId);
      if (!subOrder) return err({ kind: 'sub-order-not-found' });
      const { id, number } = subOrder;
      if (subOrder.state === 'accepted') return ok({ subOrderId: id, number, state: subOrder.state });
      const by = byShop(scope, subOrder, ports);
      if (awaitsCarry(subOrder))
        return err({
          kind: 'transition-not-allowed',
          event: 'accept',
          state: subOrder.state,
          by: 'system',
          since: subOrder.stateChangedAt,
        });
      const accepted = await advanceSubOrder(tx, subOrder, { event: 'accept' }, by);
      if (!accepted.ok) return accepted;
      await settleAccepted(tx, subOrder, by);
      await noteAnswer(tx, subOrder, by);
      return ok({ subOrderId: id, number, state: accepted.value });
    }),
  );
}

/** What the shop says when it cannot serve; without `missingLineIds` a missing or damaged reason is about every line. */
export type Refuse = {
  readonly subOrderId: SubOrderId;
  readonly reason: RefusalReason;
  readonly note?: string | undefined;
  readonly missingLineIds?: readonly OrderLineId[] | undefined;
};

/**
 * The shop cannot serve: its units are free again, the shelf is put right, and what the shopper wished for this case happens: another
 * shop is looked for, or the money of this part is never taken (or given back).
 */
export async function refuseSubOrder(
  scope: ShopScope,
  command: Refuse,
  ports: Ports = systemPorts,
): Promise<Result<Answered, AnswerRefusal>> {
  const { subOrderId, reason, note } = command;
  return observed({ useCase: 'refuse-sub-order', actor: scope.kind, ids: { shopId: scope.shopId, subOrderId } }, () =>
    withTransaction(async (tx): Promise<Result<Answered, AnswerRefusal>> => {
      const subOrder = await lockForShop(tx, scope, subOrderId);
      if (!subOrder) return err({ kind: 'sub-order-not-found' });
      const { id, number } = subOrder;
      if (subOrder.state === 'refused') return ok({ subOrderId: id, number, state: subOrder.state });
      const by = byShop(scope, subOrder, ports);
      const refused = await advanceSubOrder(
        tx,
        subOrder,
        { event: 'refuse', set: { refusalReason: reason }, detail: { reason, ...(note ? { note } : {}) } },
        by,
      );
      if (!refused.ok) return refused;
      await giveUpLines(tx, scope, { subOrder, command, by, ports });
      await noteAnswer(tx, subOrder, by);
      return ok({ subOrderId: id, number, state: refused.value });
    }),
  );
}

type GivingUp = { readonly subOrder: LockedSubOrder; readonly command: Refuse; readonly by: ChangedBy; readonly ports: Ports };

async function giveUpLines(tx: Tx, scope: ShopScope, { subOrder, command, by, ports }: GivingUp): Promise<void> {
  const { reason, missingLineIds } = command;
  const lines = await listLines(tx, [subOrder.id]);
  const ids = lines.map((line) => line.id);
  await release(tx, ids);
  const lost = lines.map((line) => ({ line, units: servedQuantity(line) }));
  await openRescues(tx, { subOrder, lost, cause: 'refused', isWhole: true }, by);
  if (!correctsShelf(reason) || awaitsCarry(subOrder)) return; // the shelf is another shop's
  const missing = missingLineIds === undefined ? lines : lines.filter((line) => missingLineIds.includes(line.id));
  for (const line of missing) await recordFound(tx, { scope, line, found: 0, key: `refused:${line.id}` }, ports);
}
