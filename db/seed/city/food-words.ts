import { chanceOf } from './chance';
import type { SeedProduct } from './product';
import { cell, readRows } from './source-files';

/** Words of titles that name an allergen the shelf's usual list does not. */
const alsoContains: readonly (readonly [RegExp, string])[] = [
  [/noisette|amande|pistache|noix(?! de (?:coco|muscade))|praliné|cajou/i, 'fruits à coque'],
  [/cacahu|arachide/i, 'arachides'],
  [/sésame|tahin/i, 'sésame'],
  [/soja|tofu/i, 'soja'],
  [/crevette|homard|crabe|langoust/i, 'crustacés'],
  [/moule|huître|calamar|poulpe/i, 'mollusques'],
  [/lait|crème|beurre|fromage|emmental|chèvre/i, 'lait'],
];

/** "Pomme golden" of "Pomme golden, 1 kg": what a single thing is made of is its name. */
const nameOf = (title: string): string => title.split(',')[0]?.trim().toLocaleLowerCase('fr') ?? title;

function allergensOf(usual: string, title: string): string {
  const more = alsoContains.flatMap(([pattern, name]) => (pattern.test(title) && !usual.includes(name) ? [name] : []));
  if (more.length === 0) return usual;
  return usual === 'aucun' ? more.join(', ') : `${usual}, ${more.join(', ')}`;
}

/**
 * Says of the demo city's food what the publish gate asks (ME-13): ingredients and allergens invented shelf by shelf, not those of the real
 * makers, and the content of what is sold by the piece. Anything but food stays as it is.
 */
export function saidOfFood(seed: string, gatesOf: (leaf: string) => readonly string[]): (product: SeedProduct) => SeedProduct {
  const byLeaf = new Map(readRows('vocabulary/food-words.tsv').map((row) => [cell(row, 'leaf'), row]));
  return (product) => {
    if (!gatesOf(product.leaf).includes('food')) return product;
    const row = byLeaf.get(product.leaf);
    if (row === undefined) throw new Error(`the file of food words lacks ${product.leaf}`);
    const degrees = cell(row, 'alcohol').split('/').filter(Boolean);
    const alcohol = degrees.length === 0 ? undefined : chanceOf(seed, 'alcohol', product.key).pick(degrees);
    return {
      ...product,
      net: product.net ?? { amount: Math.max(1, product.weightGrams), unit: 'g' },
      attributes: {
        ...product.attributes,
        ingredients: cell(row, 'ingredients').replace('{nom}', nameOf(product.title)),
        allergens: allergensOf(cell(row, 'allergens'), product.title),
        ...(alcohol !== undefined && { alcohol }),
      },
    };
  };
}
