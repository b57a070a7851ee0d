/**
 * Rebuilds the committed source data of the demo city from the public sets it was taken from:
 *
 *   npx tsx db/seed/build/build.ts FOLDER
 *
 * FOLDER holds `catalog/off-fr/products-fr.tsv.gz`, `geo/grenoble/*.json.gz` and `geo/laposte/laposte_hexasmal.csv.gz`; where they come
 * from is written in db/seed/README.md. The same folder gives the same bytes.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { readPostcodes, selectAddresses } from './addresses';
import { selectGroceries } from './groceries';

const mostPerLeaf = 200;
const radiusMetres = 12_000;

const folder = process.argv[2];
if (folder === undefined) {
  process.stderr.write('Usage: tsx db/seed/build/build.ts FOLDER\n');
  process.exit(2);
}

const read = (...path: string[]): string => gunzipSync(readFileSync(join(folder, ...path))).toString('utf8');
const write = (name: string, text: string): void => {
  const packed = gzipSync(Buffer.from(text), { level: 9 });
  packed[9] = 255; // the byte that names the operating system: the same file everywhere
  writeFileSync(new URL(`../data/${name}`, import.meta.url), packed);
  process.stdout.write(`${name}: ${packed.length} bytes\n`);
};

const lists = readdirSync(join(folder, 'geo/grenoble'))
  .filter((name) => name.endsWith('.json.gz'))
  .toSorted()
  .map((name) => JSON.parse(read('geo/grenoble', name)))
  .map((content) => (Array.isArray(content) ? content : content.addresses));
const addresses = selectAddresses(lists, readPostcodes(read('geo/laposte/laposte_hexasmal.csv.gz')), radiusMetres);
write('addresses.tsv.gz', addresses.map((a) => [a.street, a.postcode, a.town, a.latitude, a.longitude].join('\t')).join('\n') + '\n');

const groceries = selectGroceries(read('catalog/off-fr/products-fr.tsv.gz').split('\n'), mostPerLeaf);
write(
  'groceries.tsv.gz',
  groceries.map((g) => [g.code, g.leaf, g.name, g.net ? `${g.net.amount} ${g.net.unit}` : ''].join('\t')).join('\n') + '\n',
);
