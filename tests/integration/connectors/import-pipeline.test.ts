import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { importFile } from '@/lib/command/import';
import { applyImport, askUndo, checkImport, confirmImport, getImport, rejectedCsv, stageImport, undoImport } from '@/lib/connectors';
import { recordStockBatch } from '@/lib/inventory';
import type { ImportId } from '@/lib/kernel';
import { HOUR, plusMs } from '@/lib/kernel';
import { databaseHandle, useDatabase } from '@/lib/platform/database';
import { requireDatabaseUrl } from '@/lib/platform/env';
import { given, portsAt, wednesdayMorning, type GivenShop } from '../../support/builders';
import { emptyTables, rowCounts } from '../../support/database';

const folder = mkdtempSync(join(tmpdir(), 'halles-imports-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => emptyTables());

const ports = portsAt();
const HONEY = '3017620422003';

const heading = 'Référence;Nom;Code-barres;Prix TTC;Stock;Taille';
const file = (...rows: readonly string[]): string => [heading, ...rows].join('\r\n');

async function staged(shop: GivenShop, text: string): Promise<ImportId> {
  const path = join(folder, `${shop.shopId}.csv`); // each its own: files may be read at once
  writeFileSync(path, text);
  const answer = await stageImport(shop.scope, { path, fileName: 'products.csv' }, ports);
  if (!answer.ok) throw new Error(answer.error.kind);
  return answer.value;
}

async function checked(shop: GivenShop, text: string) {
  const importId = await staged(shop, text);
  const counts = await checkImport(shop.scope, { importId }, ports);
  if (!counts.ok) throw new Error(counts.error.kind);
  return { importId, counts: counts.value };
}

async function imported(shop: GivenShop, text: string, at = ports) {
  const { importId, counts } = await checked(shop, text);
  expect(await confirmImport(shop.scope, importId, ports)).toEqual({ ok: true, value: undefined });
  await applyImport(importId, at);
  return { importId, counts };
}

const shelf = (shop: GivenShop) =>
  databaseHandle().sql<{ sku: string; price: number; active: boolean; on_hand: number | null; title: string; listing_id: string }[]>`
    select o.merchant_sku as sku, o.price_minor::int as price, o.is_active as active, s.on_hand, l.title, o.listing_id
    from offers o join listings l on l.id = o.listing_id left join stock_levels s on s.offer_id = o.id
    where o.shop_id = ${shop.shopId} order by o.merchant_sku`;

const two = file(
  `M-1;Miel de montagne;${HONEY};9,80;12;`,
  'P-S;Pull marin;;79,90;2;S',
  'P-M;Pull marin;;79,90;1;M',
  ';;;;;',
  'X;Sans prix;;;3;',
);

test('nothing is written before someone confirms; then what was counted is what is on sale', async () => {
  const shop = await given.shop();
  await given.category();
  const { importId, counts } = await checked(shop, two);
  expect(counts).toEqual({ new: 3, changed: 0, unchanged: 0, rejected: 1 });
  expect(await rowCounts('offers', 'products', 'stock_movements', 'price_history')).toEqual([0, 0, 0, 0]);

  await confirmImport(shop.scope, importId, ports);
  await applyImport(importId, ports);
  expect(await shelf(shop)).toMatchObject([
    { sku: 'M-1', price: 980, on_hand: 12, active: true },
    { sku: 'P-M', price: 7_990, on_hand: 1, title: 'Pull marin, M' },
    { sku: 'P-S', price: 7_990, on_hand: 2, title: 'Pull marin, S' },
  ]);
  expect(await rowCounts('offers', 'products', 'variants', 'price_history', 'import_rows')).toEqual([3, 2, 3, 3, 1]); // of the file only the block with the refused row stays
  const view = await getImport(shop.scope, importId, wednesdayMorning);
  expect(view).toMatchObject({ state: 'done', progress: 1, mayUndo: true, rejected: [{ row: 6, reason: 'price-missing' }] });
});

test('the same file again changes nothing; another price and count are told apart from what stayed', async () => {
  const shop = await given.shop();
  await given.category();
  await imported(shop, two);
  expect((await checked(shop, two)).counts).toEqual({ new: 0, changed: 0, unchanged: 3, rejected: 1 });
  const later = file(
    `M-1;Miel de montagne;${HONEY};10,50;12;`,
    'P-S;Pull marin;;79,90;5;S',
    'P-M;Pull marin;;79,90;1;M',
    'P-L;Pull marin;;79,90;4;L',
  );
  const { counts } = await imported(shop, later, portsAt(plusMs(wednesdayMorning, HOUR)));
  expect(counts).toEqual({ new: 1, changed: 2, unchanged: 1, rejected: 0 });
  expect((await shelf(shop)).map(({ sku, price, on_hand: onHand }) => [sku, price, onHand])).toEqual([['M-1', 1_050, 12], ['P-L', 7_990, 4], ['P-M', 7_990, 1], ['P-S', 7_990, 5]]); // prettier-ignore
  // The size that came later joins its sisters: still one pull-over, with three sizes.
  expect(await rowCounts('products', 'variants', 'price_history')).toEqual([2, 4, 5]);
});

test('a bar code leads two shops to one page; a number of the house never does', async () => {
  const [first, second] = [await given.shop(), await given.shop()];
  await given.category();
  const inStore = '2000000000015';
  await imported(first, file(`A;Miel;${HONEY};9,80;1;`, `B;Pain du jour;${inStore};3,00;1;`));
  await imported(second, file(`C;Miel de fleurs;${HONEY};9,00;1;`, `D;Fromage coupé;${inStore};12,00;1;`));
  const [a, b] = await shelf(first);
  const [c, d] = await shelf(second);
  expect(c?.listing_id).toBe(a?.listing_id);
  expect(d?.listing_id).not.toBe(b?.listing_id);
});

test('a shelf that begins with a file is what the same counts make one by one: figure, age, belief and fact', async () => {
  const [shop, other] = [await given.shop(), await given.shop()];
  await given.category();
  await imported(shop, file('A;Bol;;9,00;0;', 'B;Tasse;;5,00;3;', 'C;Pot;;7,00;;', 'D;Plat;;8,00;12;'));
  await imported(other, file('A;Bol;;9,00;;', 'B;Tasse;;5,00;;', 'C;Pot;;7,00;;', 'D;Plat;;8,00;;'));
  const counts = [0, 3, 12].map((quantity, at) => ({ of: { merchantSku: 'ABD'.charAt(at) }, kind: 'count', quantity, occurredAt: ports.clock.now(), key: `one:${at}` }) as const); // prettier-ignore
  await recordStockBatch(
    { kind: 'shop', id: other.scope.personId },
    { shopId: other.shopId, source: 'import', grade: 'D', rows: counts },
    ports,
  );
  const begun = ({ shopId }: GivenShop) => databaseHandle().sql`
    select o.merchant_sku, to_jsonb(s) - 'offer_id' - 'location_id' as level, to_jsonb(m) - 'id' - 'offer_id' - 'location_id' - 'source_key' as fact
    from offers o join stock_levels s on s.offer_id = o.id join stock_movements m on m.offer_id = o.id and m.location_id = s.location_id
    where o.shop_id = ${shopId} order by 1`;
  expect(await begun(shop)).toHaveLength(3);
  expect(await begun(shop)).toEqual(await begun(other));
});

test('a file has no process read its whole index anew: the leaf for what nobody could place is made once', async () => {
  const shop = await given.shop();
  await checked(shop, two);
  const notes = () => databaseHandle().sql`select 1 from search_changes where listing_ids is null`;
  const made = await notes();
  await checked(shop, two);
  expect(await notes()).toEqual(made);
});

test('what open data knows of another thing with the same bar code does not complete this one: what the law still asks is said', async () => {
  const shop = await given.shop();
  await given.category();
  await checked(shop, two); // the leaf for what nobody could place is there
  await databaseHandle().sql`update categories set legal_gates = '["food"]'`;
  const lacking = async (title: string) => {
    const text = `Référence;Nom;Code-barres;Prix TTC;Stock;Ingrédients;Allergènes\r\nA;${title};3365626691412;9,80;1;poissons;poissons`;
    const { importId } = await checked(shop, text);
    return (await getImport(shop.scope, importId, ports.clock.now()))?.warnings.map(({ code }) => code);
  };
  expect(await lacking('Soupe de poissons bretonne')).toEqual([]); // its 404 g are open data's
  expect(await lacking('Perceuse visseuse sans fil')).toEqual(['lacks-netContent']);
});

test('more files than the pool has connections are read and checked at once, each beside goods it has to be compared with', async () => {
  await given.category();
  const shops = [await given.shop(), await given.shop(), await given.shop(), await given.shop()];
  for (const shop of shops) await imported(shop, file('R-0;Tasse 0;;5,00;1;'));
  const rows = Array.from({ length: 1_000 }, (_, at) => `R-${at};Tasse ${at};;5,00;1;`); // twice as many as are compared at once
  await useDatabase(requireDatabaseUrl(), { connections: 2 });
  for (const { counts } of await Promise.all(shops.map((shop) => checked(shop, file(...rows)))))
    expect(counts).toEqual({ new: 999, changed: 0, unchanged: 1, rejected: 0 });
});

test('an interrupted import goes on where it stopped, and nothing is counted twice', async () => {
  const shop = await given.shop();
  await given.category();
  const rows = Array.from({ length: 2_100 }, (_, index) => `R-${index};Article numéro ${index};;${index + 1},00;${index % 7};`);
  const { importId } = await checked(shop, file(...rows));
  await confirmImport(shop.scope, importId, ports);
  // Two workers at once, and a third after them: each piece is written by one of them.
  await Promise.all([applyImport(importId, ports), applyImport(importId, ports)]);
  await applyImport(importId, ports);
  expect(await rowCounts('offers', 'products', 'stock_movements', 'price_history')).toEqual([2_100, 2_100, 2_100, 2_100]);
  const [bad] = await databaseHandle()
    .sql`select count(*)::int as count from stock_levels s join offers o on o.id = s.offer_id where s.on_hand <> (split_part(o.merchant_sku, '-', 2)::int % 7)`;
  expect(bad).toEqual({ count: 0 });
});

test('undone within a day: prices and counts of before are back, new offers are off sale, later changes stay', async () => {
  const shop = await given.shop();
  await given.category();
  await imported(shop, two);
  const { importId } = await imported(
    shop,
    file(`M-1;Miel de montagne;${HONEY};11,00;40;`, 'P-S;Pull marin;;69,90;9;S', 'N;Nouveau;;5,00;6;'),
  );
  await databaseHandle().sql`update offers set price_minor = 6500 where merchant_sku = 'P-S'`;

  expect(await askUndo(shop.scope, importId, portsAt(plusMs(wednesdayMorning, 25 * HOUR)))).toEqual({
    ok: false,
    error: { kind: 'too-late-to-undo' },
  });
  expect(await askUndo(shop.scope, importId, ports)).toEqual({ ok: true, value: undefined });
  await undoImport(importId, portsAt(plusMs(wednesdayMorning, HOUR)));
  expect((await shelf(shop)).map(({ sku, price, active, on_hand: onHand }) => [sku, price, active, onHand])).toEqual([
    ['M-1', 980, true, 12],
    ['N', 500, false, 6],
    ['P-M', 7_990, true, 1],
    ['P-S', 6_500, true, 2],
  ]);
  expect((await getImport(shop.scope, importId, wednesdayMorning))?.state).toBe('undone');
});

test('what a person says of the columns is used and remembered for the next file with the same headings', async () => {
  const shop = await given.shop();
  await given.category();
  const text = 'Code;Libellé;A;B\r\nK1;Vase bleu;12,00;3\r\nK2;Vase vert;14,00;4\r\n';
  const importId = await staged(shop, text);
  await checkImport(shop.scope, { importId, mapping: ['sku', 'title', 'price', 'quantity'] }, ports);
  const next = await staged(shop, text.replace('14,00', '15,00'));
  const view = await getImport(shop.scope, next, wednesdayMorning);
  expect(view?.columns.map(({ field }) => field)).toEqual(['sku', 'title', 'price', 'quantity']);
  expect(view?.columns[1]).toEqual({ heading: 'Libellé', field: 'title', samples: ['Vase bleu', 'Vase vert'] });
});

test('another shop’s import is not there', async () => {
  const [owner, stranger] = [await given.shop(), await given.shop()];
  await given.category();
  const { importId } = await checked(owner, two);
  expect(await getImport(stranger.scope, importId, wednesdayMorning)).toBeUndefined();
  expect(await checkImport(stranger.scope, { importId }, ports)).toEqual({ ok: false, error: { kind: 'import-not-found' } });
  expect(await confirmImport(stranger.scope, importId, ports)).toEqual({ ok: false, error: { kind: 'import-not-found' } });
  expect(await askUndo(stranger.scope, importId, ports)).toEqual({ ok: false, error: { kind: 'import-not-found' } });
  const pieces = [];
  for await (const piece of rejectedCsv(stranger.scope, importId, String)) pieces.push(piece);
  expect(pieces).toEqual([]);
});

test('refused rows come back as they were, with their reason, and no cell runs as a formula', async () => {
  const shop = await given.shop();
  await given.category();
  const { importId } = await checked(shop, file('X;=HYPERLINK("http://x.example");;gratuit;3;', 'Y;Vase;;5;1;'));
  let text = '';
  for await (const piece of rejectedCsv(shop.scope, importId, (reason) => `[${reason}]`)) text += piece;
  expect(text.split('\r\n')).toEqual([
    `\uFEFF${heading};[heading]`,
    `X;"'=HYPERLINK(""http://x.example"")";;gratuit;3;;[price-unreadable]`,
    '',
  ]);
});

test('of a thousand bar codes of a grocer at least six hundred get a sheet, each with its source and licence', async () => {
  const shop = await given.shop();
  await given.category();
  const { counts } = await imported(shop, readFileSync('tests/support/merchant-files/grocer.csv', 'utf8'));
  expect(counts.new + counts.rejected).toBe(1_000);
  const [sheets] = await databaseHandle().sql<{ usable: number; unlicensed: number; named: number }[]>`
    select count(*) filter (where length(l.title) >= 4 and v.gtin is not null)::int as usable,
      count(*) filter (where p.source = '' or p.licence = '' or p.source <> 'Open Food Facts' or p.licence <> 'ODbL-1.0')::int as unlicensed,
      count(*) filter (where l.slug <> 'article')::int as named
    from listings l join variants v on v.id = l.variant_id join products p on p.id = v.product_id`;
  expect(sheets?.usable).toBeGreaterThanOrEqual(600);
  expect(sheets).toMatchObject({ unlicensed: 0, named: sheets?.usable });
});

test('the command takes a file over the same way, again changes nothing, and says in a sentence what is wrong with what it was given', async () => {
  const shop = await given.shop();
  await given.category();
  const path = join(folder, 'command.csv');
  writeFileSync(path, two);
  const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const run = async (...args: readonly string[]): Promise<unknown> => {
    said.mockClear();
    await importFile.run(args);
    return JSON.parse(said.mock.calls.map(([text]) => String(text)).join('')) as unknown;
  };
  try {
    await databaseHandle().sql`insert into people (id, email, name, created_at) values (${shop.scope.personId}, 'owner@example.org', 'Owner', now()) on conflict do nothing`; // prettier-ignore
    await databaseHandle().sql`insert into role_grants (person_id, role, shop_id, granted_at) select ${shop.scope.personId}, 'owner', ${shop.shopId}, now()`; // prettier-ignore
    const counts = { new: 3, changed: 0, unchanged: 0, rejected: 1 };
    expect(await run('--file', path, '--shop', shop.shopId, '--json')).toMatchObject({ format: 'csv', separator: ';', rows: 4, offers: 3, written: 3, counts }); // prettier-ignore
    expect(await run('--file', path, '--shop', shop.shopId, '--json')).toMatchObject({ written: 0, counts: { ...counts, new: 0, unchanged: 3 } }); // prettier-ignore
    expect((await shelf(shop)).map(({ sku, on_hand: units }) => [sku, units])).toEqual([['M-1', 12], ['P-M', 1], ['P-S', 2]]); // prettier-ignore
    writeFileSync(path, '');
    await expect(run('--file', path, '--shop', shop.shopId)).rejects.toThrow('The file holds no rows.');
    await expect(run('--file', join(folder, 'none.csv'), '--shop', shop.shopId)).rejects.toThrow('There is no file');
    await expect(run('--file', path)).rejects.toThrow('Either --dry-run');
    writeFileSync(path, two);
    await expect(run('--file', path, '--shop', 'no-such-shop')).rejects.toThrow('There is no shop "no-such-shop"');
  } finally {
    said.mockRestore();
  }
});
