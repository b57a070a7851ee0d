/**
 * Draws the pairs of `tests/support/merges.tsv` (without the verdicts: those are a person's) from public data:
 *
 *   npx tsx tests/support/draw-merges.mts FOLDER
 *
 * FOLDER holds `catalog/off-fr` (see db/seed/README.md). The same data give the same pairs. Three kinds: `code` are names that two people gave
 * one real bar code, `till` a real name beside what a till prints of it, `alike` are pages that would be put before a person.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { likenessBps, readGtinSheets } from '@/lib/catalogue';
import { isInStoreGtin, parseGtin } from '@/lib/kernel';

type Pair = { readonly kind: 'code' | 'till' | 'alike'; readonly one: string; readonly other: string };

const folder = process.argv[2];
if (folder === undefined) throw new Error('Usage: tsx tests/support/draw-merges.mts FOLDER');

const rowsOf = (path: string): readonly (readonly string[])[] =>
  gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n').map((line) => line.split('\t')); // prettier-ignore
const open = (name: string) => rowsOf(join(folder, 'catalog', 'off-fr', name)).slice(1);
const shared = (code: string): string | undefined => {
  const gtin = parseGtin(code);
  return gtin === undefined || isInStoreGtin(gtin) ? undefined : gtin;
};
const bare = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/[^a-z0-9]/g, ''); // prettier-ignore
const lot = ({ kind, one, other }: Pair): string => createHash('sha256').update(`${kind}|${one}|${other}`).digest('hex');
const drawn = (pairs: readonly Pair[], most: number): readonly Pair[] => pairs.toSorted((a, b) => (lot(a) < lot(b) ? -1 : 1)).slice(0, most); // prettier-ignore

/** Every real bar code that the data name twice in other words: once in one list, or in two lists. */
async function coded(): Promise<readonly Pair[]> {
  const names = new Map<string, string[]>();
  for (const [code = '', name = ''] of open('products-fr.tsv.gz')) {
    const gtin = shared(code);
    if (gtin !== undefined) names.set(gtin, [...(names.get(gtin) ?? []), name]);
  }
  const twice = [...names.values()].flatMap(([one, other]): readonly Pair[] =>
    one === undefined || other === undefined || bare(one) === bare(other) ? [] : [{ kind: 'code', one, other }],
  );
  const others = open('ingredients-sample.tsv.gz').flatMap(([code = '', name = '']) => {
    const gtin = shared(code);
    return gtin === undefined ? [] : [{ gtin, name }];
  });
  const sheets = await readGtinSheets(others.map(({ gtin }) => gtin));
  const between = others.flatMap(({ gtin, name }): readonly Pair[] => {
    const sheet = sheets.get(gtin);
    return sheet === undefined || bare(sheet.title) === bare(name) ? [] : [{ kind: 'code', one: name, other: sheet.title }];
  });
  return [...twice, ...drawn(between, 139 - twice.length)];
}

const groceries = rowsOf('db/seed/data/groceries.tsv.gz').map(([, , name = '']) => name);

/** Capitals, no accents, long words cut, twenty-four signs: what a till of the nineties keeps of a name. */
const tillLabel = (name: string): string =>
  name.normalize('NFD').replaceAll(/\p{M}/gu, '').toUpperCase().split(/[^A-Z0-9%]+/).filter((word) => !/^(DE|DU|DES|LA|LE|LES|AU|AUX|ET|EN|L|D|A)$/.test(word)).map((word) => word.slice(0, 5)).join(' ').slice(0, 24).trim(); // prettier-ignore

/** Names of the demo city and of the public set that a person would be asked about. */
function alike(): readonly Pair[] {
  const titles = [...new Set([...groceries, ...open('products-fr.tsv.gz').filter((_, index) => index % 20 === 0).map(([, name = '']) => name.trim())])].filter((title) => title.length > 12 && title.length < 80); // prettier-ignore
  const byWord = new Map<string, string[]>();
  for (const title of titles) {
    for (const word of new Set(title.toLowerCase().split(/[^\p{L}]+/u)))
      if (word.length > 3) byWord.set(word, [...(byWord.get(word) ?? []), title]);
  }
  const pairs = new Map<string, Pair>();
  for (const met of byWord.values()) {
    if (met.length > 400) continue; // words that everything has
    for (const [index, one] of met.entries())
      for (const other of met.slice(index + 1))
        if (bare(one) !== bare(other) && likenessBps({ title: one, brand: undefined }, { title: other, brand: undefined }) >= 8_600)
          pairs.set(`${one}|${other}`, { kind: 'alike', one, other });
  }
  return [...pairs.values()];
}

const pairs = [
  ...(await coded()),
  ...drawn(groceries.map((name): Pair => ({ kind: 'till', one: tillLabel(name), other: name })), 61), // prettier-ignore
  ...drawn(alike(), 100),
];
process.stdout.write(`${pairs.map(({ kind, one, other }) => `${kind}\t${one}\t${other}`).join('\n')}\n`);
