import type { LegalField } from '@/lib/catalogue';
import { readGtinSheets } from '@/lib/catalogue';
import type { Result } from '@/lib/kernel';
import { ok } from '@/lib/kernel';
import type { ColumnMapping } from './columns/fields';
import { openFile } from './file/open-file';
import type { FileFormat, FileRefusal, FileWarning, Table } from './file/table';
import type { ImportPlan, ImportSettings } from './read-import';
import { planImport, readFindings, sampleRows } from './read-import';
import type { Draft, RejectedRow, RowRemark } from './rows/draft';

/** Something the owner of a file should know; `rows` names the first ones, `count` all. */
type ImportWarning = {
  readonly code: FileWarning | RowRemark | 'price-in-other-currency' | `lacks-${LegalField}`;
  readonly count: number;
  readonly rows: readonly number[];
};

/** What would come of a file, without writing anything. */
export type DryRun = {
  readonly format: FileFormat;
  readonly encoding: string | null;
  readonly separator: string | null;
  /** The program whose export it is, where it was recognised. */
  readonly shape: string | null;
  /** Heading by meaning; a list where several columns share one. */
  readonly columns: Readonly<Record<string, string | readonly string[]>>;
  readonly rows: number;
  readonly variants: number;
  readonly offers: number;
  readonly rejected: readonly RejectedRow[];
  readonly warnings: readonly ImportWarning[];
};

/** Headings by what they mean, for people to check. */
function columnsByField(header: readonly string[], mapping: ColumnMapping): DryRun['columns'] {
  const columns = new Map<string, string[]>();
  for (const [index, field] of mapping.entries()) {
    if (field !== undefined && field !== 'ignored') columns.set(field, [...(columns.get(field) ?? []), header[index] ?? '']);
  }
  return Object.fromEntries([...columns].map(([field, names]) => [field, names.length === 1 ? (names[0] ?? '') : names]));
}

/** Counts what happens often and names the first rows it happened to. */
export class WarningBook {
  private readonly remarks = new Map<ImportWarning['code'], { count: number; rows: number[] }>();

  note(code: ImportWarning['code'], row?: number): void {
    const entry = this.remarks.get(code) ?? { count: 0, rows: [] };
    entry.count++;
    if (row !== undefined && entry.rows.length < 5) entry.rows.push(row);
    this.remarks.set(code, entry);
  }

  list(): readonly ImportWarning[] {
    return [...this.remarks].map(([code, { count, rows }]) => ({ code, count, rows }));
  }
}

/** Rows that are but a bar code, and one that nobody knows. */
async function unknownOf(untitled: readonly Draft[]): Promise<readonly Draft[]> {
  const sheets = await readGtinSheets(untitled.flatMap(({ gtin }) => gtin ?? []));
  return untitled.filter(({ gtin }) => gtin === undefined || !sheets.has(gtin));
}

async function countTable(table: Table, plan: ImportPlan, settings: ImportSettings): Promise<DryRun> {
  const rejected: RejectedRow[] = [];
  const warnings = new WarningBook();
  const counts = { rows: 0, variants: 0, offers: 0 };
  const untitled: Draft[] = [];
  for await (const finding of readFindings(table, plan, settings)) {
    if (finding.kind === 'row') counts.rows++;
    else if (finding.kind === 'remark') warnings.note(finding.remark, finding.row);
    else if (finding.kind === 'draft') {
      counts.variants++;
      counts.offers++;
      if (finding.draft.title === '') untitled.push(finding.draft);
    } else {
      rejected.push(finding.rejected);
      if (finding.isVariant) counts.variants++;
    }
  }
  for (const draft of await unknownOf(untitled)) {
    rejected.push({ row: draft.row, reason: 'gtin-unknown', value: draft.gtin ?? '' });
    counts.offers--;
  }
  for (const warning of table.warnings) warnings.note(warning);
  return {
    format: table.format,
    encoding: table.encoding,
    separator: table.separator,
    shape: plan.shape ?? null,
    columns: columnsByField(plan.header, plan.mapping),
    ...counts,
    rejected: rejected.toSorted((a, b) => a.row - b.row),
    warnings: warnings.list(),
  };
}

/** Reads a whole file and says what would come of it. Needs no database and writes nothing. */
export async function dryRunFile(path: string, settings: ImportSettings): Promise<Result<DryRun, FileRefusal>> {
  const opened = await openFile(path);
  if (!opened.ok) return opened;
  try {
    const plan = planImport(opened.value.header, await sampleRows(opened.value), settings);
    return ok(await countTable(opened.value, plan, settings));
  } finally {
    opened.value.close();
  }
}
