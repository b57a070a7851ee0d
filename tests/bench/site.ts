import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import openSql from 'postgres';
import { isBuilt } from '@/lib/command/demo/build';
import { openEmbedded } from '@/lib/command/demo/database';
import type { Running } from '@/lib/command/demo/processes';
import { hallesArguments, startProcess, waitUntilReady, webArguments } from '@/lib/command/demo/processes';
import { env } from '@/lib/platform/env';
import { freePort } from '@/lib/platform/embedded-postgres';

/** The demo city in production mode, opened for being measured. */
export type Site = {
  readonly baseUrl: string;
  readonly databaseUrl: string;
  readonly webPid: number;
  /** Nobody answers what a measure orders, so shops end up paused: they sell again. */
  endPauses(): Promise<void>;
  /** Holds the worker still (`SIGSTOP`), or lets it go on. */
  holdWorker(isHeld: boolean): void;
  stop(): Promise<void>;
};

export type Wishes = { readonly seconds: number; readonly clients: readonly number[]; readonly json: boolean };

export function wishes(defaultClients: string): Wishes {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '10' },
      clients: { type: 'string', default: defaultClients },
      json: { type: 'boolean', default: false },
    },
  });
  return { seconds: Number(values.seconds), clients: values.clients.split(',').map(Number), json: values.json };
}

/** Says on stderr what is being done, and when: a measure takes minutes, and its figures come last. */
export function progress(text: string): void {
  process.stderr.write(`${(performance.now() / 1_000).toFixed(0).padStart(5)} s  ${text}\n`);
}

/** Starts web and worker on the demo's database (or on DATABASE_URL), with the empty handler that is the floor. */
export async function openSite(): Promise<Site> {
  if (!isBuilt()) throw new Error('The app is not built for these sources: run "npm run demo" once, stop it, and measure then.');
  const configured = process.env['DATABASE_URL'] || undefined;
  progress('opening the city');
  const database =
    configured === undefined ? await openEmbedded(join(env().dataFolder, 'postgres'), false) : { url: configured, server: undefined };
  const port = (await freePort(0)) ?? 3000;
  const baseUrl = `http://localhost:${port}`;
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: 'production',
    DATABASE_URL: database.url,
    PORT: String(port),
    NEXTAUTH_URL: baseUrl,
    HALLES_FLOOR: '1',
    API_CALLS_PER_ADDRESS: '10000000',
    API_CALLS_PER_KEY: '10000000',
    LOG_LEVEL: 'warn',
  };
  const log = (name: string): string => join(env().dataFolder, 'logs', `bench-${name}.log`);
  const processes: Running[] = [
    startProcess('web', webArguments(port), environment, log('web')),
    startProcess('worker', hallesArguments('worker'), { ...environment, HALLES_PROCESS: 'worker' }, log('worker')),
  ];
  let isHeld = false;
  const holdWorker = (hold: boolean): void => {
    process.kill(processes[1]!.pid, hold ? 'SIGSTOP' : 'SIGCONT');
    isHeld = hold;
  };
  const stop = async (): Promise<void> => {
    if (isHeld) holdWorker(false); // one that is held hears no other signal; one that died needs none
    await Promise.all(processes.map((running) => running.stop()));
    if (database.server?.found === false) await database.server.stop();
  };
  try {
    await waitUntilReady(`${baseUrl}/api/ready`, processes[0]!);
  } catch (error) {
    await stop();
    throw error;
  }
  const endPauses = async (): Promise<void> => {
    const sql = openSql(database.url, { max: 1 });
    await sql`update shops set paused_until = null, pause_reason = null where paused_until is not null`;
    await sql.end();
  };
  await endPauses();
  return { baseUrl, databaseUrl: database.url, webPid: processes[0]!.pid, endPauses, holdWorker, stop };
}

/** What has to stand beside every figure. */
export function circumstances(): object {
  const [processor] = cpus();
  const commit = (() => {
    try {
      return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    } catch {
      return 'unknown';
    }
  })();
  return {
    date: new Date().toISOString(),
    commit,
    node: process.versions.node,
    machine: `${cpus().length} × ${processor?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 1e9)} GB, load ${loadavg()[0]?.toFixed(1)}`,
    city: { seed: env().city.seed, historyDays: env().city.historyDays },
  };
}

export type Figure = {
  readonly name: string;
  readonly clients: number;
  readonly done: number;
  readonly failed: number;
  /** How often each failure was answered; absent where nothing failed. */
  readonly failures?: Readonly<Record<string, number>>;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
};

export function figureOf(name: string, clients: number, times: readonly number[], failed: number, seconds: number): Figure {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;
  const perSecond = Math.round((times.length / seconds) * 100) / 100;
  return { name, clients, done: times.length, failed, perSecond, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
}

/** `clients` workers repeat `work` until the time is over; each one's own time is kept. Failures are counted, never timed. */
export async function repeat(name: string, clients: number, seconds: number, work: (client: number) => Promise<void>): Promise<Figure> {
  progress(`${name}, ${clients} at once`);
  const times: number[] = [];
  const failures = new Map<string, number>();
  const startedAt = performance.now();
  const isOver = (): boolean => performance.now() - startedAt > seconds * 1_000;
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      while (!isOver()) {
        const since = performance.now();
        try {
          await work(client);
          times.push(performance.now() - since);
        } catch (error) {
          const said = error instanceof Error ? error.message : String(error);
          if (!failures.has(said) && failures.size < 10) process.stderr.write(`${name}: ${said}\n`);
          const kind = said.replaceAll(/[\w-]{20,}/g, '…').slice(0, 160); // without the ids that differ each time
          failures.set(kind, (failures.get(kind) ?? 0) + 1);
        }
      }
    }),
  );
  const failed = [...failures.values()].reduce((sum, count) => sum + count, 0);
  const figure = figureOf(name, clients, times, failed, (performance.now() - startedAt) / 1_000);
  return failed === 0 ? figure : { ...figure, failures: Object.fromEntries(failures) };
}

export function print(name: string, { json }: Wishes, figures: readonly Figure[], more: object): void {
  if (json) {
    process.stdout.write(`${JSON.stringify({ bench: name, ...circumstances(), figures, ...more })}\n`);
    return;
  }
  process.stdout.write(`${'what'.padEnd(22)}clients    per s     p50     p95     p99  failed\n`);
  for (const one of figures) {
    const cells = [one.perSecond, one.p50Ms, one.p95Ms, one.p99Ms].map((value) => value.toFixed(1).padStart(8)).join('');
    process.stdout.write(`${one.name.padEnd(22)}${String(one.clients).padStart(7)} ${cells}${String(one.failed).padStart(8)}\n`);
  }
}
