import { chanceOf } from './chance';
import type { SeedProduct } from './product';
import { cell, readRows } from './source-files';

/**
 * Says of the demo city's plants, pet food, batteries and lamps what their publish gates ask: invented kind by kind, as its food is. The first
 * row of a leaf whose pattern fits the title speaks; a content that no title tells is what the thing weighs.
 */
export function saidByLaw(seed: string, gatesOf: (leaf: string) => readonly string[]): (product: SeedProduct) => SeedProduct {
  const byLeaf = Map.groupBy(readRows('vocabulary/law-words.tsv'), (row) => cell(row, 'leaf'));
  return (product) => {
    const row = byLeaf.get(product.leaf)?.find((one) => new RegExp(cell(one, 'title')).test(product.title));
    if (row === undefined) return product;
    const said = cell(row, 'says')
      .split('|')
      .map((part) => {
        const [name = '', ...rest] = part.split('=');
        return [name, chanceOf(seed, name, product.key).pick(rest.join('=').split('~'))] as const;
      });
    const isFeed = gatesOf(product.leaf).includes('pet-food');
    const net = product.net ?? (isFeed ? { amount: Math.max(1, product.weightGrams), unit: 'g' as const } : undefined);
    return { ...product, net, attributes: { ...product.attributes, ...Object.fromEntries(said) } };
  };
}
