import type { CategoryId } from '@/lib/kernel';
import { seedIds } from './seed-ids';
import { groceries } from './groceries';
import type { SeedOffer } from './offers';
import { buildOffers } from './offers';
import { books, records } from './printed-products';
import type { SeedProduct } from './product';
import type { SeedShop } from './shops';
import { buildShops, readTrades } from './shops';
import { cell, readRows } from './source-files';
import { templateProducts } from './template-products';
import { saidOfFood } from './food-words';
import { saidByLaw } from './law-words';
import { slugOf, typeset } from './words';

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

export type City = {
  readonly ids: ReturnType<typeof seedIds>;
  readonly categories: ReadonlyMap<string, SeedCategory>;
  readonly shops: readonly SeedShop[];
  readonly products: readonly SeedProduct[];
  readonly offers: readonly SeedOffer[];
};

/** Which trades sell a leaf, and which the leaves below a department. */
function tradesByDepartment(): (key: string) => readonly string[] {
  const parentOf = new Map(readRows('vocabulary/categories.tsv').map((row) => [cell(row, 'key'), cell(row, 'parent')]));
  const found = new Map<string, Set<string>>();
  for (const [trade, { assortment, alsoSells }] of readTrades())
    for (const leaf of [...assortment.map((part) => part.leaf), ...alsoSells])
      for (let key = leaf; key !== ''; key = parentOf.get(key) ?? '') found.set(key, (found.get(key) ?? new Set()).add(trade));
  return (key) => [...(found.get(key) ?? [])].toSorted();
}

function buildCategories(ids: ReturnType<typeof seedIds>): ReadonlyMap<string, SeedCategory> {
  const tradesOf = tradesByDepartment();
  return new Map(
    readRows('vocabulary/categories.tsv').map((row, position) => {
      const key = cell(row, 'key');
      const parent = cell(row, 'parent');
      const [french, english] = [cell(row, 'french'), cell(row, 'english')];
      return [
        key,
        {
          id: ids('category', key),
          parentId: parent === '' ? undefined : ids('category', parent),
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

/** The whole demo city in memory, made from the source files and a seed; touches no database. */
export function buildCity(seed: string): City {
  const ids = seedIds(seed);
  const categories = buildCategories(ids);
  const vatOf = (leaf: string): string => {
    const category = categories.get(leaf);
    if (!category) throw new Error(`no category ${leaf}`);
    return category.vatCategory;
  };
  const shops = buildShops(seed, ids);
  const made = [...templateProducts(seed, vatOf), ...books(seed, vatOf), ...records(seed, vatOf), ...groceries(seed, vatOf)];
  const gatesOf = (leaf: string): readonly string[] => categories.get(leaf)?.legalGates ?? [];
  const [food, law] = [saidOfFood(seed, gatesOf), saidByLaw(seed, gatesOf)];
  const products = [...new Map(made.map((product) => [product.key, law(food(product))])).values()];
  const offers = buildOffers(seed, ids, shops, products);
  return { ids, categories, shops, products, offers };
}
