import type { Gtin } from '@/lib/kernel';
import { attributeNames, locales, parseGtin } from '@/lib/kernel';
import { energyKinds, NO_LABEL } from '@/lib/catalogue';
import { texts } from '@/lib/texts';
import { foldWords } from '../columns/fold-words';
import { LONGEST_CELL } from '../file/table';
import { findNetContent, parseCount, parseGrams } from './amounts';
import type { Draft, OptionPair, RejectedRow, RowReason, RowRemark } from './draft';
import { oneLine, plainText } from './plain-text';
import { priceOfRow } from './price-of-row';
import { brandOf, categoryOf, imagesOf, optionsOf } from './product-words';
import type { Reading, RowCells } from './row-reader';
import { codeOf, conditionOf, countOfAvailability, isGivenValue, isPublished } from './words-of-cells';

/** A row with the row its product's words stand on (itself, where it stands alone). */
export type RowInGroup = { readonly row: number; readonly cells: RowCells; readonly raw: readonly string[]; readonly first: RowCells };

/** What came of a row: `isVariant` says that a thing was recognised even where its offer was refused. */
export type RowOutcome = {
  readonly draft?: Draft;
  readonly rejected?: RejectedRow;
  readonly isVariant: boolean;
  /** The code of a thing that was recognised, though its offer was refused. */
  readonly code?: string;
  readonly remarks: readonly RowRemark[];
};

function readGtin(cells: RowCells, remarks: RowRemark[]): Gtin | undefined {
  const given = cells.all('gtin').filter(isGivenValue);
  for (const cell of given) {
    const gtin = parseGtin(cell) ?? parseGtin(cell.replace(/[.,]0+$/, ''));
    if (gtin !== undefined) return gtin;
  }
  if (given.some((cell) => /^\d[.,]\d+E\+\d+$/i.test(cell))) remarks.push('gtin-lost-digits');
  else if (given.length > 0) remarks.push('gtin-wrong');
  return undefined;
}

function readQuantity(cells: RowCells, reading: Reading, remarks: RowRemark[]): number | undefined {
  const cell = cells.first('quantity');
  if (!isGivenValue(cell)) return countOfAvailability(cells.first('availability'));
  const count = parseCount(cell, reading.decimal);
  if (count === undefined) remarks.push('quantity-unreadable');
  if (count !== undefined && count < 0) remarks.push('quantity-negative');
  return count === undefined ? undefined : Math.max(0, count);
}

/** What GPSR article 19 wants shown (OP-16): all three or nothing, half an address helps nobody. */
function readResponsible(cells: RowCells, which: 'manufacturer' | 'responsible'): Draft['manufacturer'] {
  const name = oneLine(cells.first(`${which}Name`), 200);
  if (name === '') return undefined;
  const address = oneLine(cells.first(`${which}Address`), 300);
  const email = oneLine(cells.first(`${which}Email`), 200);
  return address !== '' && email !== '' ? { name, address, email } : undefined;
}

/** What an energy label may be for, by every name a file may give it: our own, and the words of each language. */
const kindsByName: ReadonlyMap<string, string> = new Map(
  [...energyKinds, NO_LABEL].flatMap((kind) =>
    [kind, ...locales.flatMap((locale) => texts(locale, 'shelf')(`energyKind.${kind}`).split(', '))].map(
      (name) => [foldWords(name), kind] as const,
    ),
  ),
);

/** What the law wants read of some kinds of thing, and what else sets one apart: shown on the page by name. */
function readAttributes(cells: RowCells): Readonly<Record<string, string>> {
  const attributes: Record<string, string> = {};
  for (const field of attributeNames) {
    const cell = cells.first(field);
    if (cell === '' || !isGivenValue(cell)) continue;
    const text = plainText(cell).slice(0, 2_000);
    if (text !== '') attributes[field] = field === 'energyKind' ? (kindsByName.get(foldWords(text)) ?? text) : text;
  }
  return attributes;
}

/** Own code, else the source's number, else the bar code, else what the thing is called: the same on every import. */
function codeOfRow(cells: RowCells, productKey: string, options: readonly OptionPair[], gtin: Gtin | undefined): string {
  const own = oneLine(cells.first('sku'), 100);
  if (isGivenValue(own)) return own;
  const rowId = oneLine(cells.first('rowId'), 100);
  if (isGivenValue(rowId)) return rowId;
  if (gtin !== undefined) return gtin;
  return [productKey, ...options.map(({ value }) => codeOf(value))].join('-').slice(0, 100);
}

function keyOf(cells: RowCells, first: RowCells, title: string, brand: string | undefined): string {
  const given = oneLine(first.first('productKey') || cells.first('productKey') || cells.first('parentKey'), 100);
  return isGivenValue(given) ? given : codeOf(`${title} ${brand ?? ''}`);
}

/** The product's own words beside those of its first row. */
function wordsOfProduct({ cells, first }: RowInGroup, remarks: RowRemark[]) {
  const either = (field: 'description' | 'shortDescription' | 'category' | 'published' | 'condition' | 'warnings'): string =>
    cells.first(field) || first.first(field);
  const brand = brandOf(cells) ?? brandOf(first);
  const isActive = isPublished(either('published'));
  if (!isActive) remarks.push('not-published');
  return {
    brand,
    description: plainText(either('description') || either('shortDescription')) || undefined,
    category: categoryOf(either('category')),
    manufacturer: readResponsible(cells, 'manufacturer') ?? readResponsible(first, 'manufacturer'),
    responsiblePerson: readResponsible(cells, 'responsible') ?? readResponsible(first, 'responsible'),
    warnings: plainText(either('warnings')).slice(0, 2_000) || undefined,
    isActive,
    condition: conditionOf(either('condition')),
  };
}

function reasonWithoutTitle(cells: RowCells): RowReason {
  const isChild = isGivenValue(cells.first('parentKey')) || (cells.all('title').length === 0 && isGivenValue(cells.first('productKey')));
  return isChild ? 'parent-missing' : 'title-missing';
}

/** Turns one row into the offer of one variant, or says why not. Never throws, whatever the cells hold. */
export function makeDraft(group: RowInGroup, reading: Reading, images: readonly string[]): RowOutcome {
  const { row, cells, raw, first } = group;
  const remarks: RowRemark[] = [];
  if (raw.some((cell) => cell.length > LONGEST_CELL)) return { isVariant: false, remarks, rejected: { row, reason: 'cell-too-long' } };
  if (raw.every((cell) => cell === '')) return { isVariant: false, remarks, rejected: { row, reason: 'empty-record' } };
  const given = oneLine(first.first('title') || cells.first('title'), 240);
  const title = isGivenValue(given) ? given : '';
  const gtin = readGtin(cells, remarks);
  // A bar code names a thing as well as words do: its title is looked up in the commons and in open data.
  if (title === '' && gtin === undefined) return { isVariant: false, remarks, rejected: { row, reason: reasonWithoutTitle(cells) } };
  const words = wordsOfProduct(group, remarks);
  const options = optionsOf(cells, first);
  const productKey = title === '' && gtin !== undefined ? gtin : keyOf(cells, first, title, words.brand);
  const priced = priceOfRow(cells, reading);
  const sku = codeOfRow(cells, productKey, options, gtin);
  if (!priced.ok) return { isVariant: true, remarks, code: sku, rejected: { row, ...priced.error } };
  const ownLabel = oneLine(cells.first('variantLabel'), 120);
  const isPlainLabel =
    !isGivenValue(ownLabel) || /^(default|standard|regular|title)/i.test(ownLabel) || foldWords(ownLabel) === foldWords(title);
  const label = options.length > 0 ? options.map(({ value }) => value).join(' · ') : isPlainLabel ? undefined : ownLabel;
  const contentText = cells.first('netContent');
  const quantity = readQuantity(cells, reading, remarks); // before the remarks are given away
  return {
    isVariant: true,
    remarks: [...remarks, ...priced.value.remarks],
    draft: {
      row,
      productKey,
      title,
      label,
      options,
      ...words,
      gtin,
      sku,
      priceMinor: priced.value.priceMinor,
      vatRateBps: priced.value.vatRateBps,
      quantity,
      weightGrams: parseGrams(cells.first('weight'), cells.first('weightUnit') || reading.weightUnit, reading.decimal),
      netContent: findNetContent(contentText) ?? findNetContent(title),
      images,
      attributes: readAttributes(cells),
      shelf: oneLine(cells.first('shelf'), 60) || undefined,
    },
  };
}

/** Pictures of a whole group: of the product's row first. */
export function imagesOfGroup(rows: readonly RowInGroup[]): readonly string[] {
  return [...new Set(rows.flatMap(({ cells }) => imagesOf(cells.all('image'))))].slice(0, 20);
}
