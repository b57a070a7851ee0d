/**
 * Rebuilds the book of bar codes from the public set it was taken from:
 *
 *   npx tsx db/seed/build/gtin-book.ts FOLDER
 *
 * FOLDER holds `catalog/off-fr/products-fr.tsv.gz` (see db/seed/README.md). Layout of the book: four bytes that say how long the index is,
 * the index (JSON: leaves, and for each block its first GTIN, offset and length), then blocks of about 1,500 lines, each packed by Brotli,
 * so that looking one bar code up unpacks one block. A line: how many digits it shares with the line before (one hexadecimal digit), the
 * other digits, a tab, the number of its leaf or nothing, a tab, the name, a tab, the content or nothing.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gunzipSync } from 'node:zlib';
import { leafOf } from './groceries';
import { hasValidCheckDigit, splitNetQuantity, tidy } from './names';

const LINES_PER_BLOCK = 1_500;

type Entry = { readonly gtin: string; readonly name: string; readonly leaf: string; readonly net: string };

/** Capitals throughout are set in lower case; a name keeps its own capitals otherwise. */
function calm(name: string): string {
  const letters = name.replace(/[^\p{L}]/gu, '');
  const capitals = letters.replace(/\P{Lu}/gu, '');
  const text = capitals.length > 3 && capitals.length > letters.length / 2 ? name.toLowerCase() : name;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A name that says what a thing is: letters, at least four of them, and no book's page of them. */
const isUsable = (name: string): boolean => name.replace(/[^\p{L}]/gu, '').length >= 4 && name.length <= 90 && !/https?:|@/.test(name);

function entryOf(line: string): Entry | undefined {
  const [code = '', raw = ''] = line.split('\t');
  // Prefix 2 and leading zeros of an EAN-13 are shops' own numbers or broken ones: they mean another thing next door.
  if (!hasValidCheckDigit(code) || /^0*$/.test(code) || /^(2|02|04|00)/.test(code) || (code.length === 8 && /^[02]/.test(code)))
    return undefined;
  const { name, net } = splitNetQuantity(tidy(raw));
  const shown = calm(name);
  if (!isUsable(shown)) return undefined;
  return { gtin: code.padStart(14, '0'), name: shown, leaf: leafOf(shown) ?? '', net: net === undefined ? '' : `${net.amount}${net.unit}` };
}

function sharedDigits(before: string, after: string): number {
  let count = 0;
  while (count < 14 && before[count] === after[count]) count++;
  return count;
}

const folder = process.argv[2];
if (folder === undefined) {
  process.stderr.write('Usage: tsx db/seed/build/gtin-book.ts FOLDER\n');
  process.exit(2);
}
const lines = gunzipSync(readFileSync(join(folder, 'catalog/off-fr/products-fr.tsv.gz')))
  .toString('utf8')
  .split('\n')
  .slice(1);
const byGtin = new Map<string, Entry>();
for (const line of lines) {
  const entry = entryOf(line);
  if (entry !== undefined && !byGtin.has(entry.gtin)) byGtin.set(entry.gtin, entry);
}
const entries = [...byGtin.values()].toSorted((a, b) => (a.gtin < b.gtin ? -1 : 1));
const leaves = [...new Set(entries.map(({ leaf }) => leaf))].filter((leaf) => leaf !== '').toSorted();
const blocks: Buffer[] = [];
const index: [string, number, number][] = [];
let offset = 0;
for (let at = 0; at < entries.length; at += LINES_PER_BLOCK) {
  let before = '';
  const text = entries
    .slice(at, at + LINES_PER_BLOCK)
    .map(({ gtin, name, leaf, net }) => {
      const shared = sharedDigits(before, gtin);
      before = gtin;
      return `${shared.toString(16)}${gtin.slice(shared)}\t${leaf === '' ? '' : leaves.indexOf(leaf)}\t${name}\t${net}`;
    })
    .join('\n');
  const packed = brotliCompressSync(Buffer.from(text), {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 18 },
  });
  index.push([entries[at]?.gtin ?? '', offset, packed.length]);
  offset += packed.length;
  blocks.push(packed);
}
const packedIndex = brotliCompressSync(Buffer.from(JSON.stringify({ leaves, blocks: index })));
const length = Buffer.alloc(4);
length.writeUInt32BE(packedIndex.length);
const book = Buffer.concat([length, packedIndex, ...blocks]);
writeFileSync(new URL('../data/gtin-book.bin', import.meta.url), book);
process.stdout.write(
  `gtin-book.bin: ${entries.length} bar codes, ${entries.filter(({ leaf }) => leaf !== '').length} with a leaf, ${book.length} bytes\n`,
);
