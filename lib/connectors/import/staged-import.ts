import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { importItems } from '@/db/schema';
import { importRows, imports } from '@/db/schema';
import type { ImportId, ShopScope } from '@/lib/kernel';
import type { Reader } from '@/lib/platform/transaction';
import { reader } from '@/lib/platform/transaction';
import type { ColumnMapping } from '../columns/fields';
import { isField } from '../columns/fields';
import { isShapeGrouping, recogniseShape } from '../columns/shapes';
import type { SourceRow, Table } from '../file/table';
import type { ImportPlan } from '../read-import';
import { groupingOf, sampleRows } from '../read-import';

export type ImportRow = typeof imports.$inferSelect;
export type ItemRow = typeof importItems.$inferSelect;

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

/** Row numbers that share a block: large enough that a block costs as little as a row, small enough to be read for one of them. */
const BLOCK = 256;
const BLOCKS_AT_ONCE = 8;

type Block = readonly (readonly [row: number, cells: readonly string[]])[];

/** Where a row of a file stands. */
export const blockOf = (row: number): number => Math.floor(row / BLOCK);

export const blockText = (rows: readonly SourceRow[]): string => JSON.stringify(rows.map(({ row, cells }) => [row, cells]));

/** Written by `blockText` a moment ago and in no other way, a hundred thousand times: read back without asking each cell what it is. */
const readBlock = (text: string): Block => JSON.parse(text);

/** The staged rows of an import as the table its file was: read in pieces, so that memory stays flat, and no connection is kept between them. */
export function stagedTable(row: Pick<ImportRow, 'id' | 'header'>): Table {
  return {
    format: 'csv',
    encoding: null,
    separator: null,
    header: row.header,
    warnings: new Set(),
    close: () => undefined,
    rows: async function* (): AsyncGenerator<SourceRow> {
      for (let after = -1; ;) {
        const blocks = await reader()
          .select({ block: importRows.block, rows: importRows.rows })
          .from(importRows)
          .where(and(eq(importRows.importId, row.id), gt(importRows.block, after)))
          .orderBy(asc(importRows.block))
          .limit(BLOCKS_AT_ONCE);
        for (const { rows } of blocks) for (const [number, cells] of readBlock(rows)) yield { row: number, cells };
        const last = blocks.at(-1);
        if (last === undefined || blocks.length < BLOCKS_AT_ONCE) return;
        after = last.block;
      }
    },
  };
}

/** The cells of some rows of a staged file, by row; those that are kept no longer are not in the answer. */
export async function stagedCells(importId: ImportId, rows: readonly number[]): Promise<ReadonlyMap<number, readonly string[]>> {
  const wanted = new Set(rows);
  const blocks = await reader()
    .select({ rows: importRows.rows })
    .from(importRows)
    .where(and(eq(importRows.importId, importId), inArray(importRows.block, [...new Set(rows.map(blockOf))])));
  return new Map(blocks.flatMap((block) => readBlock(block.rows).filter(([row]) => wanted.has(row))));
}

/** How a staged file is going to be understood under a mapping. */
export async function stagedPlan(row: ImportRow): Promise<ImportPlan> {
  const sample = await sampleRows(stagedTable(row));
  const mapping = mappingOf(row);
  const shape = recogniseShape(row.header);
  const grouping = shape !== undefined && isShapeGrouping(shape, mapping) ? shape.grouping : groupingOf(mapping, sample);
  return { shape: shape?.name, header: row.header, mapping, grouping, sample };
}
