import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { dryRunFile } from '@/lib/connectors';
import { workbookOf, zipOf } from '../../support/zip-file';

const folder = mkdtempSync(join(tmpdir(), 'halles-mutated-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs per file; `HALLES_MUTATIONS=200` for the long run, `HALLES_MERCHANT_FILES` names a folder with more files to mutate. */
const runs = Number(process.env['HALLES_MUTATIONS'] ?? 8);

function filesBelow(path: string): readonly string[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(csv|tsv|xml|json|ndjson)$/.test(name))
    .map((name) => join(path, name));
}

const extra = process.env['HALLES_MERCHANT_FILES'];
const sources: readonly (readonly [string, Buffer])[] = [
  ...filesBelow('tests/support/merchant-files'),
  ...(extra === undefined ? [] : filesBelow(extra)),
].map((path) => [path, readFileSync(path)] as const);
const workbook = workbookOf([['Nom', 'EAN', 'Prix', 'Stock'], ['Miel', 3017620422003, 9.8, 4], ['Pollen', '', 14, 2]]); // prettier-ignore
const all = [...sources, ['workbook', workbook] as const];

type Mutation = (bytes: Buffer, at: number) => Buffer;

const insert = (bytes: Buffer, at: number, piece: Buffer | string): Buffer =>
  Buffer.concat([bytes.subarray(0, at), Buffer.from(piece), bytes.subarray(at)]);

/** What happens to files on their way: cut, garbled, torn, stuffed, swapped separators, formulas, zeros, other encodings. */
const mutations: Readonly<Record<string, Mutation>> = {
  cut: (bytes, at) => bytes.subarray(0, at),
  headless: (bytes, at) => bytes.subarray(at),
  garbled: (bytes, at) => {
    const copy = Buffer.from(bytes);
    for (let index = at; index < Math.min(copy.length, at + 40); index += 3) copy[index] = (index * 151) % 256;
    return copy;
  },
  quote: (bytes, at) => insert(bytes, at, '"'),
  zeros: (bytes, at) => insert(bytes, at, Buffer.alloc(50)),
  newline: (bytes, at) => insert(bytes, at, '\r\n\r\n'),
  separators: (bytes, at) => insert(bytes, at, ';;;,,,\t\t|||'),
  swapped: (bytes) => Buffer.from(bytes.toString('latin1').replaceAll(',', ';'), 'latin1'),
  huge: (bytes, at) => insert(bytes, at, 'x'.repeat(100_000)),
  formula: (bytes, at) => insert(bytes, at, '=HYPERLINK("http://x.example","a"),+cmd|\' /C calc\'!A0'),
  markup: (bytes, at) => insert(bytes, at, '<script>alert(1)</script><img src=x onerror=alert(1)>'),
  surrogates: (bytes, at) => insert(bytes, at, Buffer.from([0xed, 0xa0, 0x80, 0xff, 0xfe, 0xc0, 0x80])),
  utf16: (bytes) => Buffer.from(`\uFEFF${bytes.toString('utf8')}`, 'utf16le'),
  doubled: (bytes) => Buffer.concat([bytes, bytes]),
  brackets: (bytes, at) => insert(bytes, at, '{[<!DOCTYPE x [<!ENTITY a "b">]>&a;'),
};

describe('no damage to a file makes its reading fail other than by a refusal', () => {
  test.each(all)('%s', async (name, bytes) => {
    const path = join(folder, `${name.replaceAll(/\W/g, '-')}.bin`);
    const change = fc.tuple(fc.constantFrom(...Object.keys(mutations)), fc.nat({ max: bytes.length }));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const mutated = changes.reduce((before, [kind, at]) => mutations[kind]!(before, Math.min(at, before.length)), bytes);
        writeFileSync(path, mutated);
        const found = await dryRunFile(path, { currency: 'EUR', assumedVatBps: 2_000 });
        if (!found.ok) return;
        const { rows, variants, offers, rejected } = found.value;
        expect(offers).toBeLessThanOrEqual(variants);
        expect(offers + rejected.length).toBeLessThanOrEqual(rows);
        expect(rejected.every(({ reason }) => reason !== undefined)).toBe(true);
      }),
      { numRuns: runs },
    );
  });
});

describe('files that mean harm are refused or stay small', () => {
  const settings = { currency: 'EUR', assumedVatBps: 2_000 };
  const readWritten = async (bytes: Buffer | string) => {
    const path = join(folder, 'harm.bin');
    writeFileSync(path, bytes);
    return dryRunFile(path, settings);
  };

  test('a workbook that unpacks to a gigabyte of texts is refused before it is unpacked', async () => {
    const bomb = zipOf({
      'xl/workbook.xml': '<workbook><sheets><sheet name="A" r:id="rId1" xmlns:r="r"/></sheets></workbook>',
      'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
      'xl/worksheets/sheet1.xml': '<worksheet/>',
      'xl/sharedStrings.xml': Buffer.alloc(120_000_000, 'a'),
    });
    expect(bomb.length).toBeLessThan(200_000);
    expect(await readWritten(bomb)).toMatchObject({ ok: false, error: { kind: 'file-too-large' } });
  });

  test('an archive that lies about its sizes ends as a damaged file', async () => {
    const archive = workbookOf([['Nom', 'Prix'], ['Miel', 'x'.repeat(5_000)]]); // prettier-ignore
    const central = archive.lastIndexOf(Buffer.from('xl/sharedStrings.xml')) - 46;
    archive.writeUInt32LE(10, central + 24);
    expect(await readWritten(archive)).toMatchObject({ ok: false, error: { kind: 'file-not-readable' } });
  });

  test('a billion laughs are not told', async () => {
    const laughs =
      '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><rss><item><title>&b;</title><price>5</price></item></rss>';
    const found = await readWritten(laughs);
    expect(JSON.stringify(found)).not.toContain('haha');
  });

  test.each([
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'xls'],
    ['a PDF', Buffer.from('%PDF-1.7 …'), 'pdf'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2]), 'image'],
    ['an archive of other things', zipOf({ 'notes.txt': 'hello' }), 'zip'],
  ])('%s is told from a table', async (_name, bytes, looksLike) => {
    expect(await readWritten(bytes)).toEqual({ ok: false, error: { kind: 'file-kind-unknown', looksLike } });
  });

  test('nothing is nothing', async () => {
    expect(await readWritten('')).toEqual({ ok: false, error: { kind: 'file-empty' } });
  });
});
