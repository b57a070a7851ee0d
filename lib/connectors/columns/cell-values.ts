import { parseGtin } from '@/lib/kernel';

/** What a sample of one column's cells looks like; each is the share of filled cells, 0 to 1. */
export type ColumnValues = {
  readonly filled: number;
  readonly gtin: number;
  readonly figure: number;
  readonly decimal: number;
  readonly whole: number;
  readonly money: number;
  readonly percent: number;
  readonly address: number;
  readonly html: number;
  readonly distinct: number;
  readonly averageLength: number;
};

const figurePattern = /^[-+]?\s*\d[\d\s.,'’]*$/;
const moneyPattern = /^(?:[€$£]|EUR|USD|CHF|GBP)\s*-?\d[\d\s.,']*$|^-?\d[\d\s.,']*\s*(?:[€$£]|EUR|USD|CHF|GBP)$/i;
const vatPercents = new Set([
  '0',
  '2.1',
  '2.10',
  '4',
  '5',
  '5.5',
  '5.50',
  '7',
  '10',
  '19',
  '20',
  '21',
  '22',
  '8.5',
  '8.50',
  '20.0',
  '20.00',
  '10.0',
  '10.00',
]);

const share = (cells: readonly string[], test: (cell: string) => boolean): number =>
  cells.length === 0 ? 0 : cells.filter(test).length / cells.length;

/** Describes a column by the cells of some rows. */
export function describeColumn(all: readonly string[]): ColumnValues {
  const cells = all.map((cell) => cell.trim()).filter((cell) => cell !== '');
  return {
    filled: all.length === 0 ? 0 : cells.length / all.length,
    gtin: share(cells, (cell) => /\d{8}/.test(cell.replaceAll(/[\s-]/g, '')) && parseGtin(cell) !== undefined),
    figure: share(cells, (cell) => figurePattern.test(cell)),
    decimal: share(cells, (cell) => figurePattern.test(cell) && /[.,]\d{1,2}$/.test(cell)),
    whole: share(cells, (cell) => /^-?\d{1,6}(?:[.,]0+)?$/.test(cell)),
    money: share(cells, (cell) => moneyPattern.test(cell)),
    percent: share(cells, (cell) => /\d\s*%$/.test(cell) || vatPercents.has(cell.replace(',', '.'))),
    address: share(cells, (cell) => /^https?:\/\/\S+|\.(?:jpe?g|png|webp|gif)\b/i.test(cell)),
    html: share(cells, (cell) => /<\/?[a-z][^>]*>/i.test(cell)),
    distinct: cells.length === 0 ? 0 : new Set(cells).size / cells.length,
    averageLength: cells.length === 0 ? 0 : cells.reduce((sum, cell) => sum + cell.length, 0) / cells.length,
  };
}
