import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { searchEval } from '@/lib/command/search-eval';
import { openScratchIndex } from '@/lib/search';

const titles = [
  'Jambon de Paris 4 tranches',
  'Pizza jambon fromage',
  'Jambon cru de Bayonne',
  'Mayonnaise à l’ancienne',
  'Mayonnaise légère',
  'Mayonnaise de Dijon 250 g',
  'Mayonnaise au citron',
  'Mayonnaise en tube',
  'Eau minérale 6 x 1,5 L',
  'Eau minérale 50 cl',
  'Pain de mie sans gluten',
  'Pain au gluten de blé',
  'Pommes de terre à chair ferme',
  'Pommes Gala',
  'Huile de tournesol',
  'Graines de tournesol',
  'Fleur de tournesol séchée',
  'Tablette de chocolat noir 85 %',
  'Cafetière italienne 6 tasses',
  'Roman policier, Le Quai',
  'Marteau de charpentier',
];
const index = openScratchIndex(titles.map((title, at) => ({ id: `p${at}`, title })));
const found = (query: string) => index.answer(query, 5).map(({ listingId }) => titles[Number(listingId.slice(1))] ?? '');
const strong = (query: string) => index.answer(query, 100).filter(({ isStrong }) => isStrong).length;

describe('the best answer comes first', () => {
  test.each([
    ['jambon fromage', 'Pizza jambon fromage'],
    ['jambon bayonne', 'Jambon cru de Bayonne'],
    ['eau 150cl', 'Eau minérale 6 x 1,5 L'],
    ['eau 0,5 l', 'Eau minérale 50 cl'],
    ['pain sans gluten', 'Pain de mie sans gluten'],
    ['patate', 'Pommes de terre à chair ferme'],
    ['huile de tourne sol', 'Huile de tournesol'],
    ['cafeti', 'Cafetière italienne 6 tasses'],
    ['CAFETIERE ITALIENE', 'Cafetière italienne 6 tasses'],
    ['polar', 'Roman policier, Le Quai'],
  ])('%s', (query, first) => {
    expect(found(query)[0]).toBe(first);
  });

  test('a mistyped word is repaired when nobody knows it', () => {
    expect(
      found('mayonaise')
        .slice(0, 5)
        .every((title) => title.startsWith('Mayonnaise')),
    ).toBe(true);
    expect(strong('mayonaise')).toBe(5);
  });

  test('nonsense and other trades get no strong answer', () => {
    expect(strong('souris sans fil')).toBe(0);
    expect(strong('xyzzy')).toBe(0);
    expect(strong('raquette de tennis')).toBe(0);
    expect(strong('ma')).toBeLessThanOrEqual(6);
  });
});

describe('hostile queries are answered like any other', () => {
  test.each([
    ['ten thousand characters', 'jambon '.repeat(1500)],
    ['one long word', 'a'.repeat(10_000)],
    ['control characters', 'jam\u0000bon\u0007\u001b[31m'],
    ['tsquery syntax', "jambon & !pizza | (:* <-> 'x"],
    ['filter syntax', 'shop = "x" OR 1=1; brand:("a" TO "b")'],
    ['SQL', "'; drop table listings; --"],
    ['emoji', '🍕🍕🍕'],
    ['right to left', '\u202eنوبمج قهوة'],
    ['only punctuation', '!!! ???'],
    ['only function words', 'de la et'],
    ['object keys', '__proto__ constructor toString'],
    ['half a surrogate', '\ud800'],
    ['nothing', ''],
  ])('%s', (_, query) => {
    const since = performance.now();
    for (const { relevance } of index.answer(query, 100)) expect(Number.isFinite(relevance)).toBe(true);
    expect(performance.now() - since).toBeLessThan(2_000);
  });
});

test('search-eval writes what a scorer reads, from plain and gzipped files', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'halles-eval-'));
  const path = (name: string) => join(folder, name);
  writeFileSync(path('products.tsv.gz'), gzipSync(`product_id\ttitle\n${titles.map((title, at) => `p${at}\t${title}`).join('\n')}\n`));
  writeFileSync(path('queries.tsv'), 'query_id\tquery\tfamily\r\nq1\tjambon\thead\r\nq2\txyzzy\tnone\r\n');
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const code = await searchEval.run([
    '--products',
    path('products.tsv.gz'),
    '--queries',
    path('queries.tsv'),
    '--out',
    path('run.tsv'),
    '--json',
  ]);
  const figures: unknown = JSON.parse(String(written.mock.calls[0]?.[0]));
  written.mockRestore();
  expect(code).toBe(0);
  expect(figures).toMatchObject({ products: titles.length, queries: 2 });
  const lines = readFileSync(path('run.tsv'), 'utf8').trimEnd().split('\n');
  expect(lines[0]?.split('\t').slice(0, 3)).toEqual(['q1', 'p2', '1']);
  for (const line of lines) expect(line).toMatch(/^q[12]\tp\d+\t\d+\t\d+\.\d+\t[01]$/);
  await expect(async () =>
    searchEval.run(['--products', path('none.tsv'), '--queries', path('queries.tsv'), '--out', path('run.tsv')]),
  ).rejects.toThrow('cannot be read');
  rmSync(folder, { recursive: true });
});
