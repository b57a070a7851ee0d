import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { applyImport, wantImportPictures } from '@/lib/connectors';
import type { ImportId } from '@/lib/kernel';
import { openZip } from '@/lib/connectors/file/zip';
import { databaseHandle } from '@/lib/platform/database';
import { exportShop, takeoutFiles, zipEverything } from '@/lib/takeout';
import type { Operations } from '../../support/api-client/api-types';
import { given, wednesdayMorning } from '../../support/builders';
import { bytesOf, clay, machineOf } from '../../support/machine';

async function value<Name extends keyof Operations>(call: Promise<{ ok: boolean }>): Promise<Operations[Name]['answer']> {
  const answer = (await call) as { ok: boolean; value?: unknown; problem?: unknown };
  if (!answer.ok) throw new Error(JSON.stringify(answer.problem));
  return answer.value as Operations[Name]['answer'];
}

test('a system brings a file, reads what it would change, corrects it, confirms it and takes it back', async () => {
  const [own, neighbour] = [await given.shop(), await given.shop()];
  const [mine, other] = [await machineOf(own), await machineOf(neighbour)];
  const params = { shopId: own.shopId };
  const body = bytesOf('Référence;Nom;Prix TTC;Stock;Image\nF-1;Vase rond;45,00;3;https://pictures.example/vase.jpg\nF-2;Sans prix;;1;\n');
  const idempotencyKey = crypto.randomUUID();
  const brought = await value<'bringFile'>(mine('bringFile', { params, query: { fileName: 'vases.csv' }, body }, { idempotencyKey }));
  expect(brought).toMatchObject({
    fileName: 'vases.csv',
    state: 'checked',
    counts: { new: 1, rejected: 1 },
    rejected: [{ row: 3, reason: 'price-missing' }],
    pictures: { named: 1, waiting: 0 },
  });
  expect(await mine('bringFile', { params, query: { fileName: 'vases.csv' }, body }, { idempotencyKey })).toMatchObject({ value: brought });
  expect(await mine('bringFile', { params, body: bytesOf('other') }, { idempotencyKey })).toMatchObject({ status: 422 });
  const { importId } = brought;
  const inImport = { params: { ...params, importId } };
  for (const call of ['getImport', 'confirmImport', 'undoImport'] as const)
    expect(await other(call, { params: { shopId: neighbour.shopId, importId } })).toMatchObject({
      status: 404,
      problem: { kind: 'import-not-found' },
    });
  const columns = ['sku', 'title', 'price', null, 'image'] as const;
  expect(await value<'setImportColumns'>(mine('setImportColumns', { ...inImport, body: { columns } }))).toMatchObject({ state: 'checked' });
  expect(await value<'confirmImport'>(mine('confirmImport', inImport))).toMatchObject({ state: 'applying' });
  await applyImport(importId as ImportId);
  await wantImportPictures(importId as ImportId);
  expect(await value<'getImport'>(mine('getImport', inImport))).toMatchObject({ state: 'done', progress: 1, pictures: { waiting: 1 } });
  expect((await value<'listImports'>(mine('listImports', { params }))).data).toMatchObject([{ importId, state: 'done' }]);
  expect(await value<'undoImport'>(mine('undoImport', inImport))).toMatchObject({ state: 'undoing' });
  expect(await mine('bringFile', { params, body: bytesOf('') })).toMatchObject({ status: 422, problem: { kind: 'file-empty' } });
});

test('a system writes a product, its pictures and its changes; what the law still asks is told; a neighbour’s is not there', async () => {
  const [own, neighbour] = [await given.shop(), await given.shop()];
  const [mine, other] = [await machineOf(own), await machineOf(neighbour)];
  const categoryId = await given.category();
  await databaseHandle().sql`update categories set legal_gates = '["safety","textile"]' where id = ${categoryId}`;
  const params = { shopId: own.shopId };
  const added = await value<'addProduct'>(mine('addProduct', { params, body: clay(categoryId) }));
  expect(added.variants.map(({ merchantSku, isPublic, missing }) => [merchantSku, isPublic, missing])).toEqual([
    ['BOL-P', false, ['material']],
    ['BOL-G', false, ['material']],
  ]);
  const offerId = added.variants[0]?.offerId ?? '';
  const told = {
    vatRateBps: 1_000,
    shelf: 'Vitrine 2',
    responsiblePerson: { name: 'Bol & Cie', address: '1 rue du Four', email: 'a@bol.example' },
  };
  const content = { amount: 400, unit: 'ml' } as const;
  const said = { ...clay(categoryId), ...told, title: 'Bol de grès', attributes: { material: 'Grès' } };
  const variants = said.variants.map((one, index) => ({ ...one, content, offerId: added.variants[index]?.offerId ?? '' }));
  const changed = await value<'changeProduct'>(mine('changeProduct', { params: { ...params, offerId }, body: { ...said, variants } }));
  // All that can be written is read again: whoever changes one word sends the others as they were.
  expect(changed).toMatchObject({ ...told, variants: [{ content }, { content }] });
  expect(changed).toMatchObject({ title: 'Bol de grès', variants: [{ isPublic: true, missing: [] }, { isPublic: true }] });
  // JSON may name a zero byte, no text of the database holds one: the door says so, and nothing breaks behind it.
  expect(await mine('addProduct', { params, body: { ...clay(categoryId), title: 'Bol\0' } })).toMatchObject({ status: 400, problem: { kind: 'body-unreadable' } }); // prettier-ignore
  expect(await mine('addProduct', { params, body: { ...clay(categoryId), title: '' } })).toMatchObject({
    status: 400,
    problem: { kind: 'invalid-input' },
  });
  const photo = new Uint8Array(
    await sharp({ create: { width: 30, height: 20, channels: 3, background: 'teal' } })
      .png()
      .toBuffer(),
  );
  const inOffer = { params: { ...params, offerId } };
  expect(await mine('addPicture', { ...inOffer, body: bytesOf('no picture') })).toMatchObject({
    status: 422,
    problem: { kind: 'photo-unreadable' },
  });
  const shown = await value<'addPicture'>(mine('addPicture', { ...inOffer, body: photo }));
  const pictureKey = shown.pictures[0]?.pictureKey ?? '';
  for (const call of ['showPictureFirst', 'removePicture'] as const) {
    expect(await other(call, { params: { shopId: neighbour.shopId, pictureKey } })).toMatchObject({
      status: 404,
      problem: { kind: 'no-picture' },
    });
    expect(await value<typeof call>(mine(call, { params: { ...params, pictureKey } }))).toEqual({ pictureKey });
  }
  expect(await other('addPicture', { params: { shopId: neighbour.shopId, offerId }, body: photo })).toMatchObject({ status: 404 });
  expect((await value<'getProduct'>(mine('getProduct', inOffer))).pictures).toEqual([]);
});

test('everything a shop owns leaves as one archive, for a key that may read all of it', async () => {
  const shop = await given.shop();
  await given.offer({ shop, stock: 3, priceMinor: 450 });
  const client = await machineOf(shop);
  const params = { shopId: shop.shopId };
  expect(await value<'exportFile'>(client('exportFile', { params: { ...params, file: 'offers' } }))).toContain('450');
  expect(await client('exportFile', { params: { ...params, file: 'secrets' as 'offers' } })).toMatchObject({ status: 404 });
  const reading = await machineOf(shop, ['catalogue:read']);
  for (const call of [reading('exportEverything', { params }), reading('exportFile', { params: { ...params, file: 'orders' } })])
    expect(await call).toMatchObject({ status: 403, problem: { kind: 'scope-missing' } });
  expect(await client('exportEverything', { params })).toMatchObject({ status: 200 });

  const folder = mkdtempSync(join(tmpdir(), 'halles-takeout-'));
  await writeFile(join(folder, 'everything.zip'), zipEverything(shop.scope, wednesdayMorning));
  const archive = await openZip(join(folder, 'everything.zip'));
  const texts = new Map<string, string>();
  for (const [name, entry] of archive.entries) texts.set(name, await text(await entry.read()));
  archive.close();
  rmSync(folder, { recursive: true });
  expect([...texts.keys()]).toEqual(takeoutFiles.map((file) => `${file}.csv`));
  // Reading as text takes the mark away.
  for (const file of takeoutFiles) expect(texts.get(`${file}.csv`)).toBe((await joined(exportShop(shop.scope, file))).slice(1));
});

async function joined(pieces: AsyncIterable<string>): Promise<string> {
  let whole = '';
  for await (const piece of pieces) whole += piece;
  return whole;
}
