import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyImport, checkImport, confirmImport, stageImport } from '@/lib/connectors';
import type { ImportId } from '@/lib/kernel';
import { databaseHandle } from '@/lib/platform/database';
import { requireDatabaseUrl } from '@/lib/platform/env';
import { given, portsAt, type GivenShop } from '../../support/builders';

/** Pieces of a file are taken over three at a time: what comes of them must not tell. */
const folder = mkdtempSync(join(tmpdir(), 'halles-pieces-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(() => given.category());
const ports = portsAt();
const runs = Number(process.env['HALLES_PIECES'] ?? 3);

/** A row: which of few things it names, in which size. */
type Row = { readonly name: number; readonly size: number; readonly price: number; readonly stock: number };
const anyRow: fc.Arbitrary<Row> = fc.record({
  name: fc.nat({ max: 5 }),
  size: fc.nat({ max: 2 }),
  price: fc.integer({ min: 1, max: 99 }),
  stock: fc.nat({ max: 3 }),
});
/** Which bar code each thing has, 0 for none: one code for several things is what tills are full of. */
type Codes = readonly number[];
const anyCodes: fc.Arbitrary<Codes> = fc.array(fc.nat({ max: 6 }), { minLength: 18, maxLength: 18 });
const names = ['Miel de montagne', 'Perceuse visseuse', 'Pull marin', 'Savon noir', 'Lampe de chevet', 'Thé vert'];

let files = 0;

/** The same file again with words and bar codes nobody has seen: a city that knows nothing of it, without a database of its own. */
function fileOf(rows: readonly Row[], codes: Codes): string {
  const mark = 1_000 + files;
  files++;
  const code = (number: number): string => {
    const body = String(300_000_000_000 + files * 100 + number);
    const sum = [...body].reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 1 : 3), 0);
    return `${body}${(10 - (sum % 10)) % 10}`;
  };
  const lines = rows.map(({ name, size, price, stock }, at) => {
    const number = codes[name * 3 + size] ?? 0;
    const cells = [`R-${at}`, `${names[name]} ${mark}`, number === 0 ? '' : code(number), `${price},00`, stock, ['', 'S', 'M'][size]];
    return cells.join(';');
  });
  return ['Référence;Nom;Code-barres;Prix TTC;Stock;Taille', ...lines].join('\r\n');
}

async function confirmed(rows: readonly Row[], codes: Codes): Promise<{ readonly shop: GivenShop; readonly importId: ImportId }> {
  const shop = await given.shop();
  const path = join(folder, 'products.csv');
  writeFileSync(path, fileOf(rows, codes));
  const staged = await stageImport(shop.scope, { path, fileName: 'products.csv' }, ports);
  if (!staged.ok) throw new Error(staged.error.kind);
  expect((await checkImport(shop.scope, { importId: staged.value }, ports)).ok).toBe(true);
  await confirmImport(shop.scope, staged.value, ports);
  return { shop, importId: staged.value };
}

/** What a shop sells of a file, without what is different in every file: which rows share a page and a product, what is shown, priced and counted. */
const outcomeOf = ({ shopId }: GivenShop) => databaseHandle().sql`
  select o.merchant_sku as sku, o.price_minor::int as price, regexp_replace(l.title, ' [0-9]{4}', '') as title, l.is_published as shown, v.gtin is not null as has_code,
    min(o.merchant_sku) over (partition by l.id) as page, min(o.merchant_sku) over (partition by v.product_id) as product,
    (select array_agg(s.on_hand) from stock_levels s where s.offer_id = o.id) as levels,
    (select count(*)::int from stock_movements m where m.offer_id = o.id) as facts,
    (select count(*)::int from price_history h where h.offer_id = o.id) as prices
  from offers o join listings l on l.id = o.listing_id join variants v on v.id = l.variant_id where o.shop_id = ${shopId} order by 1`;

const homeless = async (): Promise<number> =>
  (await databaseHandle().sql`select from variants v where not exists (select from listings l where l.variant_id = v.id)`).length;

test(
  'however a file is cut into pieces, and however many workers are at them, the same comes of it',
  async () => {
    const cuts = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }));
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { minLength: 1, maxLength: 24 }), anyCodes, cuts, async (rows, codes, [most, others]) => {
        const [whole, cut] = [await confirmed(rows, codes), await confirmed(rows, codes)];
        expect(await applyImport(whole.importId, ports)).toBe(rows.length);
        const written = await Promise.all([applyImport(cut.importId, ports, most), applyImport(cut.importId, ports, others)]);
        await applyImport(cut.importId, ports); // one that met the other in the middle of a piece left the rest to it, and to whoever comes next
        expect(written[0] + written[1]).toBeLessThanOrEqual(rows.length);
        expect(await outcomeOf(cut.shop)).toEqual([...(await outcomeOf(whole.shop))]);
        expect(await homeless()).toBe(0);
      }),
      { numRuns: runs },
    );
  },
  60_000 + runs * 10_000,
);

test('killed in the middle, as often as you like, it goes on where it stopped: the same comes of it, and nothing is counted twice', async () => {
  const killer = postgres(requireDatabaseUrl(), { max: 1 });
  const rows = fc.sample(anyRow, { numRuns: 60, seed: 7 });
  const [codes = []] = fc.sample(anyCodes, { numRuns: 1, seed: 7 });
  const [whole, cut] = [await confirmed(rows, codes), await confirmed(rows, codes)];
  await applyImport(whole.importId, ports);
  let isDone = false;
  let kills = 0;
  for (let attempt = 0; !isDone && attempt < 40; attempt++) {
    const going = applyImport(cut.importId, ports, 4).then(() => (isDone = true), () => kills++); // prettier-ignore
    await pause((attempt * 7) % 30);
    if (attempt < 12)
      await killer`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid()`;
    await going;
  }
  await killer.end();
  expect(kills).toBeGreaterThan(2);
  expect(await outcomeOf(cut.shop)).toEqual([...(await outcomeOf(whole.shop))]);
  expect(await homeless()).toBe(0);
});
