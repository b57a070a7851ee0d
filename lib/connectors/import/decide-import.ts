import { and, eq } from 'drizzle-orm';
import { imports } from '@/db/schema';
import type { ImportId, Instant, Result, ShopScope } from '@/lib/kernel';
import { err, ok, plusMs } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import { appendEvents } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { withTransaction } from '@/lib/platform/transaction';
import { findImport } from './staged-import';

/** How long a finished import can be taken back. */
export const UNDO_MS = 24 * 3_600_000;

export type DecideRefusal =
  | { readonly kind: 'import-not-found' }
  | { readonly kind: 'nothing-to-import' }
  | { readonly kind: 'import-under-way' }
  | { readonly kind: 'too-late-to-undo' };

type Decided = Result<undefined, DecideRefusal>;

/** Whether an import may still be taken back at `now`. */
export const mayUndo = (finishedAt: Instant | null, now: Instant): boolean => finishedAt !== null && now < plusMs(finishedAt, UNDO_MS);

/** "Importer 214 produits": from here on the worker takes the file over, whoever leaves the page. Confirming twice is confirming once. */
export async function confirmImport(scope: ShopScope, importId: ImportId, ports: Ports = systemPorts): Promise<Decided> {
  return observed({ useCase: 'confirm-import', actor: scope.kind, ids: { shopId: scope.shopId, importId } }, () =>
    withTransaction(async (tx): Promise<Decided> => {
      const row = await findImport(tx, scope, importId);
      if (!row) return err({ kind: 'import-not-found' });
      if ((row.counts?.new ?? 0) + (row.counts?.changed ?? 0) === 0) return err({ kind: 'nothing-to-import' });
      const moved = await tx
        .update(imports)
        .set({ state: 'applying', progress: 0, confirmedAt: ports.clock.now() })
        .where(and(eq(imports.id, importId), eq(imports.state, 'checked')))
        .returning({ id: imports.id });
      if (moved.length === 0) return row.state === 'staged' ? err({ kind: 'import-under-way' }) : ok(undefined);
      const event = { name: 'ImportConfirmed', subject: importId, facts: { shopId: scope.shopId } } as const;
      await appendEvents(tx, [event], { actor: { kind: 'shop', id: scope.personId }, now: ports.clock.now(), ids: ports.ids });
      return ok(undefined);
    }),
  );
}

/** Takes a finished import back, within a day. */
export async function askUndo(scope: ShopScope, importId: ImportId, ports: Ports = systemPorts): Promise<Decided> {
  return observed({ useCase: 'undo-import', actor: scope.kind, ids: { shopId: scope.shopId, importId } }, () =>
    withTransaction(async (tx): Promise<Decided> => {
      const row = await findImport(tx, scope, importId);
      if (!row) return err({ kind: 'import-not-found' });
      if (row.state === 'done' && !mayUndo(row.finishedAt, ports.clock.now())) return err({ kind: 'too-late-to-undo' });
      const moved = await tx
        .update(imports)
        .set({ state: 'undoing', progress: 0 })
        .where(and(eq(imports.id, importId), eq(imports.state, 'done')))
        .returning({ id: imports.id });
      if (moved.length === 0) return row.state === 'undone' || row.state === 'undoing' ? ok(undefined) : err({ kind: 'import-under-way' });
      const event = { name: 'ImportUndone', subject: importId, facts: { shopId: scope.shopId } } as const;
      await appendEvents(tx, [event], { actor: { kind: 'shop', id: scope.personId }, now: ports.clock.now(), ids: ports.ids });
      return ok(undefined);
    }),
  );
}
