import { join } from 'node:path';
import type { Env } from '@/lib/platform/env';
import { env } from '@/lib/platform/env';
import { recordDatabaseUrl } from '@/lib/platform/data-folder';
import { demoVouchers } from '@/lib/simulation';
import { readOptions } from '../arguments';
import type { Command } from '../command';
import { RefusedError, complain, say } from '../command';
import { untilAskedToStop } from '../signals';
import { buildApp } from './build';
import type { DemoDatabase } from './database';
import { hasShops, migrateDatabase, openEmbedded, seedCity, settle } from './database';
import { preflight } from './preflight';
import type { Running } from './processes';
import { hallesArguments, lastWordsOf, startProcess, waitUntilReady, webArguments } from './processes';
import { progressLines } from './progress';
import { demoLinks } from './sign-in';
import { forgetState, readState, writeState } from './state';

export const demo: Command = {
  summary: 'Starts the demo city on this machine: database, migrations, city, build, web and worker.',
  usage: [
    'Usage: npm run demo [-- --reset]',
    '',
    '  --reset   throw the demo city away and begin anew',
    '  PORT      port of the site (3000 by default): PORT=3100 npm run demo',
    '',
    'The first start takes some minutes, later ones seconds. Ctrl-C stops everything; the data stays.',
  ].join('\n'),
  run: async (args) => {
    const options = readOptions(args, { reset: 'switch' });
    const interrupted = new AbortController();
    const asked = untilAskedToStop();
    void asked.then(() => interrupted.abort());
    const started: (() => Promise<void>)[] = [];
    try {
      return await runDemo({ reset: options.has('reset'), stop: interrupted.signal, asked, started });
    } catch (error) {
      if (!interrupted.signal.aborted) throw error;
      return 0;
    } finally {
      for (const stop of started.toReversed()) await stop();
    }
  },
};

type Session = {
  readonly reset: boolean;
  readonly stop: AbortSignal;
  readonly asked: Promise<NodeJS.Signals>;
  /** How to stop what was started, in the order of starting. */
  readonly started: (() => Promise<void>)[];
};

async function runDemo(session: Session): Promise<number> {
  const current = env();
  const { dataFolder } = current;
  const configured = process.env['DATABASE_URL'] || undefined;
  if (session.reset && configured !== undefined) {
    throw new RefusedError('--reset throws away the embedded database only, and DATABASE_URL is set: empty that database yourself.');
  }
  const before = readState(dataFolder);
  const asNew = configured === undefined && (session.reset || before.city === undefined);
  await preflight(current, asNew);
  if (asNew) forgetState(dataFolder);

  const database = await prepare(session, current, { configured, asNew });
  session.stop.throwIfAborted();
  const processes = await serve(session, current, database.url);
  await announce(current, database);

  const first = await Promise.race([session.asked, ...processes.map((running) => running.ended.then(() => running))]);
  if (typeof first === 'string') {
    say('\nStopping …');
    return 0;
  }
  complain(
    `The ${first.name} process ended by itself, so everything is stopped. Its last words (${first.logFile}):\n${lastWordsOf(first)}`,
  );
  return 1;
}

/** Database up, migrated and seeded, and the app built: the two long steps beside each other. */
async function prepare(
  session: Session,
  current: Env,
  how: { readonly configured: string | undefined; readonly asNew: boolean },
): Promise<DemoDatabase> {
  const folder = join(current.dataFolder, 'postgres');
  const progress = progressLines('Database');
  progress.step('starting');
  let database: DemoDatabase =
    how.configured === undefined ? await openEmbedded(folder, how.asNew) : { url: how.configured, server: undefined };
  session.started.push(async () => database.server?.stop());
  if (database.server !== undefined && !database.server.folder.startsWith(current.dataFolder)) {
    say(`  The database lives in ${database.server.folder}, because its user may not enter this folder.`);
  }
  progress.step('migrating');
  await migrateDatabase(database.url);
  progress.done('ready');

  const needsCity = how.configured === undefined ? how.asNew : !(await hasShops(how.configured));
  const environment = childEnvironment(current, database.url);
  await both([
    buildApp(progressLines('Build'), { ...environment, NODE_ENV: 'production' }, session.stop),
    needsCity ? seedCity(environment, progressLines('City'), session.stop) : Promise.resolve(),
  ]);
  if (needsCity && database.server !== undefined) {
    database = await settle(database.server, folder);
    writeState(current.dataFolder, { city: { seed: current.city.seed, seededAt: new Date().toISOString() } });
  }
  if (database.server !== undefined) recordDatabaseUrl(current.dataFolder, database.url);
  return database;
}

/** Waits for all, also when one fails: nothing may still be writing when we tidy up. */
async function both(work: readonly Promise<unknown>[]): Promise<void> {
  const outcomes = await Promise.allSettled(work);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

function childEnvironment(current: Env, databaseUrl: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    DATABASE_URL: databaseUrl,
    PORT: String(current.port),
    NEXTAUTH_URL: current.baseUrl,
    NEXT_TELEMETRY_DISABLED: '1',
  };
}

async function serve({ started }: Session, current: Env, databaseUrl: string): Promise<readonly Running[]> {
  const progress = progressLines('Site');
  progress.step('starting');
  const environment: NodeJS.ProcessEnv = { ...childEnvironment(current, databaseUrl), NODE_ENV: 'production' };
  const logs = join(current.dataFolder, 'logs');
  const worker = startProcess('worker', hallesArguments('worker'), { ...environment, HALLES_PROCESS: 'worker' }, join(logs, 'worker.log'));
  const web = startProcess('web', webArguments(current.port), { ...environment, HALLES_PROCESS: 'web' }, join(logs, 'web.log'));
  started.push(() => Promise.all([web.stop(), worker.stop()]).then(() => undefined));

  const { city } = readState(current.dataFolder);
  const running = { demo: process.pid, port: current.port, others: [web.pid, worker.pid] };
  writeState(current.dataFolder, { ...(city === undefined ? {} : { city }), running });
  await waitUntilReady(`http://127.0.0.1:${current.port}/api/ready`, web);
  progress.done('open');
  return [web, worker];
}

async function announce(current: Env, database: DemoDatabase): Promise<void> {
  const links = await demoLinks(database.url, current.baseUrl);
  say();
  say(`  Halles is open at ${current.baseUrl}`);
  say();
  say('  One click signs you in (each link works once, for a day):');
  for (const { who, url } of links) say(`    as ${who.padEnd(10)} ${url}`);
  say();
  say(`  Gift card       ${demoVouchers.giftCards[0]}, at the order page`);
  say('  More links      npm run --silent halles -- sign-in-link EMAIL');
  say(`  Mails           ${current.baseUrl}/admin/mailbox`);
  say(`  Logs            ${join(current.dataFolder, 'logs')}`);
  say(`  Data            ${database.server?.folder ?? 'the database of DATABASE_URL'}`);
  say();
  say('  Ctrl-C stops everything and keeps the data. "npm run demo -- --reset" begins anew.');
}
