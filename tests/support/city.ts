import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildApp } from '@/lib/command/demo/build';
import { seedCity } from '@/lib/command/demo/database';
import type { Running } from '@/lib/command/demo/processes';
import { hallesArguments, startProcess, waitUntilReady, webArguments } from '@/lib/command/demo/processes';
import type { Progress } from '@/lib/command/demo/progress';
import { migrateDatabase } from '@/lib/command/migrate';
import type { DatabaseServer } from '@/lib/platform/embedded-postgres';
import { freePort, startDatabase } from '@/lib/platform/embedded-postgres';
import { repositoryFiles, root } from './source-files';

/** The built app on a copy of the seeded city, with its worker: what the browser stories and the drills run against. */
export type TestCity = {
  readonly baseUrl: string;
  readonly databaseUrl: string;
  /** Environment of the city's processes, to start another one or to run a command on it. */
  readonly environment: NodeJS.ProcessEnv;
  web: Running;
  worker: Running;
  startWeb(): Promise<void>;
  startWorker(): void;
  stop(): Promise<void>;
};

const folder = join(root, '.halles', 'test-city');
/** The server all test cities share; who finds it running leaves it running. */
export const startCityServer = (): Promise<DatabaseServer> => startDatabase({ folder, durable: false });

const HISTORY_DAYS = '3'; // enough for dashboards to have something to show, and quick

const quiet = (name: string): Progress => ({
  step: () => {},
  done: (text = 'done') => process.stderr.write(`${name}: ${text}\n`),
});

/** The city is seeded once per version of what it is made of, and per clock; each run gets a copy in a second. */
async function seededTemplate(server: DatabaseServer, environment: NodeJS.ProcessEnv): Promise<string> {
  const { HALLES_CLOCK: stoppedAt = '' } = environment;
  const hash = createHash('sha256').update(HISTORY_DAYS).update(stoppedAt);
  for (const path of repositoryFiles()
    .filter((file) => /^(db|lib\/(?!adr|texts))\//.test(file))
    .toSorted())
    hash.update(path).update(readFileSync(join(root, path)));
  const kind = stoppedAt === '' ? 'halles_test_city' : 'halles_test_still';
  const name = `${kind}_${hash.digest('hex').slice(0, 10)}`;
  const done = `${name}_done`;
  if (await exists(server, done)) return done;
  await dropOutdated(server, kind);
  const url = await server.recreateDatabase(name);
  await migrateDatabase(url);
  await seedCity({ ...environment, DATABASE_URL: url }, quiet('city'), new AbortController().signal);
  await rename(server, name, done);
  return done;
}

async function exists(server: DatabaseServer, database: string): Promise<boolean> {
  const { default: postgres } = await import('postgres');
  const sql = postgres(server.url, { max: 1 });
  const rows = await sql`select 1 from pg_database where datname = ${database}`;
  await sql.end();
  return rows.length > 0;
}

/** Cities of older versions: nobody will ask for a copy again. */
async function dropOutdated(server: DatabaseServer, kind: string): Promise<void> {
  const { default: postgres } = await import('postgres');
  const sql = postgres(server.url, { max: 1, onnotice: () => {} });
  const rows = await sql<{ name: string }[]>`select datname as name from pg_database where datname like ${`${kind}_%`}`;
  for (const { name } of rows) await sql.unsafe(`drop database if exists "${name}" with (force)`);
  await sql.end();
}

async function rename(server: DatabaseServer, from: string, to: string): Promise<void> {
  const { default: postgres } = await import('postgres');
  const sql = postgres(server.url, { max: 1 });
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${from}`;
  await sql.unsafe(`alter database "${from}" rename to "${to}"`);
  await sql.end();
}

type Prepared = {
  readonly baseUrl: string;
  readonly databaseUrl: string;
  readonly environment: NodeJS.ProcessEnv;
  start(name: 'web' | 'worker'): Running;
  stopServer(): Promise<void>;
};

/** The build, the seeded database, a port, and how to start a process on them. */
async function prepareCity(suite: string, clock: Readonly<Record<string, string>>): Promise<Prepared> {
  const server = await startCityServer();
  const port = await freePort(0);
  if (port === undefined) throw new Error('no port is free on 127.0.0.1');
  const baseUrl = `http://localhost:${port}`;
  const shared: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: 'production',
    PORT: String(port),
    NEXTAUTH_URL: baseUrl,
    AUTH_SECRET: 'a secret of the tests, long enough to sign with',
    CITY_HISTORY_DAYS: HISTORY_DAYS,
    NEXT_TELEMETRY_DISABLED: '1',
    VITEST: undefined,
  };
  await buildApp(quiet('build'), shared, new AbortController().signal);
  const databaseUrl = await server.recreateDatabase(`halles_test_${suite}`, await seededTemplate(server, { ...shared, ...clock }));
  const environment = { ...shared, ...clock, DATABASE_URL: databaseUrl };
  const logs = join(folder, 'logs');
  return {
    baseUrl,
    databaseUrl,
    environment,
    start: (name) =>
      startProcess(
        name,
        name === 'web' ? webArguments(port) : hallesArguments('worker'),
        { ...environment, HALLES_PROCESS: name },
        join(logs, `${suite}-${name}.log`),
      ),
    stopServer: async () => {
      if (!server.found) await server.stop();
    },
  };
}

/** Opens a city named for its suite; two suites may be open beside each other. */
export async function openTestCity(suite: string): Promise<TestCity> {
  const { start, stopServer, ...prepared } = await prepareCity(suite, {});
  const city: TestCity = {
    ...prepared,
    web: start('web'),
    worker: start('worker'),
    startWeb: async () => {
      city.web = start('web');
      await waitUntilReady(`${city.baseUrl}/api/ready`, city.web);
    },
    startWorker: () => {
      city.worker = start('worker');
    },
    stop: async () => {
      await Promise.all([city.web.stop(), city.worker.stop()]);
      await stopServer();
    },
  };
  await waitUntilReady(`${city.baseUrl}/api/ready`, city.web);
  return city;
}

/** A city in which it is always `moment`, with nobody at work behind the pages: the same page shows the same words every time. */
export async function openStillCity(suite: string, moment: string): Promise<Pick<TestCity, 'baseUrl' | 'environment' | 'stop'>> {
  const { start, stopServer, baseUrl, environment } = await prepareCity(suite, { HALLES_CLOCK: moment });
  const web = start('web');
  await waitUntilReady(`${baseUrl}/api/ready`, web);
  const stop = async (): Promise<void> => {
    await web.stop();
    await stopServer();
  };
  return { baseUrl, environment, stop };
}
