import type { CategoryId } from '@/lib/kernel';
import { slugOf } from '@/lib/kernel';
import { readTrades } from './city/shops';
import { cell, readRows } from './city/source-files';
import { typeset } from './city/words';

/** What every city begins with, whoever its shops are: rates of VAT, words the law wants on documents, and the tree of departments. */

export type SeedCategory = {
  readonly id: CategoryId;
  readonly parentId: CategoryId | undefined;
  readonly key: string;
  readonly position: number;
  readonly name: { readonly fr: string; readonly en: string };
  readonly slug: { readonly fr: string; readonly en: string };
  readonly family: string;
  readonly glyph: string;
  readonly vatCategory: string;
  readonly minimumAge: number | undefined;
  readonly withdrawalException: string | undefined;
  readonly legalGates: readonly string[];
  /** Trades that sell such things; those of its leaves for a department that has some. */
  readonly trades: readonly string[];
  readonly words: string;
};

/** Dated rates of VAT with their legal reference. */
export function vatRateRows() {
  return readRows('vocabulary/vat-rates.tsv').map((row) => ({
    territory: cell(row, 'territory'),
    category: cell(row, 'category'),
    rateBps: Number(cell(row, 'rateBps')),
    validFrom: cell(row, 'validFrom'),
    validTo: cell(row, 'validTo') || null,
    legalReference: cell(row, 'legalReference'),
  }));
}

/** Words the law wants on documents, with the day they begin. */
export function legalMentionRows() {
  return readRows('vocabulary/legal-mentions.tsv').map((row) => ({
    country: cell(row, 'country'),
    occasion: cell(row, 'occasion'),
    mention: cell(row, 'mention'),
    exemptionCode: cell(row, 'exemptionCode') || null,
    validFrom: cell(row, 'validFrom'),
    validTo: cell(row, 'validTo') || null,
    source: cell(row, 'source'),
  }));
}

/** Which trades sell a leaf, and which the leaves below a department. */
function tradesByDepartment(): (key: string) => readonly string[] {
  const parentOf = new Map(readRows('vocabulary/categories.tsv').map((row) => [cell(row, 'key'), cell(row, 'parent')]));
  const found = new Map<string, Set<string>>();
  for (const [trade, { assortment, alsoSells }] of readTrades())
    for (const leaf of [...assortment.map((part) => part.leaf), ...alsoSells])
      for (let key = leaf; key !== ''; key = parentOf.get(key) ?? '') found.set(key, (found.get(key) ?? new Set()).add(trade));
  return (key) => [...(found.get(key) ?? [])].toSorted();
}

/** The tree of departments by key, each parent before what is below it. `idOf` names a node by its key. */
export function departmentTree(idOf: (key: string) => CategoryId): ReadonlyMap<string, SeedCategory> {
  const tradesOf = tradesByDepartment();
  return new Map(
    readRows('vocabulary/categories.tsv').map((row, position) => {
      const key = cell(row, 'key');
      const parent = cell(row, 'parent');
      const [french, english] = [cell(row, 'french'), cell(row, 'english')];
      return [
        key,
        {
          id: idOf(key),
          parentId: parent === '' ? undefined : idOf(parent),
          key,
          position,
          name: { fr: typeset(french), en: english },
          slug: { fr: slugOf(french), en: slugOf(english) },
          family: cell(row, 'family'),
          glyph: cell(row, 'glyph'),
          vatCategory: cell(row, 'vat'),
          minimumAge: cell(row, 'minimumAge') === '' ? undefined : Number(cell(row, 'minimumAge')),
          withdrawalException: cell(row, 'withdrawalException') || undefined,
          legalGates: cell(row, 'gates')
            .split(',')
            .filter((gate) => gate !== ''),
          words: cell(row, 'words'),
          trades: tradesOf(key),
        },
      ];
    }),
  );
}

/** All of it, for whoever founds a city. */
export const reference = { vatRates: vatRateRows, legalMentions: legalMentionRows, departments: departmentTree };
