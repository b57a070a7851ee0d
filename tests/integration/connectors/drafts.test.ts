import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openFile } from '@/lib/connectors/file/open-file';
import { planImport, readFindings, sampleRows } from '@/lib/connectors/read-import';
import { findNetContent, guessDecimalSign, parseAmount, parseCount, parseGrams, parseRateBps } from '@/lib/connectors/rows/amounts';
import type { Draft } from '@/lib/connectors/rows/draft';
import { plainText } from '@/lib/connectors/rows/plain-text';
import { parseGtin, isInStoreGtin } from '@/lib/kernel';

const settings = { currency: 'EUR', assumedVatBps: 2_000 };

async function draftsOf(file: string): Promise<readonly Draft[]> {
  const opened = await openFile(join('tests/support/merchant-files', file));
  if (!opened.ok) throw new Error(opened.error.kind);
  const plan = planImport(opened.value.header, await sampleRows(opened.value), settings);
  const drafts: Draft[] = [];
  for await (const finding of readFindings(opened.value, plan, settings)) if (finding.kind === 'draft') drafts.push(finding.draft);
  return drafts;
}

describe('rows become variants of products', () => {
  test('a group of rows shares its words, its pictures and its option names; scripts are gone', async () => {
    const [small, large] = await draftsOf('shopify-pictures.csv');
    expect(small).toMatchObject({
      productKey: 'bol-gres',
      title: 'Bol en grès',
      label: 'Petit · Bleu',
      sku: 'BOL-P-B',
      priceMinor: 1_800,
      quantity: 4,
    });
    expect(large).toMatchObject({
      title: 'Bol en grès',
      label: 'Grand · Bleu',
      priceMinor: 2_450,
      weightGrams: 640,
      brand: 'Atelier Rive',
    });
    expect(large?.options).toEqual([{ name: 'Taille', value: 'Grand' }, { name: 'Couleur', value: 'Bleu' }]); // prettier-ignore
    expect(small?.images).toEqual([1, 2, 3].map((number) => `https://images.example/bol-${number}.jpg`));
    expect(small?.description).toBe('Tourné à la main.');
  });

  test('a variation takes the words of a parent that comes after it, and the reduced price', async () => {
    const drafts = await draftsOf('woocommerce-fr.csv');
    expect(drafts.map(({ title, label, priceMinor, sku }) => [title, label, priceMinor, sku])).toEqual([
      ['Tablier', 'Écru', 2_490, 'TABLIER-ECRU'],
      ['Spatule en olivier', undefined, 950, 'SPATULE'],
      ['Tablier', 'Bleu', 2_990, '11'],
    ]);
  });

  test('a title left blank continues the product above', async () => {
    const drafts = await draftsOf('zettle-fr.csv');
    expect(drafts.map(({ title, label, priceMinor, vatRateBps, quantity }) => [title, label, priceMinor, vatRateBps, quantity])).toEqual([
      ['Café moulu', '250 g', 750, 550, 14],
      ['Café moulu', '1 kg', 2_600, 550, 3],
      ['Tasse', undefined, 1_200, 2_000, undefined],
    ]);
  });

  test('a price without VAT is raised by the rate of its row', async () => {
    expect((await draftsOf('spain.csv')).map(({ priceMinor, vatRateBps }) => [priceMinor, vatRateBps])).toEqual([[1_100, 1_000], [550, 1_000]]); // prettier-ignore
  });

  test('a feed for comparison sites: group, size, colour, reduced price, nothing left', async () => {
    const drafts = await draftsOf('google-rss.xml');
    expect(drafts[0]).toMatchObject({
      sku: 'K1',
      gtin: '03017620422003',
      priceMinor: 1_990,
      description: 'Inox & liège',
      category: 'Maison > Gourdes',
    });
    expect(drafts[0]?.netContent).toEqual({ amount: 500, unit: 'ml' });
    expect(drafts.slice(1).map(({ productKey, label, quantity }) => [productKey, label, quantity])).toEqual([['K2', 'S · Blanc', 0], ['K2', 'M · Blanc', undefined]]); // prettier-ignore
  });

  test('figures of a German and a French till', async () => {
    expect((await draftsOf('germany.tsv')).map(({ priceMinor }) => priceMinor)).toEqual([124_900, 1_250]);
    expect((await draftsOf('till-fr.csv')).map(({ priceMinor, vatRateBps, gtin }) => [priceMinor, vatRateBps, gtin])).toEqual([
      [450, 550, '03017620422003'],
      [320, 550, undefined],
      [123_400, 2_000, undefined],
    ]);
  });
});

describe('cells are read as their writer meant them', () => {
  test.each([
    ['1 234,56 €', undefined, 123_456, 'EUR'],
    ['1.234,56', undefined, 123_456, undefined],
    ['1,234.56', undefined, 123_456, undefined],
    ["1'234.50", undefined, 123_450, undefined],
    ['12.50 EUR', undefined, 1_250, 'EUR'],
    ['$9.99', undefined, 999, 'USD'],
    ['12,5', undefined, 1_250, undefined],
    ['12,-', undefined, 1_200, undefined],
    ['1,234', undefined, 123_400, undefined],
    ['1,234', ',', 123, undefined],
    ['1.234', ',', 123_400, undefined],
    ['66.050', undefined, 6_605, undefined],
    ['2.345', '.', 235, undefined],
    ['-4', undefined, -400, undefined],
  ] as const)('price %s', (text, hint, minor, currency) => {
    expect(parseAmount(text, hint)).toEqual({ minor, currency });
  });

  test.each(['', 'gratuit', '12 ou 13', '1.2.3,4,5x', '9'.repeat(30), 'NaN', '12€50€'.replace('12', 'a')])('%s is no price', (text) => {
    expect(parseAmount(text, undefined)).toBeUndefined();
  });

  test('a column tells its decimal sign', () => {
    expect(guessDecimalSign(['12,50', '3'])).toBe(',');
    expect(guessDecimalSign(['1,234', '12.50'])).toBe('.');
    expect(guessDecimalSign(['12', '13'])).toBeUndefined();
  });

  test('counts, rates, weights and contents', () => {
    expect(['12', '12.0', '1 200', '3 pcs', '-2', 'beaucoup'].map((text) => parseCount(text, undefined))).toEqual([
      12,
      12,
      1_200,
      3,
      -2,
      undefined,
    ]);
    expect(['20', '5,5 %', '0.2', 'TVA 20 %', '0', 'standard', '2.1'].map(parseRateBps)).toEqual([
      2_000,
      550,
      2_000,
      2_000,
      0,
      undefined,
      210,
    ]);
    expect([parseGrams('0,5', 'kg', ','), parseGrams('250 g', 'kg', undefined), parseGrams('420', 'g', undefined), parseGrams('x', 'g', undefined)]).toEqual([500, 250, 420, undefined]); // prettier-ignore
    expect([findNetContent('Eau 6 x 1,5 L'), findNetContent('Miel 500 g'), findNetContent('Tasse')]).toEqual([{ amount: 9_000, unit: 'ml' }, { amount: 500, unit: 'g' }, undefined]); // prettier-ignore
  });

  test('mark-up becomes text that cannot run', () => {
    expect(plainText('<p>Un <b>bol</b></p><ul><li>grès</li></ul><script>x()</script><a href="javascript:x()">ici</a>')).toBe(
      'Un bol\n\n* grès\n\nici',
    );
    expect(plainText('5 < 6 & 7 > 2')).toBe('5 < 6 & 7 > 2');
  });
});

describe('bar codes', () => {
  test.each([
    ['3017620422003', '03017620422003'],
    [" '301 7620-422003", '03017620422003'],
    ['036000291452', '00036000291452'],
    ['96385074', '00000096385074'],
    ['2070360024', '09782070360024'],
    ['207036002X', undefined],
    ['3017620422004', undefined],
    ['0000000000000', undefined],
    ['30176', undefined],
  ])('%s', (text, gtin) => {
    expect(parseGtin(text)).toBe(gtin);
  });

  test('numbers a shop gives itself never join two shops', () => {
    const isInStore = (text: string): boolean => isInStoreGtin(parseGtin(text)!);
    expect(['2000000000015', '0200000000011', '3017620422003', '9782070360024', '96385074', '20000011'].map(isInStore)).toEqual([true, true, false, false, false, true]); // prettier-ignore
  });
});
