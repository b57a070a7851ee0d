import type { ColumnMapping, Field } from '../columns/fields';
import { foldWords } from '../columns/fold-words';
import type { DecimalSign } from './amounts';
import { guessDecimalSign } from './amounts';

/** How the cells of a file are to be read: the meaning of its columns and what the first rows taught. */
export type Reading = {
  readonly header: readonly string[];
  readonly mapping: ColumnMapping;
  readonly currency: string;
  /** Rate that turns a price without VAT into one with it where the row says nothing. */
  readonly assumedVatBps: number;
  readonly decimal: DecimalSign | undefined;
  readonly weightUnit: string;
};

/** The cells of one row by what they mean. */
export type RowCells = { first(field: Field): string; all(field: Field): readonly string[] };

/** Learns from some rows how figures are written, and prepares access by meaning. */
export function readingOf(
  facts: Pick<Reading, 'header' | 'mapping' | 'currency' | 'assumedVatBps'>,
  sample: readonly (readonly string[])[],
): Reading {
  const isMoney = (field: Field | undefined): boolean =>
    field !== undefined && ['price', 'netPrice', 'salePrice', 'costPrice'].includes(field);
  const cells = sample.flatMap((row) => row.filter((_, column) => isMoney(facts.mapping[column])));
  const weightColumn = facts.mapping.indexOf('weight');
  const unit = / (kg|g|grams|lbs?|oz)\b/.exec(` ${foldWords(facts.header[weightColumn] ?? '')}`)?.[1] ?? 'kg';
  return { ...facts, decimal: guessDecimalSign(cells), weightUnit: unit === 'grams' ? 'g' : unit };
}

const nowhere: readonly number[] = [];

/** One object a row and nothing else: a file may have a million of them. */
class Cells implements RowCells {
  constructor(
    private readonly columns: ReadonlyMap<Field, readonly number[]>,
    private readonly cells: readonly string[],
  ) {}

  first(field: Field): string {
    for (const column of this.columns.get(field) ?? nowhere) {
      const cell = this.cells[column];
      if (cell !== undefined && cell !== '') return cell;
    }
    return '';
  }

  all(field: Field): readonly string[] {
    return (this.columns.get(field) ?? nowhere).flatMap((column) => (this.cells[column] ? [this.cells[column]] : []));
  }
}

/** Makes the function that gives rows a meaning; built once a file, called for every row. */
export function rowAccess(mapping: ColumnMapping): (cells: readonly string[]) => RowCells {
  const columns = new Map<Field, number[]>();
  for (const [column, field] of mapping.entries()) {
    if (field !== undefined) columns.set(field, [...(columns.get(field) ?? []), column]);
  }
  return (cells) => new Cells(columns, cells);
}
