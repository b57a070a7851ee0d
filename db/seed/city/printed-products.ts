import { slugOf } from '@/lib/kernel';
import { chanceOf } from './chance';
import type { SeedProduct } from './product';
import { singleVariant } from './product';
import { cell, readNames, readRows } from './source-files';
import { ownWords } from './template-products';
import { expand, sample } from './templates';
import { typeset } from './words';

const bindings = ['Broché', 'Broché', 'Broché', 'Poche', 'Relié'] as const;

/** The book of the mock-ups, as it is drawn there. */
const drawn = { title: 'Le Café, une histoire sensible', keyAttribute: 'Broché, 288 pages', priceMinor: 2100 };

/** Books with invented titles and people. No GTIN: a real-looking ISBN could belong to someone. One price everywhere, as the law wants. */
export function books(seed: string, vatOf: (leaf: string) => string): readonly SeedProduct[] {
  const names = readNames('vocabulary/people.json');
  return readRows('vocabulary/books.tsv').flatMap((row) => {
    const leaf = cell(row, 'leaf');
    const [low = 0, high = 0] = cell(row, 'priceEuros').split('-').map(Number);
    const all = expand(cell(row, 'title'));
    return sample(all, Number(cell(row, 'most')), chanceOf(seed, 'books', cell(row, 'title'))).map(({ title }): SeedProduct => {
      const chance = chanceOf(seed, 'book', title);
      const author = `${chance.pick(names['firstNames'] ?? [])} ${chance.pick(names['lastNames'] ?? [])}`;
      const publisher = chance.pick(names['publishers'] ?? []);
      const pages = leaf === 'livres-jeunesse' ? chance.between(12, 60) * 2 : chance.between(60, 240) * 2;
      const binding = leaf === 'policiers' || leaf === 'romans' ? chance.pick(bindings) : chance.pick(['Broché', 'Relié']);
      const weightGrams = 80 + pages;
      return {
        key: `${leaf}:${slugOf(title)}`,
        leaf,
        title: typeset(title),
        keyAttribute: title === drawn.title ? drawn.keyAttribute : `${author}, ${binding.toLowerCase()}, ${pages} pages`,
        brand: undefined,
        attributes: { author, publisher, Pages: String(pages), Reliure: binding },
        basePriceMinor:
          title === drawn.title ? drawn.priceMinor : Math.round((low + (high - low) * chance.next()) * (binding === 'Poche' ? 4 : 10)) * 10,
        hasFixedPrice: true,
        priceSteps: 1,
        salesUnit: 'each',
        weightGrams,
        volumeCm3: Math.round(weightGrams * 1.4),
        net: undefined,
        maker: undefined,
        gtin: undefined,
        vatCategory: vatOf(leaf),
        condition: 'new',
        isOneOff: false,
        ...ownWords,
        variants: singleVariant,
      };
    });
  });
}

/** Records of invented artists; a part is second hand and then a single copy. */
export function records(seed: string, vatOf: (leaf: string) => string): readonly SeedProduct[] {
  return readRows('vocabulary/records.tsv').flatMap((row) => {
    const leaf = cell(row, 'leaf');
    const pairs = cell(row, 'artists')
      .split('/')
      .flatMap((artist) =>
        cell(row, 'albums')
          .split('/')
          .map((album) => ({ artist, album })),
      );
    return sample(pairs, Number(cell(row, 'most')), chanceOf(seed, 'records', leaf)).map(({ artist, album }): SeedProduct => {
      const chance = chanceOf(seed, 'record', artist, album);
      const isUsed = chance.isBelow(0.35);
      const year = isUsed ? chance.between(1958, 1989) : chance.between(2009, 2026);
      return {
        key: `${leaf}:${slugOf(`${artist} ${album}`)}`,
        leaf,
        title: typeset(`${artist}, ${album}`),
        keyAttribute: `33 tours, ${year}${isUsed ? ', seconde main' : ''}`,
        brand: undefined,
        attributes: { Artiste: artist, Année: String(year), Format: '33 tours' },
        basePriceMinor: isUsed ? chance.between(6, 24) * 100 : chance.between(190, 340) * 10,
        hasFixedPrice: false,
        priceSteps: 1,
        salesUnit: 'each',
        weightGrams: 320,
        volumeCm3: 990,
        net: undefined,
        maker: isUsed
          ? undefined
          : { name: 'Sillon Noir', address: '12 rue du Pressage, 53000 Laval', email: 'contact@sillonnoir.example' },
        gtin: undefined,
        vatCategory: vatOf(leaf),
        condition: isUsed ? 'used' : 'new',
        isOneOff: isUsed,
        ...ownWords,
        variants: singleVariant,
      };
    });
  });
}
