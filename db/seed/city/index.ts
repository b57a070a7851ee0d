import type { SeedCategory } from '../reference';
import { departmentTree } from '../reference';
import { seedIds } from './seed-ids';
import { groceries } from './groceries';
import type { SeedOffer } from './offers';
import { buildOffers } from './offers';
import { books, records } from './printed-products';
import type { SeedProduct } from './product';
import type { SeedShop } from './shops';
import { buildShops } from './shops';
import { templateProducts } from './template-products';
import { saidOfFood } from './food-words';
import { saidByLaw } from './law-words';

export type City = {
  readonly ids: ReturnType<typeof seedIds>;
  readonly categories: ReadonlyMap<string, SeedCategory>;
  readonly shops: readonly SeedShop[];
  readonly products: readonly SeedProduct[];
  readonly offers: readonly SeedOffer[];
};

/** The whole demo city in memory, made from the source files and a seed; touches no database. */
export function buildCity(seed: string): City {
  const ids = seedIds(seed);
  const categories = departmentTree((key) => ids('category', key));
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
