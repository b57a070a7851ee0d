import { isGivenValue } from './words-of-cells';
import type { OptionPair } from './draft';
import { oneLine } from './plain-text';
import type { RowCells } from './row-reader';

const pair = (name: string, value: string): OptionPair => ({ name: oneLine(name, 60), value: oneLine(value, 120) });

/** "Color:Blue, Disk Space:16GO" and "Size: M | Colour: red". */
function packed(text: string): readonly OptionPair[] {
  return text.split(/[,|;]\s*/).flatMap((part) => {
    const [name, ...rest] = part.split(':');
    return rest.length === 0 || name === undefined ? [] : [pair(name, rest.join(':'))];
  });
}

/** "size|colour" beside "small|navy". */
function inStep(names: string, values: string): readonly OptionPair[] {
  const labels = names.split('|');
  return values.split('|').map((value, index) => pair(labels[index] ?? '', value));
}

const valueFields = ['optionValue1', 'optionValue2', 'optionValue3', 'optionValues', 'options', 'size', 'colour'] as const;

/** The options that tell a row's variant from its sisters; names may stand on the first row of the product only. */
export function optionsOf(cells: RowCells, first: RowCells): readonly OptionPair[] {
  if (valueFields.every((field) => cells.first(field) === '')) return [];
  const numbered = (['1', '2', '3'] as const).map((digit) => {
    const name = cells.first(`optionName${digit}`) || first.first(`optionName${digit}`);
    return pair(name, cells.first(`optionValue${digit}`));
  });
  const names = cells.first('optionNames') || first.first('optionNames');
  const pairs = [
    ...numbered,
    ...inStep(names, cells.first('optionValues')),
    ...packed(cells.first('options')),
    pair('Taille', cells.first('size')),
    pair('Couleur', cells.first('colour')),
  ];
  const isDefault = ({ name, value }: OptionPair): boolean =>
    /^default title$/i.test(value) || (/^title$/i.test(name) && /^default/i.test(value));
  return pairs.filter((option) => option.value !== '' && !isDefault(option));
}

/** Addresses of pictures in cells that may hold several. Names of files that lie with nobody are of no use here. */
export function imagesOf(cells: readonly string[]): readonly string[] {
  return cells
    .flatMap((cell) => cell.split(/[\s,|;]+(?=https?:)|\|/))
    .flatMap((address) => (isWebAddress(address.trim()) ? [address.trim()] : []));
}

const isWebAddress = (text: string): boolean => text.length < 2_000 && /^https?:\/\//i.test(text) && URL.canParse(text);

/** Where several departments stand in one cell, the last of the first path is the closest. "category:A|brand:B" is taken apart. */
export function categoryOf(text: string): string | undefined {
  const facets = text.split('|').flatMap((facet) => (/^category:/i.test(facet.trim()) ? [facet.trim().slice(9)] : []));
  const plain = facets.length > 0 ? facets.join(' > ') : text.includes(':') && text.includes('|') ? '' : text;
  const path = oneLine(plain, 300);
  return isGivenValue(path) ? path : undefined;
}

/** The brand; inside "brand:Apple" too. */
export function brandOf(cells: RowCells): string | undefined {
  const facet = /(?:^|\|)\s*brand:([^|]+)/i.exec(cells.first('category'))?.[1];
  const brand = oneLine(cells.first('brand') || cells.first('publisher') || (facet ?? ''), 120);
  return isGivenValue(brand) ? brand : undefined;
}
