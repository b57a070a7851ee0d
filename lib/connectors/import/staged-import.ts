import { sql } from 'drizzle-orm';
import type { importItems } from '@/db/schema';
import { imports } from '@/db/schema';
import type { ImportId, ShopScope } from '@/lib/kernel';
import type { Reader } from '@/lib/platform/transaction';
import { databaseHandle } from '@/lib/platform/database';
import type { ColumnMapping } from '../columns/fields';
import { isField } from '../columns/fields';
import { isShapeGrouping, recogniseShape } from '../columns/shapes';
import type { SourceRow, Table } from '../file/table';
import type { ImportPlan } from '../read-import';
import { groupingOf, sampleRows } from '../read-import';

export type ImportRow = typeof imports.$inferSelect;
export type ItemRow = typeof importItems.$inferSelect;

const PIECE = 1_000;

/** One import of this shop; another shop's is not there. */
export async function findImport(from: Reader, scope: Pick<ShopScope, 'shopId'>, importId: ImportId): Promise<ImportRow | undefined> {
  const [row] = await from
    .select()
    .from(imports)
    .where(sql`${imports.id} = ${importId} and ${imports.shopId} = ${scope.shopId}`);
  return row;
}

/** The mapping as the database keeps it, read back; a field this version does not know counts as unknown. */
export const mappingOf = (row: Pick<ImportRow, 'mapping'>): ColumnMapping =>
  row.mapping.map((field) => (field !== null && isField(field) ? field : undefined));

/** The staged rows of an import as the table its file was: read in pieces, so that memory stays flat. */
export function stagedTable(row: Pick<ImportRow, 'id' | 'header'>): Table {
  return {
    format: 'csv',
    encoding: null,
    separator: null,
    header: row.header,
    warnings: new Set(),
    close: () => undefined,
    rows: async function* (): AsyncGenerator<SourceRow> {
      const read = databaseHandle().sql<{ row: number; cells: readonly string[] }[]>`
        select row, cells from import_rows where import_id = ${row.id} order by row`;
      for await (const piece of read.cursor(PIECE)) for (const { row: number, cells } of piece) yield { row: number, cells };
    },
  };
}

/** How a staged file is going to be understood under a mapping. */
export async function stagedPlan(row: ImportRow): Promise<ImportPlan> {
  const sample = await sampleRows(stagedTable(row));
  const mapping = mappingOf(row);
  const shape = recogniseShape(row.header);
  const grouping = shape !== undefined && isShapeGrouping(shape, mapping) ? shape.grouping : groupingOf(mapping, sample);
  return { shape: shape?.name, header: row.header, mapping, grouping, sample };
}
