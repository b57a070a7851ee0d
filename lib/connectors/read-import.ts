import type { ColumnMapping, Field } from './columns/fields';
import { guessColumns, isAboutPeople, isForeignPrice } from './columns/guess-columns';
import type { Grouping } from './columns/shapes';
import { recogniseShape } from './columns/shapes';
import type { SourceRow, Table } from './file/table';
import type { Finding } from './rows/assemble';
import { Assembler } from './rows/assemble';
import type { Reading } from './rows/row-reader';
import { readingOf } from './rows/row-reader';

/** How a file is going to be understood; the mapping may be corrected by a person before it is used. */
export type ImportPlan = {
  readonly shape: string | undefined;
  readonly header: readonly string[];
  readonly mapping: ColumnMapping;
  readonly grouping: Grouping;
  readonly sample: readonly SourceRow[];
};

/** What the city settles for every file. */
export type ImportSettings = { readonly currency: string; readonly assumedVatBps: number };

const SAMPLE_ROWS = 200;

/** The first rows of a table, for guessing and for showing. */
export async function sampleRows(table: Table): Promise<readonly SourceRow[]> {
  const sample: SourceRow[] = [];
  for await (const row of table.rows()) if (sample.push(row) >= SAMPLE_ROWS) break;
  return sample;
}

const tellingVariants: readonly Field[] = ['size', 'colour', 'variantLabel', 'options', 'optionValue1', 'optionValues'];

/** How rows belong together, once their columns are known. */
export function groupingOf(mapping: ColumnMapping, sample: readonly SourceRow[]): Grouping {
  if (mapping.includes('parentKey')) return 'parent';
  const title = mapping.indexOf('title');
  const key = mapping.indexOf('productKey');
  const untitled = title < 0 ? 0 : sample.filter(({ cells }) => (cells[title] ?? '') === '').length;
  if (key >= 0) return 'key';
  const tellsVariants = tellingVariants.some((field) => mapping.includes(field));
  return tellsVariants && untitled > 0 && untitled < sample.length ? 'blank-title' : 'none';
}

/** Guesses everything about a file: which program wrote it, what its columns mean, how its rows belong together. */
export function planImport(header: readonly string[], sample: readonly SourceRow[], settings: ImportSettings): ImportPlan {
  const shape = recogniseShape(header);
  const cells = sample.map((row) => row.cells);
  const mapping = guessColumns(header, cells, { currency: settings.currency, ...(shape && { own: shape.columns }) });
  return { shape: shape?.name, header, mapping, grouping: shape?.grouping ?? groupingOf(mapping, sample), sample };
}

const selling: readonly Field[] = ['price', 'netPrice', 'gtin', 'sku', 'quantity'];

/** Whether a file speaks of products at all: lists of customers, addresses and tax rates come out of the same programs. */
export function isProductFile({ mapping, header }: Pick<ImportPlan, 'mapping' | 'header'>, currency: string): boolean {
  const has = (field: Field): boolean => mapping.includes(field);
  const hasPrice = has('price') || has('netPrice') || header.some((heading) => isForeignPrice(heading, currency));
  if (isAboutPeople(header) && !hasPrice) return false;
  const names = has('title') || has('gtin') || (has('productKey') && has('options'));
  return names && (hasPrice || selling.some(has)) && !(has('sku') && !hasPrice && !has('quantity') && !has('gtin') && !has('title'));
}

/** Everything a file says, row by row, in memory that does not grow with it. */
export async function* readFindings(
  table: Table,
  plan: ImportPlan,
  settings: ImportSettings,
): AsyncGenerator<Finding | { readonly kind: 'row' }> {
  const isOfProducts = isProductFile(plan, settings.currency);
  const hasForeignPrices = plan.header.some((heading) => isForeignPrice(heading, settings.currency));
  const reading: Reading = readingOf({ ...plan, ...settings }, plan.sample.map(({ cells }) => cells)); // prettier-ignore
  const assembler = new Assembler(reading, plan.grouping);
  for await (const row of table.rows()) {
    yield { kind: 'row' };
    if (!isOfProducts) {
      yield { kind: 'rejected', isVariant: false, rejected: { row: row.row, reason: 'not-a-product-file' } };
      continue;
    }
    assembler.add(row);
    for (const finding of assembler.take()) yield inWords(finding, hasForeignPrices);
  }
  assembler.end();
  for (const finding of assembler.take()) yield inWords(finding, hasForeignPrices);
}

/** A price that is missing in our currency but there in another is said to be so. */
function inWords(finding: Finding, hasForeignPrices: boolean): Finding {
  if (!hasForeignPrices || finding.kind !== 'rejected' || finding.rejected.reason !== 'price-missing') return finding;
  return { ...finding, rejected: { ...finding.rejected, reason: 'price-currency' } };
}
