import { and, eq, sql } from 'drizzle-orm';
import { orderLines, subOrders } from '@/db/schema';
import type { OrderLineId, Result, ShopScope, SubOrderId } from '@/lib/kernel';
import { err, ok, quantity } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import { appendEvents } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import type { TransitionNotAllowed } from './advance-sub-order';
import { advanceSubOrder } from './advance-sub-order';
import type { Answered, SubOrderNotFound } from './answer-sub-order';
import { byShop } from './answer-sub-order';
import { loseLines } from './lose-lines';
import { recordFound } from './record-found';
import type { Lost } from './rescue/open-rescues';
import type { LockedSubOrder } from './sub-order-repository';
import { listLines, lockForShop } from './sub-order-repository';

export type PrepareRefusal = SubOrderNotFound | TransitionNotAllowed;

/** Somebody begins to pick. */
export async function startPreparing(
  scope: ShopScope,
  subOrderId: SubOrderId,
  ports: Ports = systemPorts,
): Promise<Result<Answered, PrepareRefusal>> {
  return observed({ useCase: 'start-preparing', actor: scope.kind, ids: { shopId: scope.shopId, subOrderId } }, () =>
    withTransaction(async (tx): Promise<Result<Answered, PrepareRefusal>> => {
      const subOrder = await lockForShop(tx, scope, subOrderId);
      if (!subOrder) return err({ kind: 'sub-order-not-found' });
      if (subOrder.state === 'preparing') return ok({ subOrderId, number: subOrder.number, state: subOrder.state });
      const started = await advanceSubOrder(tx, subOrder, { event: 'start' }, byShop(scope, subOrder, ports));
      return started.ok ? ok({ subOrderId, number: subOrder.number, state: started.value }) : started;
    }),
  );
}

/** `undefined` takes the tick back. */
export type Tick = { readonly lineId: OrderLineId; readonly pickedQuantity: number | undefined };

export type TickRefusal =
  { readonly kind: 'line-not-found' } | { readonly kind: 'more-than-ordered'; readonly ordered: number } | TransitionNotAllowed;

export type Ticked = { readonly lineId: OrderLineId; readonly subOrderId: SubOrderId; readonly pickedQuantity: number | undefined };

/** A line was taken from the shelf. The first tick of an accepted sub-order begins its preparation. */
export async function tickLine(
  scope: ShopScope,
  { lineId, pickedQuantity }: Tick,
  ports: Ports = systemPorts,
): Promise<Result<Ticked, TickRefusal>> {
  return observed({ useCase: 'tick-line', actor: scope.kind, ids: { shopId: scope.shopId, lineId } }, () =>
    withTransaction(async (tx): Promise<Result<Ticked, TickRefusal>> => {
      const [line] = await tx
        .select({ subOrderId: orderLines.subOrderId, ordered: sql<number>`${orderLines.quantity} - ${orderLines.refusedQuantity}` })
        .from(orderLines)
        .innerJoin(subOrders, eq(subOrders.id, orderLines.subOrderId))
        .where(and(eq(orderLines.id, lineId), eq(subOrders.shopId, scope.shopId)));
      const subOrder = line && (await lockForShop(tx, scope, line.subOrderId));
      if (!line || !subOrder) return err({ kind: 'line-not-found' });
      if (pickedQuantity !== undefined && pickedQuantity > line.ordered) return err({ kind: 'more-than-ordered', ordered: line.ordered });

      const by = byShop(scope, subOrder, ports);
      if (subOrder.state !== 'preparing') {
        const started = await advanceSubOrder(tx, subOrder, { event: 'start' }, by);
        if (!started.ok) return started;
      }
      await tx
        .update(orderLines)
        .set({ pickedQuantity: pickedQuantity === undefined ? null : quantity(pickedQuantity) })
        .where(eq(orderLines.id, lineId));
      const { orderId, shopId } = subOrder;
      await appendEvents(tx, [{ name: 'LinePicked', subject: lineId, facts: { orderId, subOrderId: line.subOrderId, shopId } }], by);
      return ok({ lineId, subOrderId: line.subOrderId, pickedQuantity });
    }),
  );
}

export type MarkReady = {
  readonly subOrderId: SubOrderId;
  /** Where it waits: a bag, a shelf, a locker. */
  readonly bag?: string | undefined;
  /** The shop knows that something is missing; what was not ticked counts as not found and its money is not kept. */
  readonly withMissing?: boolean | undefined;
};

export type ReadyRefusal =
  | PrepareRefusal
  | { readonly kind: 'lines-not-picked'; readonly picked: number; readonly ordered: number }
  | { readonly kind: 'nothing-picked' };

/** Everything is in the bag: the shopper is told. From `accepted` it passes through `preparing`, so both times are known. */
export async function markReady(scope: ShopScope, command: MarkReady, ports: Ports = systemPorts): Promise<Result<Answered, ReadyRefusal>> {
  const { subOrderId } = command;
  return observed({ useCase: 'mark-ready', actor: scope.kind, ids: { shopId: scope.shopId, subOrderId } }, () =>
    withTransaction(async (tx): Promise<Result<Answered, ReadyRefusal>> => {
      const subOrder = await lockForShop(tx, scope, subOrderId);
      if (!subOrder) return err({ kind: 'sub-order-not-found' });
      if (subOrder.state === 'ready') return ok({ subOrderId, number: subOrder.number, state: subOrder.state });

      const by = byShop(scope, subOrder, ports);
      const started = subOrder.state === 'accepted' ? await advanceSubOrder(tx, subOrder, { event: 'start' }, by) : undefined;
      if (started && !started.ok) return started;
      const lost = await countPicked(tx, subOrder, command.withMissing ?? false);
      if (!lost.ok) return lost;
      if (lost.value.length > 0) {
        const preparing = { ...subOrder, state: started?.value ?? subOrder.state };
        const gone = await loseLines(tx, { subOrder: preparing, lost: lost.value, cause: 'missing', reason: 'missing' }, by);
        if (!gone.ok) return gone;
        for (const { line } of lost.value)
          await recordFound(tx, { scope, line, found: line.pickedQuantity ?? 0, key: `ready:${line.id}` }, ports);
      }
      const finished = await advanceSubOrder(
        tx,
        { ...subOrder, state: started?.value ?? subOrder.state },
        { event: 'finish', set: { bag: command.bag || null }, detail: command.bag ? { bag: command.bag } : {} },
        by,
      );
      return finished.ok ? ok({ subOrderId, number: subOrder.number, state: finished.value }) : finished;
    }),
  );
}

/** What was not found although it was still to be served; none may be missing unless the shop says it knows. */
async function countPicked(tx: Tx, subOrder: LockedSubOrder, withMissing: boolean): Promise<Result<readonly Lost[], ReadyRefusal>> {
  const lines = await listLines(tx, [subOrder.id]);
  const lost = lines
    .map((line) => ({ line, units: line.quantity - line.refusedQuantity - (line.pickedQuantity ?? 0) }))
    .filter(({ units }) => units > 0);
  if (lost.length === 0) return ok([]);
  if (!withMissing) return err({ kind: 'lines-not-picked', picked: lines.length - lost.length, ordered: lines.length });
  if (lines.every((line) => (line.pickedQuantity ?? 0) === 0)) return err({ kind: 'nothing-picked' });
  return ok(lost);
}
