import { sql } from 'drizzle-orm';
import type { ImportCounts } from '@/db/schema';
import { importItems, importMappings, imports } from '@/db/schema';
import type { ImportId, Result, ShopScope } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import type { ColumnMapping } from '../columns/fields';
import { signatureOf } from './stage-import';
import type { ImportRow } from './staged-import';
import { findImport, stagedPlan } from './staged-import';
import { writeItems } from './write-items';

export type ImportRefusal = { readonly kind: 'import-not-found' } | { readonly kind: 'import-under-way' };

async function countItems(importId: ImportId): Promise<ImportCounts> {
  const [counts] = await reader().execute<ImportCounts>(sql`
    select count(*) filter (where verdict = 'new')::int as new, count(*) filter (where verdict = 'changed')::int as changed,
      count(*) filter (where verdict = 'unchanged')::int as unchanged, count(*) filter (where verdict = 'rejected')::int as rejected
    from ${importItems} where import_id = ${importId}`);
  return counts ?? { new: 0, changed: 0, unchanged: 0, rejected: 0 };
}

async function keepMapping(row: ImportRow, mapping: ColumnMapping, ports: Ports): Promise<void> {
  const kept = mapping.map((field) => field ?? null);
  const updatedAt = ports.clock.now();
  await reader()
    .insert(importMappings)
    .values({ shopId: row.shopId, signature: signatureOf(row.header), mapping: kept, updatedAt })
    .onConflictDoUpdate({ target: [importMappings.shopId, importMappings.signature], set: { mapping: kept, updatedAt } });
}

/** While a file is read again nobody can confirm what was read before. */
async function reopen(importId: ImportId): Promise<boolean> {
  const moved = await reader()
    .update(imports)
    .set({ state: 'staged' })
    .where(sql`${imports.id} = ${importId} and ${imports.state} in ('staged', 'checked')`)
    .returning({ id: imports.id });
  return moved.length > 0;
}

/**
 * The dry run: says for every row what confirming would do, and counts it. Nothing of the shop changes. A corrected `mapping` is used
 * from here on and remembered for the shop's next file with the same headings.
 */
export async function checkImport(
  scope: ShopScope,
  { importId, mapping }: { readonly importId: ImportId; readonly mapping?: ColumnMapping },
  ports: Ports = systemPorts,
): Promise<Result<ImportCounts, ImportRefusal>> {
  return observed(
    { useCase: 'check-import', actor: scope.kind, ids: { shopId: scope.shopId, importId } },
    async (): Promise<Result<ImportCounts, ImportRefusal>> => {
      const found = await findImport(reader(), scope, importId);
      if (!found) return err({ kind: 'import-not-found' });
      if (!(await reopen(importId))) return err({ kind: 'import-under-way' });
      const row = mapping === undefined ? found : { ...found, mapping: mapping.map((field) => field ?? null) };
      if (mapping !== undefined) await keepMapping(row, mapping, ports);
      const { items, warnings } = await writeItems(row, await stagedPlan(row), ports);
      const counts = await countItems(importId);
      await reader()
        .update(imports)
        .set({ mapping: row.mapping, state: 'checked', counts, items, warnings: [...fileWarnings(found.warnings), ...warnings] })
        .where(sql`${imports.id} = ${importId} and ${imports.state} in ('staged', 'checked')`);
      return ok(counts);
    },
  );
}

const ofTheFile = new Set(['garbled-characters', 'zero-bytes', 'quote-not-closed', 'broken-end', 'other-sheets', 'no-heading']);

/** What was said of the file as a whole outlives a second check of its rows. */
function fileWarnings(warnings: ImportRow['warnings']): ImportRow['warnings'] {
  return warnings.filter(({ code }) => ofTheFile.has(code));
}
