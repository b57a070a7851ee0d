import { and, asc, desc, eq, getTableColumns, isNotNull, sql } from 'drizzle-orm';
import { importItems, imports } from '@/db/schema';
import type { ImportId, Instant, ShopScope } from '@/lib/kernel';
import { plusMs } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import type { ImportListView, ImportView, RejectedRowView } from '../views';
import { csvCell } from '../csv-cell';
import { UNDO_MS } from './decide-import';
import type { ImportRow } from './staged-import';
import { findImport, stagedCells, stagedTable } from './staged-import';

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
  const { row, title, name, label, priceMinor, gtin, quantity, verdict } = getTableColumns(importItems);
  const rows = await reader()
    .select({ row, title, name, label, priceMinor, gtin, quantity, verdict })
    .from(importItems)
    .where(and(eq(importItems.importId, importId), sql`${importItems.verdict} <> 'rejected'`))
    .orderBy(asc(importItems.position))
    .limit(SHOWN_DRAFTS);
  return rows.flatMap((item) => {
    if (item.verdict === 'rejected') return [];
    const words = { title: item.title || (item.name ?? ''), label: item.label ?? undefined };
    const facts = { priceMinor: item.priceMinor ?? 0, gtin: item.gtin ?? undefined, quantity: item.quantity ?? undefined };
    return [{ row: item.row, ...words, ...facts, verdict: item.verdict }];
  });
}

async function countPictures(importId: ImportId): Promise<number> {
  const [row] = await reader()
    .select({ count: sql<number>`coalesce(sum(jsonb_array_length(${importItems.images})), 0)::int` })
    .from(importItems)
    .where(and(eq(importItems.importId, importId), isNotNull(importItems.images)));
  return row?.count ?? 0;
}

async function firstRows(row: ImportRow): Promise<readonly (readonly string[])[]> {
  const rows: (readonly string[])[] = [];
  for await (const { cells } of stagedTable(row).rows()) if (rows.push(cells) >= FIRST_ROWS) break;
  return rows.map((cells) => cells.map((cell) => (cell.length > 120 ? `${cell.slice(0, 120)}…` : cell)));
}

/** Refused rows of an import, at most as many as asked for; another shop's are not there. */
export async function listRejected(scope: ShopScope, importId: ImportId, most: number): Promise<readonly RejectedRowView[]> {
  return (await findImport(reader(), scope, importId)) ? rejectedRows(importId, most) : [];
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
  const [samples, drafts, rejected, pictures] = await Promise.all([
    firstRows(row),
    firstDrafts(importId),
    rejectedRows(importId, SHOWN_REJECTED),
    countPictures(importId),
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
    pictures,
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
      .select({ position: importItems.position, reason: importItems.reason, row: importItems.row })
      .from(importItems)
      .where(and(eq(importItems.importId, importId), eq(importItems.verdict, 'rejected'), sql`${importItems.position} > ${after}`))
      .orderBy(asc(importItems.position))
      .limit(1_000);
    const cells = await stagedCells(importId, piece.map((item) => item.row)); // prettier-ignore
    for (const { reason, row: number } of piece) {
      const own = cells.get(number) ?? [`#${number}`];
      const padded = row.header.map((_, place) => own[place] ?? '');
      yield `${[...padded, wordOf(reason ?? '')].map(csvCell).join(';')}\r\n`;
    }
    const last = piece.at(-1);
    if (last === undefined) return;
    after = last.position;
  }
}
