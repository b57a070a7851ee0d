import { chanceOf } from './chance';
import type { SeedProduct } from './product';
import { singleVariant, volumeOf } from './product';
import { cell, readCells, readRows } from './source-files';
import { typeset } from './words';

type Shelf = { readonly low: number; readonly high: number; readonly nets: readonly string[] };

const netOf = (text: string): { amount: number; unit: 'g' | 'ml' } => {
  const [amount = '0', unit] = text.split(' ');
  return { amount: Number(amount), unit: unit === 'ml' ? 'ml' : 'g' };
};

/** "750 ml" → "75 cl", "1000 g" → "1 kg": how labels say it. */
function contentWords({ amount, unit }: { readonly amount: number; readonly unit: 'g' | 'ml' }): string {
  const inFrench = (value: number): string => String(value).replace('.', ',');
  if (amount >= 1000) return `${inFrench(amount / 1000)} ${unit === 'g' ? 'kg' : 'l'}`;
  if (unit === 'ml' && amount % 10 === 0) return `${amount / 10} cl`;
  return `${amount} ${unit}`;
}

function vatCategoryOf(leaf: string, title: string, byLeaf: string): string {
  if (/^Margarine/.test(title)) return 'margarine_vegetable_fat';
  if (leaf === 'chocolat' && /^(Tablette de )?chocolat noir( bio| dégustation| pâtissier| intense| extra)*( \d+\s?%.*)?$/i.test(title))
    return 'chocolate_plain_and_bonbons';
  if (leaf === 'confitures-miels' && /marrons glacés/i.test(title)) return 'confectionery';
  return byLeaf;
}

/** Real packed groceries (Open Food Facts: bar codes and names); their contents where the name gives none, and all prices, are ours. */
export function groceries(seed: string, vatOf: (leaf: string) => string): readonly SeedProduct[] {
  const shelves = new Map<string, Shelf>(
    readRows('vocabulary/grocery-shelves.tsv').map((row) => {
      const [low = 0, high = 0] = cell(row, 'priceEuros')
        .split('-')
        .map((euros) => Math.round(Number(euros) * 100));
      return [cell(row, 'leaf'), { low, high, nets: cell(row, 'nets').split('/') }];
    }),
  );
  return readCells('data/groceries.tsv.gz').map(([code = '', leaf = '', title = '', declared = '']): SeedProduct => {
    const shelf = shelves.get(leaf);
    if (!shelf) throw new Error(`no shelf for ${leaf}`);
    const chance = chanceOf(seed, 'grocery', code);
    const usual = netOf(shelf.nets[0] ?? '');
    const net = netOf(declared === '' ? chance.pick(shelf.nets) : declared);
    // Twice the content costs about 1.7 times as much; cheap goods are more usual than dear ones.
    const price =
      (shelf.low + (shelf.high - shelf.low) * chance.next() * chance.next()) *
      Math.min(3, Math.max(0.4, (net.amount / usual.amount) ** 0.75));
    const weightGrams = Math.round(net.amount * (/^(vins|bieres|cidres|confitures|sirops|huiles|conserves|jus)/.test(leaf) ? 1.6 : 1.1));
    return {
      key: `gtin:${code}`,
      leaf,
      title: typeset(title),
      keyAttribute: typeset(contentWords(net)),
      brand: undefined,
      attributes: {},
      basePriceMinor: Math.max(45, Math.round(price)),
      hasFixedPrice: false,
      priceSteps: 1,
      salesUnit: 'each',
      weightGrams,
      volumeCm3: volumeOf(weightGrams),
      net,
      maker: undefined,
      gtin: code.padStart(14, '0'),
      vatCategory: vatCategoryOf(leaf, title, vatOf(leaf)),
      condition: 'new',
      isOneOff: false,
      source: 'Open Food Facts',
      licence: 'ODbL-1.0',
      variants: singleVariant,
    };
  });
}
