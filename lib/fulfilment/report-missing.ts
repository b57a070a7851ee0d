import type { OrderLineId, Result, ShopScope, SubOrderId } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { withTransaction } from '@/lib/platform/transaction';
import type { TransitionNotAllowed } from './advance-sub-order';
import type { Answered, SubOrderNotFound } from './answer-sub-order';
import { byShop } from './answer-sub-order';
import { loseLines } from './lose-lines';
import { servedQuantity } from './owed';
import { correctsShelf, recordFound, type RefusalReason } from './record-found';
import { awaitsCarry, findLastChange, listLines, lockForShop } from './sub-order-repository';

export type ReportMissing = {
  readonly subOrderId: SubOrderId;
  readonly lineId: OrderLineId;
  /** So many of the line can be served; the rest cannot. Steps. */
  readonly found: number;
  readonly reason: RefusalReason;
};

export type MissingRefusal =
  | SubOrderNotFound
  | TransitionNotAllowed
  | { readonly kind: 'line-not-found' }
  | { readonly kind: 'more-than-ordered'; readonly ordered: number };

const beforeReady = ['offered', 'accepted', 'preparing'];

/**
 * "Il en manque": a line cannot be served whole, before or while it is picked. The shelf is put right, the rest of the part goes on, and
 * what is missing looks for another shop or is not paid. Saying it twice changes nothing. Without any unit left the part is refused.
 */
export async function reportMissing(
  scope: ShopScope,
  command: ReportMissing,
  ports: Ports = systemPorts,
): Promise<Result<Answered, MissingRefusal>> {
  const { subOrderId, lineId, found, reason } = command;
  return observed({ useCase: 'report-missing', actor: scope.kind, ids: { shopId: scope.shopId, subOrderId, lineId } }, () =>
    withTransaction(async (tx): Promise<Result<Answered, MissingRefusal>> => {
      const subOrder = await lockForShop(tx, scope, subOrderId);
      if (!subOrder) return err({ kind: 'sub-order-not-found' });
      const line = (await listLines(tx, [subOrderId])).find(({ id }) => id === lineId);
      if (!line) return err({ kind: 'line-not-found' });
      if (found > line.quantity) return err({ kind: 'more-than-ordered', ordered: line.quantity });
      const { number, state } = subOrder;
      if (!beforeReady.includes(state)) {
        const last = await findLastChange(tx, subOrderId);
        return err({
          kind: 'transition-not-allowed',
          event: 'refuse',
          state,
          by: last?.by ?? 'system',
          since: last?.at ?? subOrder.stateChangedAt,
        });
      }
      const units = servedQuantity(line) - found;
      if (units <= 0) return ok({ subOrderId, number, state });
      const lost = await loseLines(tx, { subOrder, lost: [{ line, units }], cause: 'missing', reason }, byShop(scope, subOrder, ports));
      if (!lost.ok) return lost;
      const key = `missing:${line.id}:${line.quantity - found}`;
      if (correctsShelf(reason) && !awaitsCarry(subOrder)) await recordFound(tx, { scope, line, found, key }, ports);
      return ok({ subOrderId, number, state: lost.value });
    }),
  );
}
