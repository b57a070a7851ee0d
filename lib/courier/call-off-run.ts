import { and, eq, isNull } from 'drizzle-orm';
import { courierRunParts, courierRuns } from '@/db/schema';
import type { OperatorScope, Result, RunId } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { withTransaction } from '@/lib/platform/transaction';

export type CallOffRefusal = { readonly kind: 'run-not-found' } | { readonly kind: 'goods-on-board' };

/** Ends a run before anything is on board: its link opens nothing any more, its parts wait for another run. */
export async function callOffRun(
  scope: OperatorScope,
  runId: RunId,
  ports: Ports = systemPorts,
): Promise<Result<{ readonly runId: RunId }, CallOffRefusal>> {
  return observed({ useCase: 'call-off-run', actor: scope.kind, ids: { runId } }, () =>
    withTransaction(async (tx): Promise<Result<{ readonly runId: RunId }, CallOffRefusal>> => {
      const [run] = await tx
        .select()
        .from(courierRuns)
        .where(and(eq(courierRuns.id, runId), isNull(courierRuns.calledOffAt)))
        .for('update');
      if (!run) return err({ kind: 'run-not-found' });
      const parts = await tx.select().from(courierRunParts).where(eq(courierRunParts.runId, runId)).for('update');
      if (parts.some((part) => part.state !== 'to-fetch')) return err({ kind: 'goods-on-board' });
      await tx.delete(courierRunParts).where(eq(courierRunParts.runId, runId));
      await tx.update(courierRuns).set({ calledOffAt: ports.clock.now() }).where(eq(courierRuns.id, runId));
      return ok({ runId });
    }),
  );
}
