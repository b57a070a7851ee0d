import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { DatabaseServer } from '@/lib/platform/embedded-postgres';
import { freePort, startDatabase } from '@/lib/platform/embedded-postgres';
import { env } from '@/lib/platform/env';
import { RefusedError } from '../command';
import { buildApp } from '../demo/build';
import { seedCity } from '../demo/database';
import type { Running } from '../demo/processes';
import { hallesArguments, startProcess, waitUntilReady, webArguments } from '../demo/processes';
import type { Progress } from '../demo/progress';
import { migrateDatabase } from '../migrate';

/** What can be killed. */
export const victims = ['web-1', 'web-2', 'worker-1', 'worker-2', 'database'] as const;
export type Victim = (typeof victims)[number];

/** Two app instances, two workers and a database of their own, in production mode. */
export type TorturedCity = {
  readonly databaseUrl: string;
  readonly baseUrls: readonly [string, string];
  /** Ends it as a power cut would: at once, with whatever it was doing. False when it had ended by itself. */
  kill(victim: Victim): boolean;
  start(victim: Victim): Promise<void>;
  stopWorkers(): Promise<void>;
  stop(): Promise<void>;
};

const TEMPLATE = 'halles_torture_seeded';
const RUN = 'halles_torture';

/** A seeded city is kept as a template, so that a second run begins at once; `isNew` seeds it again. */
async function copyOfCity(server: DatabaseServer, environment: NodeJS.ProcessEnv, progress: Progress, isNew: boolean): Promise<string> {
  const { default: postgres } = await import('postgres');
  const sql = postgres(server.url, { max: 1, onnotice: () => {} });
  const found = await sql`select 1 from pg_database where datname = ${TEMPLATE}`;
  await sql.end();
  if (found.length === 0 || isNew) {
    const seeding = `${TEMPLATE}_in_progress`;
    const url = await server.recreateDatabase(seeding);
    await migrateDatabase(url);
    await seedCity({ ...environment, DATABASE_URL: url }, progress, new AbortController().signal);
    const admin = postgres(server.url, { max: 1, onnotice: () => {} });
    await admin.unsafe(`drop database if exists "${TEMPLATE}" with (force)`);
    await admin`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${seeding}`;
    await admin.unsafe(`alter database "${seeding}" rename to "${TEMPLATE}"`);
    await admin.end();
  }
  const url = await server.recreateDatabase(RUN, TEMPLATE);
  await migrateDatabase(url);
  return url;
}

async function twoPorts(): Promise<readonly [number, number]> {
  const [first, second] = [await freePort(0), await freePort(0)];
  if (first === undefined || second === undefined) throw new RefusedError('No port is free on 127.0.0.1.');
  return [first, second];
}

/** Builds what is not built, seeds what is not seeded, starts everything and waits until it answers. */
export async function openTorturedCity(folder: string, progress: Progress, isNew: boolean): Promise<TorturedCity> {
  const root = join(folder, 'torture');
  const logs = join(root, 'logs');
  const [port, otherPort] = await twoPorts();
  const baseUrls = [`http://localhost:${port}`, `http://localhost:${otherPort}`] as const;
  const shared: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: 'production',
    NEXTAUTH_URL: baseUrls[0],
    AUTH_SECRET: env().authSecret, // sign-in links are made here and followed there
    CITY_HISTORY_DAYS: '0',
    NEXT_TELEMETRY_DISABLED: '1',
    VITEST: undefined,
  };
  await buildApp(progress, shared, new AbortController().signal);
  let server = await startDatabase({ folder: join(root, 'database'), durable: true });
  const databaseUrl = await copyOfCity(server, shared, progress, isNew);
  const environment = { ...shared, DATABASE_URL: databaseUrl };
  const running = new Map<Victim, Running>();
  const launch = (victim: Exclude<Victim, 'database'>): Running => {
    const isWeb = victim.startsWith('web');
    const own = victim === 'web-2' ? otherPort : port;
    const args = isWeb ? webArguments(own) : hallesArguments('worker');
    const started = startProcess(victim, args, { ...environment, PORT: String(own), HALLES_PROCESS: victim }, join(logs, `${victim}.log`));
    running.set(victim, started);
    return started;
  };
  const start = async (victim: Victim): Promise<void> => {
    if (victim === 'database') {
      server = await startDatabase({ folder: join(root, 'database'), durable: true, port: server.port });
      return;
    }
    const started = launch(victim);
    if (victim === 'web-1') await waitUntilReady(`${baseUrls[0]}/api/ready`, started);
    if (victim === 'web-2') await waitUntilReady(`${baseUrls[1]}/api/ready`, started);
  };
  for (const victim of victims) if (victim !== 'database') await start(victim);

  return {
    databaseUrl,
    baseUrls,
    kill: (victim) => killed(victim === 'database' ? server.pid : running.get(victim)?.pid),
    start,
    stopWorkers: async () => {
      await Promise.all([running.get('worker-1')?.stop(), running.get('worker-2')?.stop()]);
    },
    stop: async () => {
      await Promise.all([...running.values()].map((one) => one.stop()));
      await pause(100);
      await server.stop();
    },
  };
}

function killed(pid: number | undefined): boolean {
  try {
    return pid !== undefined && pid > 0 && process.kill(pid, 'SIGKILL');
  } catch {
    return false; // a supervisor would have started it again; so do we
  }
}
