import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { importItems, importRows, imports } from '@/db/schema';
import type { ImportId, Instant, ShopScope } from '@/lib/kernel';
import { plusMs } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import type { ImportListView, ImportView, RejectedRowView } from '../views';
import { csvCell } from '../csv-cell';
import { UNDO_MS } from './decide-import';
import { readDraft } from './draft-schema';
import type { ImportRow } from './staged-import';
import { findImport } from './staged-import';

const FIRST_ROWS = 5;
const SHOWN_REJECTED = 50;
const SHOWN_DRAFTS = 5;

async function rejectedRows(importId: ImportId, most: number): Promise<readonly RejectedRowView[]> {
  const rows = await reader()
    .select({ row: importItems.row, reason: importItems.reason, value: importItems.value })
    .from(importItems)
    .where(and(eq(importItems.importId, importId), eq(importItems.verdict, 'rejected')))
    .orderBy(asc(importItems.position))
    .limit(most);
  return rows.map(({ row, reason, value }) => ({ row, reason: reason ?? '', value: value ?? undefined }));
}

async function firstDrafts(importId: ImportId): Promise<ImportView['drafts']> {
  const rows = await reader()
    .select({ draft: importItems.draft, quantity: importItems.quantity, verdict: importItems.verdict, row: importItems.row })
    .from(importItems)
    .where(and(eq(importItems.importId, importId), sql`${importItems.verdict} <> 'rejected'`))
    .orderBy(asc(importItems.position))
    .limit(SHOWN_DRAFTS);
  return rows.flatMap(({ draft, quantity, verdict, row }) => {
    const read = readDraft(draft);
    if (read === undefined || verdict === 'rejected') return [];
    const { title, label, priceMinor, gtin } = read;
    return [{ row, title, label, priceMinor, gtin, quantity: quantity ?? undefined, verdict }];
  });
}

async function firstRows(importId: ImportId): Promise<readonly (readonly string[])[]> {
  const rows = await reader()
    .select({ cells: importRows.cells })
    .from(importRows)
    .where(eq(importRows.importId, importId))
    .orderBy(asc(importRows.row))
    .limit(FIRST_ROWS);
  return rows.map(({ cells }) => cells.map((cell) => (cell.length > 120 ? `${cell.slice(0, 120)}…` : cell)));
}

const summaryOf = (row: ImportRow): ImportListView => ({
  importId: row.id,
  fileName: row.fileName,
  state: row.state,
  rows: row.rows,
  counts: row.counts ?? undefined,
  createdAt: row.createdAt,
  undoUntil: row.state === 'done' && row.finishedAt !== null ? plusMs(row.finishedAt, UNDO_MS) : undefined,
});

/** The shop's last imports, newest first. */
export async function listImports(scope: ShopScope, most = 10): Promise<readonly ImportListView[]> {
  const rows = await reader().select().from(imports).where(eq(imports.shopId, scope.shopId)).orderBy(desc(imports.createdAt)).limit(most);
  return rows.map(summaryOf);
}

/** One import with everything its page shows; another shop's is not there. */
export async function getImport(scope: ShopScope, importId: ImportId, now: Instant): Promise<ImportView | undefined> {
  const row = await findImport(reader(), scope, importId);
  if (!row) return undefined;
  const [samples, drafts, rejected] = await Promise.all([
    firstRows(importId),
    firstDrafts(importId),
    rejectedRows(importId, SHOWN_REJECTED),
  ]);
  const summary = summaryOf(row);
  return {
    ...summary,
    format: row.format,
    encoding: row.encoding ?? undefined,
    separator: row.separator ?? undefined,
    shape: row.shape ?? undefined,
    columns: row.header.map((heading, place) => ({
      heading,
      field: row.mapping[place] ?? undefined,
      samples: samples.map((cells) => cells[place] ?? ''),
    })),
    drafts,
    rejected,
    warnings: row.warnings,
    progress: row.items === 0 ? 0 : Math.min(1, row.progress / row.items),
    mayUndo: summary.undoUntil !== undefined && now < summary.undoUntil,
  };
}

/** The refused rows as they came, with the reason beside them, for repairing in a spreadsheet; piece by piece. */
export async function* rejectedCsv(scope: ShopScope, importId: ImportId, wordOf: (reason: string) => string): AsyncGenerator<string> {
  const row = await findImport(reader(), scope, importId);
  if (!row) return;
  yield `\uFEFF${[...row.header, wordOf('heading')].map(csvCell).join(';')}\r\n`;
  for (let after = 0; ;) {
    const piece = await reader()
      .select({ position: importItems.position, reason: importItems.reason, row: importItems.row, cells: importRows.cells })
      .from(importItems)
      .leftJoin(importRows, and(eq(importRows.importId, importItems.importId), eq(importRows.row, importItems.row)))
      .where(and(eq(importItems.importId, importId), eq(importItems.verdict, 'rejected'), sql`${importItems.position} > ${after}`))
      .orderBy(asc(importItems.position))
      .limit(1_000);
    for (const { cells, reason, row: number } of piece) {
      const own = cells ?? [`#${number}`];
      const padded = row.header.map((_, place) => own[place] ?? '');
      yield `${[...padded, wordOf(reason ?? '')].map(csvCell).join(';')}\r\n`;
    }
    const last = piece.at(-1);
    if (last === undefined) return;
    after = last.position;
  }
}
