import { sql } from 'drizzle-orm';
import type { CopiedRow } from '@/db/copy-rows';
import { copyRows } from '@/db/copy-rows';
import type { ImportCounts } from '@/db/schema';
import { importItems, importMappings, imports, listings, offers, stockLevels, variants } from '@/db/schema';
import { readGtinSheets } from '@/lib/catalogue';
import type { ImportId, Result, ShopScope } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { databaseHandle } from '@/lib/platform/database';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import type { ColumnMapping } from '../columns/fields';
import { WarningBook } from '../dry-run-file';
import type { ImportPlan } from '../read-import';
import { readFindings } from '../read-import';
import type { Draft } from '../rows/draft';
import { enrichItems } from './enrich-items';
import { cityImportSettings } from './settings';
import { signatureOf } from './stage-import';
import type { ImportRow } from './staged-import';
import { findImport, stagedPlan, stagedTable } from './staged-import';

export type ImportRefusal = { readonly kind: 'import-not-found' } | { readonly kind: 'import-under-way' };

const PIECE = 1_000;

function itemOf(importId: ImportId, position: number, draft: Draft): CopiedRow {
  const { row, sku, gtin, priceMinor, quantity, isActive } = draft;
  return { importId, position, row, verdict: 'new', reason: null, value: null, sku, gtin, priceMinor, quantity, isActive, draft };
}

function rejectedItem(importId: ImportId, position: number, rejected: { row: number; reason: string; value?: string }): CopiedRow {
  const none = { sku: null, gtin: null, priceMinor: null, quantity: null, isActive: null, draft: null };
  return {
    importId,
    position,
    row: rejected.row,
    verdict: 'rejected',
    reason: rejected.reason,
    value: rejected.value?.slice(0, 200),
    ...none,
  };
}

type Written = { readonly items: number; readonly warnings: ReturnType<WarningBook['list']> };

/** Writes what is going to happen for every row; the check before is replaced as a whole. */
async function writeItems(row: ImportRow, plan: ImportPlan): Promise<Written> {
  return databaseHandle().sql.begin(async (sqlTx) => {
    await sqlTx`delete from import_items where import_id = ${row.id}`;
    const warnings = new WarningBook();
    let position = 0;
    let piece: CopiedRow[] = [];
    for await (const finding of readFindings(stagedTable(row), plan, cityImportSettings)) {
      if (finding.kind === 'remark') warnings.note(finding.remark, finding.row);
      else if (finding.kind === 'draft') piece.push(itemOf(row.id, ++position, finding.draft));
      else if (finding.kind === 'rejected') piece.push(rejectedItem(row.id, ++position, finding.rejected));
      if (piece.length < PIECE) continue;
      await copyRows(sqlTx, 'import_items', piece);
      piece = [];
    }
    await copyRows(sqlTx, 'import_items', piece);
    return { items: position, warnings: warnings.list() };
  });
}

/** Compares with what the shop sells: by its own code, then by bar code. */
async function judge(row: ImportRow): Promise<void> {
  const isOther = sql`o.price_minor is distinct from i.price_minor or o.is_active is distinct from i.is_active
    or (i.quantity is not null and i.quantity is distinct from (select sum(s.on_hand)::int from ${stockLevels} s where s.offer_id = o.id))`;
  const verdict = sql`case when ${isOther} then 'changed' else 'unchanged' end`;
  await reader().execute(sql`
    update ${importItems} i set offer_id = o.id, verdict = ${verdict}
    from ${offers} o where i.import_id = ${row.id} and i.verdict = 'new' and o.shop_id = ${row.shopId} and o.merchant_sku = i.sku`);
  await reader().execute(sql`
    update ${importItems} i set offer_id = o.id, verdict = ${verdict}
    from ${variants} v join ${listings} l on l.variant_id = v.id join ${offers} o on o.listing_id = l.id
    where i.import_id = ${row.id} and i.verdict = 'new' and i.gtin is not null and v.gtin = i.gtin and o.shop_id = ${row.shopId}
      and not exists (select from ${importItems} other where other.import_id = ${row.id} and other.offer_id = o.id)`);
}

/** Rows that are but a bar code, and one that neither the commons nor open data knows: someone has to name the thing. */
async function refuseUnknown(importId: ImportId): Promise<void> {
  await reader().execute(sql`
    update ${importItems} i set verdict = 'rejected', reason = 'gtin-unknown', value = i.gtin
    where i.import_id = ${importId} and i.verdict = 'new' and i.draft ->> 'title' = '' and not i.draft ? 'sheet'
      and not exists (select from ${variants} v where v.gtin = i.gtin)`);
}

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
      const { items, warnings } = await writeItems(row, await stagedPlan(row));
      await judge(row);
      await enrichItems(importId, readGtinSheets);
      await refuseUnknown(importId);
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
