import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateDatabase } from '@/lib/command/migrate';
import { freePort, startDatabase } from '@/lib/platform/embedded-postgres';
import { DOCUMENT, fullTable, RESULTS, SERVER_RESULTS, withTable } from '../support/connector-table';
import { checkServer } from './check-server';
import { medusa } from './medusa';
import { install, start, type RealServer } from './real-server';
import { vendure } from './vendure';

/**
 * `npm run test:servers [-- vendure|medusa]`: installs each program from npm into a scratch folder (HALLES_SERVERS_FOLDER, else one of the
 * system's temporary folder), starts it on 127.0.0.1 over a PostgreSQL of its own, fills it, connects a shop to it and compares. What was seen,
 * with which version and when, goes into the document and the page of connectors. Neither a dependency nor part of `npm test`.
 */
const scratch = process.env['HALLES_SERVERS_FOLDER'] ?? join(tmpdir(), 'halles-servers');
const wanted = process.argv.slice(2);
const servers = [vendure, medusa].filter(({ kind }) => wanted.length === 0 || wanted.includes(kind));

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function portOf(): Promise<number> {
  const port = await freePort(0);
  if (port === undefined) throw new Error('a port is free');
  return port;
}

mkdirSync(scratch, { recursive: true });
const database = await startDatabase({ folder: join(scratch, 'database'), durable: false });

async function run(server: RealServer): Promise<void> {
  const folder = join(scratch, server.kind);
  install(server, folder);
  const halles = await database.recreateDatabase(`halles_${server.kind}_test`);
  await migrateDatabase(halles);
  const running = await start(server, {
    folder,
    databaseUrl: await database.recreateDatabase(`${server.kind}_test`),
    port: await portOf(),
  });
  try {
    const checks = await checkServer(server, running.address, halles);
    for (const check of checks) say(`  ${check}`);
    const [program] = Object.entries(server.packages);
    const [name, version] = program ?? [server.kind, ''];
    say(`${name} ${version}: ${checks.length} checks passed`);
    const seen = JSON.parse(readFileSync(SERVER_RESULTS, 'utf8'));
    const results = { ...seen, [server.kind]: { version, date: new Date().toISOString().slice(0, 10), checks: checks.length } };
    writeFileSync(SERVER_RESULTS, `${JSON.stringify(results, undefined, 2)}\n`);
  } finally {
    await running.stop();
  }
}

try {
  for (const server of servers) await run(server);
  writeFileSync(DOCUMENT, withTable(readFileSync(DOCUMENT, 'utf8'), fullTable(JSON.parse(readFileSync(RESULTS, 'utf8')))));
} finally {
  await database.stop();
  rmSync(database.folder, { recursive: true, force: true });
}
