import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { applyImport, askUndo, checkImport, confirmImport, getImport, stageImport, undoImport, wantImportPictures } from '@/lib/connectors';
import type { ImportId } from '@/lib/kernel';
import { HOUR, MINUTE, ok, parseId, plusMs } from '@/lib/kernel';
import { fetchDuePictures, getPictureProgress, listPictures, readPicture, removePicture, retryPictures } from '@/lib/pictures';
import { databaseHandle } from '@/lib/platform/database';
import { ownPictures } from '@/lib/sources';
import { given, portsAt, wednesdayMorning, type GivenShop } from '../../support/builders';

const folder = mkdtempSync(join(tmpdir(), 'halles-pictures-'));
const ports = portsAt();
const later = portsAt(plusMs(wednesdayMorning, 2 * MINUTE));

/** A shop's own site: what lies at each path, and how often it was asked for. */
const asked: string[] = [];
let site: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void>> = {};
const server = createServer((request, response) => {
  asked.push(request.url ?? '');
  const at = site[request.url ?? ''];
  if (at === undefined) response.writeHead(404).end();
  else at(request, response);
});
let address = '';
const limits = () => ({ allowPrivate: true, waitMs: 2_000, mostBytes: 200_000 });
const ways = (within = limits()) => ({ limits: within, own: ownPictures() });

const painted = async (background: string) =>
  sharp({ create: { width: 40, height: 30, channels: 3, background } })
    .jpeg()
    .toBuffer();
const giving =
  (bytes: Uint8Array, type = 'image/jpeg') =>
  (_: IncomingMessage, response: ServerResponse) =>
    void response.writeHead(200, { 'content-type': type }).end(bytes);

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => void (asked.length = 0));

async function checked(shop: GivenShop, text: string) {
  const path = join(folder, 'products.csv');
  writeFileSync(path, text);
  const staged = await stageImport(shop.scope, { path, fileName: 'products.csv' }, ports);
  if (!staged.ok) throw new Error(staged.error.kind);
  const counts = await checkImport(shop.scope, { importId: staged.value }, ports);
  return { importId: staged.value, counts };
}

async function imported(shop: GivenShop, text: string): Promise<ImportId> {
  const { importId } = await checked(shop, text);
  await confirmImport(shop.scope, importId, ports);
  await applyImport(importId, ports);
  await wantImportPictures(importId, ports);
  return importId;
}

/** Fetches until nothing is due. */
async function fetched(at = ports, within = limits()): Promise<number> {
  let all = 0;
  for (let count = 1; count > 0; all += count) count = await fetchDuePictures(ways(within), at);
  return all;
}

async function picturesOf(shop: GivenShop, title: string) {
  const [row] = await databaseHandle().sql<{ id: string }[]>`
    select v.product_id as id from offers o join listings l on l.id = o.listing_id join variants v on v.id = l.variant_id
    where o.shop_id = ${shop.shopId} and l.title = ${title}`;
  const productId = parseId('product', row?.id ?? '');
  return productId === undefined ? [] : listPictures(shop.scope, productId);
}

// The shape of a Google Merchant feed: one picture, and others in a cell.
const feed = (...rows: readonly string[]) => ['id\ttitle\tprice\tlink\timage_link\tadditional_image_link', ...rows].join('\n');

test('pictures a file names by address are fetched after the import, in its order, one for each file; what fails says why', async () => {
  const shop = await given.shop();
  await given.category();
  const [red, blue] = [await painted('red'), await painted('blue')];
  site = {
    '/red.jpg': giving(red),
    '/red-again.jpg': giving(red),
    '/blue.jpg': (_, response) => void response.writeHead(302, { location: '/there/blue.jpg' }).end(),
    '/there/blue.jpg': giving(blue),
    '/page.jpg': giving(Buffer.from('<html>Bienvenue</html>'), 'text/html'),
    '/drawing.svg': giving(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'), 'image/svg+xml'),
    '/huge.jpg': giving(Buffer.alloc(300_000)),
  };
  const text = feed(
    `B-1\tBol bleu\t12.00 EUR\thttps://boutique.example/1\t${address}/red.jpg\t${address}/blue.jpg,${address}/red-again.jpg`,
    `B-2\tThéière\t30.00 EUR\thttps://boutique.example/2\t${address}/page.jpg\t${address}/gone.jpg,${address}/huge.jpg,${address}/drawing.svg`,
  );
  const { importId } = await checked(shop, text);
  expect(await getImport(shop.scope, importId, wednesdayMorning)).toMatchObject({ pictures: 7 });
  expect(asked).toEqual([]); // nothing is asked for before somebody confirms, nor while a page is shown
  await confirmImport(shop.scope, importId, ports);
  await applyImport(importId, ports);
  expect(await wantImportPictures(importId, ports)).toBe(7);
  expect(await wantImportPictures(importId, ports)).toBe(0);
  expect(await fetched()).toBe(7);
  const bowls = await picturesOf(shop, 'Bol bleu');
  expect(bowls).toHaveLength(2);
  const colours = await Promise.all(bowls.map(async ({ key }) => (await sharp((await readPicture(key))?.bytes).stats()).dominant));
  expect(colours.map(({ r, b }) => (r > b ? 'red' : 'blue'))).toEqual(['red', 'blue']);
  expect(await picturesOf(shop, 'Théière')).toEqual([]);
  const progress = await getPictureProgress(shop.scope, importId);
  expect(progress).toMatchObject({ waiting: 0, kept: 3, spared: 0 });
  expect(progress.failed).toEqual(
    expect.arrayContaining([
      { reason: 'no-picture', count: 2, address: expect.stringContaining('/drawing.svg') },
      { reason: 'not-there', count: 1, address: expect.stringContaining('/gone.jpg') },
      { reason: 'too-large', count: 1, address: expect.stringContaining('/huge.jpg') },
    ]),
  );
  // Another shop sees nothing of it and cannot have it tried again.
  const other = await given.shop();
  expect(await getPictureProgress(other.scope, importId)).toEqual({ waiting: 0, kept: 0, spared: 0, failed: [] });
  expect(await retryPictures(other.scope, importId, ports)).toEqual({ ok: false, error: { kind: 'no-picture' } });
});

test('a server that is away is asked again later, and by hand; two workers never fetch the same', async () => {
  const shop = await given.shop();
  await given.category();
  let isAway = true;
  const red = await painted('red');
  site = {
    '/red.jpg': (request, response) => (isAway ? void response.writeHead(503).end() : giving(red)(request, response)),
  };
  const importId = await imported(shop, feed(`B-1\tBol bleu\t12.00 EUR\t\t${address}/red.jpg\t`));
  await Promise.all([fetched(), fetched()]);
  expect(asked).toHaveLength(1);
  expect(await fetched()).toBe(0); // not due before its time
  isAway = false;
  expect(await fetched(later)).toBe(1);
  expect(await getPictureProgress(shop.scope, importId)).toMatchObject({ kept: 1, waiting: 0, failed: [] });

  site = {};
  const second = await imported(shop, feed(`B-2\tVase\t9.00 EUR\t\t${address}/vase.jpg\t`));
  await fetched();
  expect(await getPictureProgress(shop.scope, second)).toMatchObject({ failed: [{ reason: 'not-there', count: 1 }] });
  site = { '/vase.jpg': giving(red) };
  expect(await retryPictures(shop.scope, second, ports)).toEqual({ ok: true, value: { again: 1 } });
  await fetched();
  expect(await picturesOf(shop, 'Vase')).toHaveLength(1);
});

test('pictures of a large file do not keep a small shop waiting: shops take turns', async () => {
  const [large, small] = [await given.shop(), await given.shop()];
  await given.category();
  site = {};
  const rows = (mark: string, count: number) =>
    Array.from({ length: count }, (_, at) => `${mark}-${at}\t${mark} ${at}\t1.00 EUR\t\t${address}/${mark}-${at}.jpg\t`);
  await imported(large, feed(...rows('large', 9)));
  await imported(small, feed(...rows('small', 2)));
  await fetchDuePictures(ways(), ports);
  expect(asked.filter((path) => path.startsWith('/small'))).toHaveLength(2);
  await fetched();
  expect(asked).toHaveLength(11);
});

test('a source that shows the same picture at every number is not asked without end', async () => {
  const shop = await given.shop();
  await given.category();
  site = {};
  const bytes = await painted('red');
  const own = ({ address: at }: { readonly address: string }) =>
    Promise.resolve(ok({ kind: 'file' as const, bytes, more: [at.replace(/\d+(?=\.jpg)/, (place) => String(Number(place) + 1))] }));
  await imported(shop, feed(`S-1\tPlat\t1.00 EUR\t\t${address}/big-1.jpg\t`));
  let all = 0;
  for (let count = 1; count > 0 && all < 20; all += count) count = await fetchDuePictures({ limits: limits(), own }, ports);
  expect(all).toBe(2);
  expect(await picturesOf(shop, 'Plat')).toHaveLength(1);
});

test('the worker asks public addresses by HTTPS only, however they are written or redirected', async () => {
  const shop = await given.shop();
  await given.category();
  const importId = await imported(
    shop,
    feed(
      `B-1\tBol\t1.00 EUR\t\t${address}/red.jpg\thttps://127.0.0.1/a.jpg,https://169.254.169.254/latest/meta-data/,http://[::1]/a.jpg,https://localhost/a.jpg,https://10.0.0.8/a.jpg,https://user:pass@93.184.216.34/a.jpg`,
    ),
  );
  await fetched(ports, { ...limits(), allowPrivate: false });
  expect(asked).toEqual([]);
  const { kept, failed } = await getPictureProgress(shop.scope, importId);
  expect(kept).toBe(0);
  expect(failed).toMatchObject([{ reason: 'address-not-allowed', count: 7 }]);
});

test('only new pictures make a row news; one taken back by hand stays away; undone, what the file brought is gone', async () => {
  const shop = await given.shop();
  await given.category();
  const [red, blue] = [await painted('red'), await painted('blue')];
  site = { '/red.jpg': giving(red), '/blue.jpg': giving(blue) };
  const plain = 'id\ttitle\tprice\nB-1\tBol bleu\t12.00 EUR';
  await imported(shop, plain);
  const first = feed(`B-1\tBol bleu\t12.00 EUR\t\t${address}/red.jpg\t`);
  const { counts } = await checked(shop, first);
  expect(counts).toMatchObject({ ok: true, value: { changed: 1, unchanged: 0 } });
  await imported(shop, first);
  await fetched();
  const [kept] = await picturesOf(shop, 'Bol bleu');
  expect((await checked(shop, first)).counts).toMatchObject({ value: { changed: 0, unchanged: 1 } });

  await removePicture(shop.scope, kept?.key ?? '');
  const both = await imported(shop, feed(`B-1\tBol bleu\t12.00 EUR\t\t${address}/red.jpg\t${address}/blue.jpg`));
  await fetched();
  const [only, ...none] = await picturesOf(shop, 'Bol bleu');
  expect([only?.isOwn, none]).toEqual([true, []]);
  await askUndo(shop.scope, both, ports);
  // A round that breaks off half-way has forgotten nothing: the next one takes back what is left.
  const { sql } = databaseHandle();
  await sql`create function break_off() returns trigger language plpgsql as $$ begin raise 'broken off'; end $$`;
  await sql`create trigger break_off before delete on product_pictures execute function break_off()`;
  await expect(undoImport(both, portsAt(plusMs(wednesdayMorning, HOUR)))).rejects.toThrow();
  await sql`drop function break_off cascade`;
  await undoImport(both, portsAt(plusMs(wednesdayMorning, HOUR)));
  expect(await picturesOf(shop, 'Bol bleu')).toEqual([]);
  expect(await readPicture(only?.key ?? '')).toBeUndefined();
});

test('a page has the pictures of one shop: the second shop that names some of the same bar code is spared', async () => {
  const [first, second] = [await given.shop(), await given.shop()];
  await given.category();
  site = { '/red.jpg': giving(await painted('red')), '/blue.jpg': giving(await painted('blue')) };
  const row = (picture: string) => `id\ttitle\tprice\tgtin\timage_link\nM\tMiel\t9.00 EUR\t3017620422003\t${address}/${picture}`;
  await imported(first, row('red.jpg'));
  await fetched();
  const origin = await imported(second, row('blue.jpg'));
  await fetched();
  expect(asked).toEqual(['/red.jpg']);
  expect(await getPictureProgress(second.scope, origin)).toMatchObject({ spared: 1, kept: 0, failed: [] });
  const [row1] = await databaseHandle().sql<{ source: string; licence: string; shops: number }[]>`
    select min(source) as source, min(licence) as licence, count(*)::int as shops
    from product_pictures where shop_id in (${first.shopId}, ${second.shopId})`;
  expect(row1).toEqual({ source: `${address}/red.jpg`, licence: 'Halles-merchant-terms', shops: 1 });
});
