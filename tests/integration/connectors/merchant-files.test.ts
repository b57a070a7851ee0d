import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { dryRunFile } from '@/lib/connectors';
import { workbookOf } from '../../support/zip-file';

const folder = mkdtempSync(join(tmpdir(), 'halles-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const settings = { currency: 'EUR', assumedVatBps: 2_000 };
const fixture = (name: string): string => join('tests/support/merchant-files', name);

async function dryRun(path: string) {
  const answer = await dryRunFile(path, settings);
  if (!answer.ok) throw new Error(answer.error.kind);
  return answer.value;
}

function written(name: string, bytes: Buffer | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** By hand: rows of data, variants recognised, offers that could be written, and each refused row with its reason. */
const expectations: readonly (readonly [
  file: string,
  shape: string | null,
  separator: string | null,
  counts: readonly [rows: number, variants: number, offers: number],
  rejected: readonly (readonly [number, string])[],
])[] = [
  ['shopify-2021.csv', 'shopify', ',', [21, 21, 21], []],
  ['shopify-2024.csv', 'shopify', ',', [2, 2, 2], []],
  ['shopify-pictures.csv', 'shopify', ',', [5, 4, 3], [[6, 'price-missing']]],
  ['medusa-semicolon.csv', 'medusa', ';', [3, 3, 3], []],
  ['medusa-prices-with-region.csv', 'medusa', ',', [1, 1, 0], [[2, 'price-currency']]],
  ['woocommerce-fr.csv', 'woocommerce', ',', [7, 3, 3], [[7, 'sold-elsewhere'], [8, 'parent-missing']]], // prettier-ignore
  ['prestashop-list.csv', null, ';', [2, 2, 2], []],
  ['prestashop-import.csv', 'prestashop', ';', [2, 2, 2], []],
  ['prestashop-combinations.csv', 'prestashop', ';', [1, 0, 0], [[2, 'parent-missing']]],
  ['square.csv', 'square', ',', [4, 4, 3], [[5, 'price-unreadable']]],
  ['lightspeed-x.csv', 'lightspeed', ',', [3, 3, 3], []],
  ['zettle-fr.csv', 'zettle', ';', [3, 3, 3], []],
  ['hiboutik.csv', 'hiboutik', ';', [3, 3, 3], []],
  ['odoo.csv', 'odoo', ',', [2, 2, 2], []],
  ['google-rss.xml', 'google', null, [4, 4, 3], [[4, 'price-currency']]],
  ['nested.json', null, null, [3, 3, 3], []],
  ['lines.ndjson', null, null, [4, 3, 2], [[3, 'empty-record'], [4, 'price-unreadable']]], // prettier-ignore
  ['till-fr.csv', null, ';', [3, 3, 3], []],
  ['germany.tsv', null, '\t', [2, 2, 2], []],
  ['spain.csv', null, '|', [2, 2, 2], []],
  ['italy.csv', null, ',', [2, 2, 2], []],
  ['no-heading.csv', null, ';', [3, 3, 3], []],
  ['codes-only.csv', null, ';', [3, 2, 1], [[3, 'title-missing'], [4, 'gtin-unknown']]], // prettier-ignore
];

describe('files of every family are counted as a person would', () => {
  test.each(expectations)('%s', async (file, shape, separator, [rows, variants, offers], rejected) => {
    const found = await dryRun(fixture(file));
    expect({ shape: found.shape, separator: found.separator, rows: found.rows, variants: found.variants, offers: found.offers }).toEqual({
      shape,
      separator,
      rows,
      variants,
      offers,
    });
    expect(found.rejected.map(({ row, reason }) => [row, reason])).toEqual(rejected);
  });
});

describe('columns are told by name in five languages, or by what they hold', () => {
  test.each([
    ['till-fr.csv', { title: 'Désignation', gtin: 'Code barre', price: 'PV TTC', quantity: 'Qté', vatRate: 'Taux TVA', category: 'Rayon' }],
    ['germany.tsv', { title: 'Bezeichnung', gtin: 'EAN', price: 'VK brutto', quantity: 'Lagerbestand', vatRate: 'MwSt' }],
    ['spain.csv', { title: 'Nombre', netPrice: 'Precio sin IVA', vatRate: 'IVA', quantity: 'Existencias', gtin: 'Código de barras' }],
    ['italy.csv', { title: 'Nome prodotto', price: 'Prezzo IVA inclusa', quantity: 'Giacenza', size: 'Taglia', colour: 'Colore' }],
    ['no-heading.csv', { gtin: '#1', title: '#2', price: '#3', quantity: '#4' }],
    ['prestashop-list.csv', { title: 'Nom', price: 'Prix (TTC)', netPrice: 'Prix (HT)', sku: 'Référence', published: 'État' }],
  ])('%s', async (file, columns) => {
    expect((await dryRun(fixture(file))).columns).toMatchObject(columns);
  });

  test('customers, addresses and tax rates of the same programs are no products', async () => {
    const people = written('people.csv', 'ID;Active;E-mail*;Lastname*;Firstname*;Birthday\r\n1;1;a@b.example;Doe;Ann;1980-01-01\r\n');
    const rates = written('rates.csv', 'Country Code,State Code,ZIP/Postcode,Rate %,Tax Name\nFR,*,*,20.0000,VAT\n');
    for (const path of [people, rates]) {
      const found = await dryRun(path);
      expect([found.variants, found.offers, found.rejected]).toEqual([0, 0, [{ row: 2, reason: 'not-a-product-file' }]]);
    }
  });
});

describe('any encoding, any line ending', () => {
  const text = readFileSync(fixture('till-fr.csv'), 'utf8');
  const latin = (from: string): Buffer => {
    const windows: Record<string, number> = { '€': 0x80, œ: 0x9c, Œ: 0x8c };
    return Buffer.from([...from].map((sign) => windows[sign] ?? sign.codePointAt(0) ?? 63));
  };
  const mac: Record<string, number> = { è: 0x8f, û: 0x9e, é: 0x8e, à: 0x88, É: 0x83, â: 0x89, œ: 0xcf, Œ: 0xce, '€': 0xdb };
  test.each([
    ['utf-8 with mark', 'utf-8', Buffer.from(`\uFEFF${text}`)],
    ['utf-16 little', 'utf-16le', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['utf-16 little without mark', 'utf-16le', Buffer.from(text, 'utf16le')],
    ['utf-16 big', 'utf-16be', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
    ['utf-16 big without mark', 'utf-16be', Buffer.from(text, 'utf16le').swap16()],
    ['windows-1252', 'windows-1252', latin(text)],
    ['macintosh', 'macintosh', Buffer.from([...text].map((sign) => mac[sign] ?? sign.charCodeAt(0)))],
    ['CR LF', 'utf-8', Buffer.from(text.replaceAll('\n', '\r\n'))],
    ['CR alone', 'utf-8', Buffer.from(text.replaceAll('\n', '\r'))],
    ['Excel’s separator line', 'utf-8', Buffer.from(`sep=;\r\n${text}`)],
  ])('%s', async (_name, encoding, bytes) => {
    const found = await dryRun(written('encoded.csv', bytes));
    expect([found.encoding, found.separator, found.offers]).toEqual([encoding, ';', 3]);
    expect(found.columns).toMatchObject({ title: 'Désignation', quantity: 'Qté' });
  });

  test('a workbook: figures, long bar codes and gaps', async () => {
    const path = written('articles.bin', workbookOf([['Désignation', 'EAN', 'Prix TTC', 'Stock'], ['Miel', 3017620422003, 9.8, 4], ['Pollen', '', 14.000000000000002, '']])); // prettier-ignore
    const found = await dryRun(path);
    expect([found.format, found.rows, found.offers, found.warnings.map(({ code }) => code)]).toEqual(['xlsx', 2, 2, ['other-sheets']]);
    expect(found.columns).toEqual({ title: 'Désignation', gtin: 'EAN', price: 'Prix TTC', quantity: 'Stock' });
  });
});
