import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { copyRows } from '@/db/copy-rows';
import { migrateDatabase } from '@/lib/command/migrate';
import { applyImport, checkImport, confirmImport, stageImport } from '@/lib/connectors';
import { databaseHandle, useDatabase } from '@/lib/platform/database';
import { startDatabase } from '@/lib/platform/embedded-postgres';
import { given } from '../support/builders';
import { circumstances } from './site';

/**
 * A CSV of a hundred thousand products, from the file on disk to offers on sale with their stock, as the worker takes it over: staged, checked,
 * confirmed, written. Beside it the floor: the same cells copied into one table without an index. Memory is this process's, above what it
 * holds before the file is touched; PostgreSQL's own is not in it.
 */
const { values } = parseArgs({
  options: { rows: { type: 'string', default: '100000' }, json: { type: 'boolean', default: false } },
  strict: false,
});
const rows = Number(values.rows);

const nouns = ['Confiture de fraises', 'Savon noir', 'Bol en grès', 'Pull marin', 'Lampe de chevet', 'Thé vert', 'Carnet ligné', 'Marteau', 'Jouet en bois', 'Huile d’olive']; // prettier-ignore
const adjectives = ['bio', 'artisanal', 'grand modèle', 'du Vercors', 'bleu nuit', 'à l’ancienne', 'extra', 'classique'];

/** A number with a right check digit: the same ones every time, spread over the codes that GS1 gives out. */
function ean(index: number): string {
  const body = String(300_000_000_000 + index * 779_081).slice(0, 12);
  const sum = [...body].reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 1 : 3), 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

const cellsOf = (index: number): readonly string[] => [
  `REF-${index}`,
  `${nouns[index % nouns.length]} ${adjectives[index % adjectives.length]} n° ${index}`,
  `Maison ${index % 500}`,
  index % 3 === 0 ? '' : ean(index),
  `Rayon ${index % 40}`,
  `${(index % 90) + 1},${String(index % 100).padStart(2, '0')}`,
  index % 4 === 0 ? '5,5' : '20',
  String(index % 30),
  `Une description de ${nouns[index % nouns.length]}, telle qu’une boutique l’écrit, en une ou deux phrases, avec sa matière et sa taille.`,
];
const header = ['Référence', 'Désignation', 'Marque', 'EAN', 'Rayon', 'Prix TTC', 'TVA', 'Stock', 'Description'];

async function writeCsv(path: string): Promise<number> {
  const stream = createWriteStream(path);
  stream.write(`${header.join(';')}\r\n`);
  for (let index = 0; index < rows; index++) {
    if (!stream.write(`${cellsOf(index).join(';')}\r\n`)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
  return stream.bytesWritten;
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly seconds: number; readonly value: T }> {
  const startedAt = performance.now();
  const value = await work();
  return { seconds: Math.round(performance.now() - startedAt) / 1_000, value };
}

type Cost = { readonly seconds: number; readonly processorSeconds: number };

async function floor(): Promise<Cost> {
  const { sql } = databaseHandle();
  const before = await processorSeconds();
  await sql.unsafe(`create table floor (${header.map((_, place) => `c${place} text`).join(', ')})`);
  const { seconds } = await timed(() =>
    sql.begin(async (tx) => {
      for (let at = 0; at < rows; at += 1_000) {
        const piece = Array.from({ length: Math.min(1_000, rows - at) }, (_, index) =>
          Object.fromEntries(cellsOf(at + index).map((cell, place) => [`c${place}`, cell])),
        );
        await copyRows(tx, 'floor', piece);
      }
    }),
  );
  const processor = (await processorSeconds()) - before;
  await sql`drop table floor`;
  return { seconds, processorSeconds: tenths(processor) };
}

const TICKS_PER_SECOND = 100;

/** Processor seconds of every PostgreSQL process so far: on a busy machine they say more than the clock on the wall. Linux only. */
async function databaseSeconds(): Promise<number> {
  const backends = await databaseHandle().sql<{ pid: number }[]>`select pid from pg_stat_activity`;
  const ticks = backends.map(({ pid }) => {
    if (!existsSync(`/proc/${pid}/stat`)) return 0;
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return Number(fields[11]) + Number(fields[12]);
  });
  return ticks.reduce((sum, one) => sum + one, 0) / TICKS_PER_SECOND;
}

/** Processor seconds of this process and of the database together. */
async function processorSeconds(): Promise<number> {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000 + (await databaseSeconds());
}

const tenths = (value: number): number => Math.round(value * 10) / 10;
const MEGABYTE = 1_000_000;
const folder = mkdtempSync(join(tmpdir(), 'halles-bench-import-'));
const server = await startDatabase({ folder: join(folder, 'postgres'), durable: true });
try {
  const url = await server.recreateDatabase('halles_bench');
  await migrateDatabase(url);
  await useDatabase(url);
  const shop = await given.shop();
  await given.category();
  const path = join(folder, 'products.csv');
  const fileBytes = await writeCsv(path);
  const bare = await floor();

  global.gc?.();
  const idle = process.memoryUsage.rss();
  let peak = idle;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 50);
  const before = await processorSeconds();
  const databaseBefore = await databaseSeconds();
  const staged = await timed(() => stageImport(shop.scope, { path, fileName: 'products.csv' }));
  if (!staged.value.ok) throw new Error(staged.value.error.kind);
  const importId = staged.value.value;
  const checked = await timed(() => checkImport(shop.scope, { importId }));
  await confirmImport(shop.scope, importId);
  const applied = await timed(() => applyImport(importId));
  const processor = (await processorSeconds()) - before;
  const databaseProcessor = (await databaseSeconds()) - databaseBefore;
  clearInterval(watch);

  const seconds = staged.seconds + checked.seconds + applied.seconds;
  const answer = {
    name: 'import',
    rows,
    fileMegabytes: Math.round(fileBytes / MEGABYTE),
    written: applied.value,
    rowsPerSecond: Math.round(rows / seconds),
    seconds: { stage: staged.seconds, check: checked.seconds, apply: applied.seconds, all: tenths(seconds) },
    processorSeconds: tenths(processor),
    databaseProcessorSeconds: tenths(databaseProcessor),
    // What two processors to itself would allow: the clock on the wall of a machine that others use says how busy they are.
    rowsPerSecondOnTwoFreeProcessors: Math.round((2 * rows) / processor),
    peakMegabytesAboveIdle: Math.round((peak - idle) / MEGABYTE),
    floor: {
      what: 'bare COPY of the same cells',
      ...bare,
      rowsPerSecond: Math.round(rows / bare.seconds),
      ratio: tenths(seconds / bare.seconds),
      processorRatio: tenths(processor / bare.processorSeconds),
    },
    ...circumstances(),
  };
  process.stdout.write(`${JSON.stringify(answer, null, values.json === true ? 0 : 2)}\n`);
} finally {
  await databaseHandle().close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
