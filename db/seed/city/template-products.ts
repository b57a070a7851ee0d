import type { SalesUnit } from '@/lib/kernel';
import { slugOf } from '@/lib/kernel';
import { chanceOf } from './chance';
import type { Chance } from './chance';
import { readMakers } from './maker-list';
import type { SeedProduct, SeedVariant } from './product';
import { singleVariant, volumeOf } from './product';
import { cell, readRows } from './source-files';
import type { Expanded } from './templates';
import { draw, expand, sample } from './templates';
import { typeset } from './words';

const files = [
  'cuisine',
  'bricolage',
  'maison',
  'jardin',
  'frais',
  'cafe',
  'cave',
  'papeterie',
  'jouets',
  'mode',
  'beaute',
  'sport',
  'divers',
  'reemploi',
];
export const ownWords = { source: 'Halles', licence: 'EUPL-1.2' };

type Options = {
  readonly unit: SalesUnit;
  readonly most: number;
  readonly condition: SeedProduct['condition'];
  readonly variants: readonly SeedVariant[];
};

/** "taille:S/M;couleur:écru/noir" → four variants labelled "S, écru" and so on. */
function variantsOf(text: string | undefined): readonly SeedVariant[] {
  if (!text) return singleVariant;
  let made: readonly SeedVariant[] = [{ key: '', label: undefined, attributes: {} }];
  for (const axis of text.split(';')) {
    const [name = '', list = ''] = axis.split(':');
    const title = name.charAt(0).toUpperCase() + name.slice(1);
    made = made.flatMap((variant) =>
      list.split('/').map((choice) => ({
        key: `${variant.key}/${choice}`,
        label: variant.label === undefined ? choice : `${variant.label}, ${choice}`,
        attributes: { ...variant.attributes, [title]: choice },
      })),
    );
  }
  return made;
}

function optionsOf(text: string): Options {
  const value = (name: string): string | undefined => new RegExp(`(?:^|\\s)${name}=(.*?)(?=\\s\\w+=|$)`).exec(text)?.[1];
  const unit = value('unit');
  return {
    unit: unit === 'gram' || unit === 'millimetre' ? unit : 'each',
    most: Number(value('sample') ?? Number.POSITIVE_INFINITY),
    condition: value('condition') === 'refurbished' ? 'refurbished' : 'new',
    variants: variantsOf(value('variants')),
  };
}

/** Ascending choices climb through the price range; a choice may name its price; other products lie mostly low in the range. */
function basePrice(range: string, made: Expanded, chance: Chance): number {
  const [low = 0, high = 0] = range.split('-').map((euros) => Math.round(Number(euros) * 100));
  if (made.priceEuros !== undefined) return Math.round(made.priceEuros * (0.98 + 0.04 * chance.next()) * 100);
  const along = made.size ?? 0.8 * chance.next() ** 1.4;
  const jitter = made.size === undefined || low === high ? 1 : 0.97 + 0.06 * chance.next();
  return Math.round((low + (high - low) * along) * jitter);
}

const netPattern = /(\d+(?:,\d+)?)\s?(kg|g|l|cl|ml)(?![\p{L}\d])/u;
const netFactors: Readonly<Record<string, readonly [number, 'g' | 'ml']>> = {
  kg: [1000, 'g'],
  g: [1, 'g'],
  l: [1000, 'ml'],
  cl: [10, 'ml'],
  ml: [1, 'ml'],
};
/** Leaves where a size in the title is the content, not the size of a tool. */
const soldByContent =
  /^(cafes|thes|infusions|chocolat|confiseries|savons|droguerie|bieres|cidres|vins|effervescents|spiritueux|chiens|chats|oiseaux|peintures|soins|cheveux|parfums)/;

function netOf(declared: string, title: string, leaf: string): SeedProduct['net'] {
  const found = netPattern.exec(declared === '' && soldByContent.test(leaf) ? title : declared);
  const factor = found?.[2] ? netFactors[found[2]] : undefined;
  if (!found?.[1] || !factor) return undefined;
  return { amount: Math.round(Number(found[1].replace(',', '.')) * factor[0]), unit: factor[1] };
}

function vatOverride(leaf: string, title: string): string | undefined {
  if (/menstruelle/.test(title)) return 'menstrual_hygiene';
  if (/^Couronne/.test(title)) return 'standard';
  if (leaf === 'chocolat' && /^Tablette noir/.test(title) && !/noix|orange|fleur de sel/.test(title)) return 'chocolate_plain_and_bonbons';
  return undefined;
}

/** Products written by us as templates: everything that is no packed grocery, book or record. */
export function templateProducts(seed: string, vatOf: (leaf: string) => string): readonly SeedProduct[] {
  const makerOf = readMakers();
  return files.flatMap((file) =>
    readRows(`vocabulary/products/${file}.tsv`).flatMap((row) => {
      const leaf = cell(row, 'leaf');
      const options = optionsOf(cell(row, 'options'));
      const rowChance = chanceOf(seed, file, cell(row, 'title'));
      return sample(expand(cell(row, 'title')), options.most, rowChance).map((made): SeedProduct => {
        const chance = chanceOf(seed, 'product', leaf, made.title);
        const weightGrams = Math.round(Number(cell(row, 'weightGrams')) * (made.size === undefined ? 1 : 0.6 + 0.8 * made.size));
        const maker = makerOf(cell(row, 'maker'), chance);
        const isWeighed = options.unit !== 'each';
        const isUsed = file === 'reemploi';
        return {
          key: `${leaf}:${slugOf(made.title)}`,
          leaf,
          title: typeset(made.title),
          keyAttribute: typeset(draw(cell(row, 'keyAttribute'), chance)),
          brand: isUsed || isWeighed ? undefined : maker?.name,
          attributes: {},
          basePriceMinor: basePrice(cell(row, 'priceEuros'), made, chance),
          hasFixedPrice: false,
          priceSteps: isWeighed ? 1000 : 1,
          salesUnit: options.unit,
          weightGrams: isWeighed ? 1 : Math.max(1, weightGrams),
          volumeCm3: isWeighed ? 2 : volumeOf(weightGrams),
          net: isWeighed ? { amount: 1, unit: options.unit === 'gram' ? 'g' : 'mm' } : netOf(cell(row, 'net'), made.title, leaf),
          maker,
          gtin: undefined,
          vatCategory: vatOverride(leaf, made.title) ?? vatOf(leaf),
          condition: isUsed ? 'used' : options.condition,
          isOneOff: isUsed || leaf === 'ceramiques',
          ...ownWords,
          variants: options.variants,
        };
      });
    }),
  );
}
