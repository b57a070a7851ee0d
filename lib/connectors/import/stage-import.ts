import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { CopiedRow } from '@/db/copy-rows';
import { copyRows, openCopy } from '@/db/copy-rows';
import { importMappings, imports } from '@/db/schema';
import type { ImportId, Result, ShopScope } from '@/lib/kernel';
import { dateOf, ok } from '@/lib/kernel';
import { databaseHandle } from '@/lib/platform/database';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import type { ColumnMapping } from '../columns/fields';
import { openFile } from '../file/open-file';
import type { FileRefusal, SourceRow, Table } from '../file/table';
import { LONGEST_CELL } from '../file/table';
import type { ImportPlan } from '../read-import';
import { planImport, sampleRows } from '../read-import';
import { cityImportSettings } from './settings';
import { blockOf, blockText, mappingOf } from './staged-import';

/** The same headings in the same order are the same kind of file. */
export const signatureOf = (header: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(header)).digest('hex').slice(0, 32);

async function rememberedMapping(scope: ShopScope, header: readonly string[]): Promise<ColumnMapping | undefined> {
  const [row] = await reader()
    .select({ mapping: importMappings.mapping })
    .from(importMappings)
    .where(and(eq(importMappings.shopId, scope.shopId), eq(importMappings.signature, signatureOf(header))));
  return row && mappingOf(row);
}

/** A cell as the database can keep it: no zero bytes, no halves of signs, not longer than is worth reading. */
function keepable(cell: string): string {
  const kept = cell.length > LONGEST_CELL ? cell.slice(0, LONGEST_CELL + 1) : cell;
  return kept.isWellFormed() && !kept.includes('\0') ? kept : kept.toWellFormed().replaceAll('\0', '');
}

/** Copies every row of the file as it came, in one transaction with the import itself: a file that breaks off leaves nothing behind. */
async function copyTable(table: Table, head: CopiedRow & { readonly id: ImportId }): Promise<number> {
  return databaseHandle().copies.begin(async (sql) => {
    await copyRows(sql, 'imports', [{ ...head, rows: 0 }]);
    const copy = await openCopy(sql, 'import_rows', ['importId', 'block', 'rows']);
    let rows = 0;
    let block: SourceRow[] = [];
    const flush = async (): Promise<void> => {
      const [first] = block;
      if (first !== undefined) await copy.write({ importId: head.id, block: blockOf(first.row), rows: blockText(block) });
      rows += block.length;
      block = [];
    };
    for await (const row of table.rows()) {
      if (block[0] !== undefined && blockOf(row.row) !== blockOf(block[0].row)) await flush();
      block.push({ row: row.row, cells: row.cells.map(keepable) });
    }
    await flush();
    await copy.end();
    await sql`update imports set rows = ${rows} where id = ${head.id}`;
    return rows;
  });
}

type Uploaded = { readonly path: string; readonly fileName: string };

function headOf(scope: ShopScope, file: Uploaded, table: Table, plan: ImportPlan, ports: Ports) {
  return {
    id: ports.ids.make('import'),
    shopId: scope.shopId,
    personId: scope.personId,
    fileName: file.fileName.slice(0, 200),
    format: table.format,
    encoding: table.encoding,
    separator: table.separator,
    shape: plan.shape,
    header: plan.header,
    mapping: plan.mapping.map((field) => field ?? null),
    state: 'staged',
    warnings: [],
    progress: 0,
    items: 0,
    createdAt: dateOf(ports.clock.now()).toISOString(),
  };
}

/**
 * Takes a shop's file in: its rows are kept as they came, what its columns mean is guessed, or remembered from the last file like it.
 * Nothing of the shop changes. Errors: the file cannot be read.
 */
export async function stageImport(scope: ShopScope, file: Uploaded, ports: Ports = systemPorts): Promise<Result<ImportId, FileRefusal>> {
  return observed(
    { useCase: 'stage-import', actor: scope.kind, ids: { shopId: scope.shopId } },
    async (): Promise<Result<ImportId, FileRefusal>> => {
      const opened = await openFile(file.path);
      if (!opened.ok) return opened;
      const table = opened.value;
      try {
        const guessed = planImport(table.header, await sampleRows(table), cityImportSettings);
        const plan = { ...guessed, mapping: (await rememberedMapping(scope, table.header)) ?? guessed.mapping };
        const head = headOf(scope, file, table, plan, ports);
        await copyTable(table, head);
        await reader()
          .update(imports)
          .set({ warnings: [...table.warnings].map((code) => ({ code, count: 1, rows: [] })) })
          .where(eq(imports.id, head.id));
        return ok(head.id);
      } finally {
        table.close();
      }
    },
  );
}
