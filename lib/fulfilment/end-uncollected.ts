import { and, asc, eq, lte } from 'drizzle-orm';
import { subOrders } from '@/db/schema';
import { release } from '@/lib/inventory';
import type { Result } from '@/lib/kernel';
import { ok } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader, withTransaction } from '@/lib/platform/transaction';
import type { TransitionNotAllowed } from './advance-sub-order';
import { advanceSubOrder } from './advance-sub-order';
import { listLineIds, lockForSystem } from './sub-order-repository';

const BATCH = 100;

/**
 * The rule the pass states (ux.md F5 c): what nobody fetched by the end of its time is the shop's again and is refunded. Its units never
 * left the shelf. Returns how many ended; somebody who comes at the same moment is first or is told.
 */
export async function endUncollected(ports: Ports = systemPorts): Promise<number> {
  const now = ports.clock.now();
  const due = await reader()
    .select({ id: subOrders.id })
    .from(subOrders)
    .where(and(eq(subOrders.state, 'ready'), eq(subOrders.method, 'pickup'), lte(subOrders.keptUntil, now)))
    .orderBy(asc(subOrders.keptUntil))
    .limit(BATCH);
  let ended = 0;
  for (const { id } of due) {
    const outcome = await withTransaction(async (tx): Promise<Result<boolean, TransitionNotAllowed>> => {
      const subOrder = await lockForSystem(tx, id);
      if (subOrder?.state !== 'ready' || subOrder.keptUntil === null || subOrder.keptUntil > now) return ok(false);
      const by = { actor: { kind: 'system', id: undefined }, now, ids: ports.ids, quietly: subOrder.isReplayed } as const;
      const gone = await advanceSubOrder(tx, subOrder, { event: 'give-up' }, by);
      if (!gone.ok) return gone;
      await release(tx, await listLineIds(tx, [id]));
      return ok(true);
    });
    if (outcome.ok && outcome.value) ended += 1;
  }
  return ended;
}
