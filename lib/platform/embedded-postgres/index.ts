import { spawn, spawnSync } from 'node:child_process';
import { existsSync, openSync, closeSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { findBinaries } from './binaries';
import type { Installation } from './cluster';
import { createCluster, programEnvironment, syncCluster } from './cluster';
import { placeFor, runAs } from './placement';
import { isAlive, isOurServer, probe, readLockFile, removeStaleLock, urlOf } from './running';

export type DatabaseServer = {
  /** Address of the server's own database `postgres`; see `urlFor` for the others. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Where its files are: not always the folder asked for. */
  readonly folder: string;
  /** True when it was running already; whoever only visits then leaves it alone. */
  readonly found: boolean;
  urlFor(database: string): string;
  /** Creates the database unless it exists, and gives its address. */
  createDatabase(database: string, template?: string): Promise<string>;
  /** Throws the database away, whoever is connected, and creates it empty. */
  recreateDatabase(database: string, template?: string): Promise<string>;
  /** Ends the server, open connections included, whoever started it. */
  stop(): Promise<void>;
};

export type DatabaseOptions = {
  readonly folder: string;
  /** The port wished for; otherwise the one of last time, otherwise any that is free. */
  readonly port?: number;
  /** False: does not wait for the disk. For tests and for the seeding phase, which is repeated after a power cut. */
  readonly durable: boolean;
};

/**
 * Starts the real PostgreSQL that npm installed, or finds the one already running on that folder (restarting it when it is not as
 * durable as asked). Survives a crash of the server or of the machine. The server outlives this process until `stop`.
 * Errors: throws one sentence saying what to do.
 */
export async function startDatabase(options: DatabaseOptions): Promise<DatabaseServer> {
  const as = runAs();
  const folder = placeFor(options.folder, as);
  const at: Installation = { folder, cluster: join(folder, 'cluster'), binaries: findBinaries(as !== undefined), as };
  createCluster(at);

  const running = await findRunning(at);
  if (running !== undefined) {
    if (running.durable === options.durable || running.durable) return serverOf(at, running, true);
    await stopServer(at);
  }
  const lastsToTheDisk = join(at.folder, 'unsynced');
  if (!options.durable) writeFileSync(lastsToTheDisk, '');
  else if (existsSync(lastsToTheDisk)) {
    removeStaleLock(at);
    syncCluster(at);
    rmSync(lastsToTheDisk);
  }
  const { running: launched, found } = await launch(at, options);
  return serverOf(at, launched, found);
}

/** Where the files of a database asked for at `folder` will really lie. */
export function databasePlace(folder: string): string {
  return placeFor(folder, runAs());
}

type Running = { readonly pid: number; readonly port: number; readonly durable: boolean };

/** The server of this cluster if one is up; waits for one that is starting, forgets one that crashed. */
async function findRunning(at: Installation): Promise<Running | undefined> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await pause(100)) {
    const lock = readLockFile(at);
    if (lock === undefined) return undefined;
    if (!isOurServer(at, lock.pid)) {
      removeStaleLock(at);
      return undefined;
    }
    const state = lock.port > 0 ? await probe(at, lock.port) : undefined;
    if (state !== undefined) return { ...lock, ...state };
  }
  throw new Error(`The database in ${at.folder} is running but does not answer: see ${join(at.folder, 'server.log')}.`);
}

const common = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  random_page_cost: '1.1',
  max_parallel_workers_per_gather: '0', // short queries on few cores; a shared-memory file per query costs more than it gives
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C', // what the log says is read by this launcher
} as const;

const hasty = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', wal_level: 'minimal', max_wal_senders: '0' } as const;

/** Where a measure counts statements: asked when a server starts, because the measure says so after its imports. */
const counting = (): { readonly shared_preload_libraries?: string } =>
  process.env['HALLES_COUNT_STATEMENTS'] === '1' ? { shared_preload_libraries: 'pg_stat_statements' } : {};

async function launch(at: Installation, options: DatabaseOptions): Promise<{ readonly running: Running; readonly found: boolean }> {
  for (const deadline = Date.now() + 20_000; ; await pause(300)) {
    const outcome = await launchOnce(at, options);
    if (typeof outcome !== 'string') return { running: outcome, found: false };
    // After a crash the last children of the old server need a moment to leave its shared memory.
    if (!/shared memory block|Address already in use|lock file|pre-existing/.test(outcome) || Date.now() > deadline)
      throw new Error(sentenceFor(outcome, at));
    const running = await findRunning(at);
    if (running !== undefined) return { running, found: true }; // somebody else started it at the same moment
  }
}

const LOG_LIMIT = 10_000_000;

function logSizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** Starts the server once; gives what it wrote when it ended before it was ready. */
async function launchOnce(at: Installation, options: DatabaseOptions): Promise<Running | string> {
  const port = await choosePort(at, options.port);
  const settings = { ...common, ...counting(), ...(options.durable ? {} : hasty), port: String(port) };
  const logFile = join(at.folder, 'server.log');
  const output = openSync(logFile, logSizeOf(logFile) > LOG_LIMIT ? 'w' : 'a', 0o600);
  const writtenBefore = logSizeOf(logFile);
  const child = spawn(
    at.binaries.postgres,
    ['-D', at.cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      cwd: '/',
      env: programEnvironment,
      detached: true, // Ctrl-C in the terminal must reach the processes that use the database first
      stdio: ['ignore', output, output],
      ...at.as,
    },
  );
  closeSync(output);
  const ended = new Promise<Error | undefined>((resolve) => {
    child.once('error', (error) => resolve(error));
    child.once('exit', () => resolve(undefined));
  });
  child.unref();
  let over: { readonly error: Error | undefined } | undefined;
  void ended.then((error) => (over = { error }));

  for (;;) {
    if (over !== undefined) return `${over.error?.message ?? ''}\n${readFileSync(logFile).subarray(writtenBefore).toString('utf8')}`;
    const state = await probe(at, port);
    if (state !== undefined && child.pid !== undefined && readLockFile(at)?.pid === child.pid) {
      writeFileSync(join(at.folder, 'port'), String(port));
      return { pid: child.pid, port, ...state };
    }
    await pause(20);
  }
}

function sentenceFor(output: string, at: Installation): string {
  if (/No space left|ENOSPC/.test(output)) return 'The database could not start: the disk is full. Free some space and start again.';
  const library = /error while loading shared libraries: ([^:\s]+)/.exec(output)?.[1];
  if (library !== undefined)
    return `The database could not start: the system library ${library} is missing. Install it, or set DATABASE_URL.`;
  const line = /FATAL:\s*(.*)/.exec(output)?.[1] ?? output.trim().split('\n')[0];
  return `The database could not start (${line}): see ${join(at.folder, 'server.log')}, or set DATABASE_URL.`;
}

async function choosePort(at: Installation, wished: number | undefined): Promise<number> {
  const kept = join(at.folder, 'port');
  const candidates = [wished, existsSync(kept) ? Number(readFileSync(kept, 'utf8')) : undefined];
  for (const candidate of candidates) {
    if (candidate !== undefined && candidate > 0 && (await freePort(candidate)) !== undefined) return candidate;
  }
  const any = await freePort(0);
  if (any === undefined) throw new Error('The database could not start: no port is free on 127.0.0.1.');
  return any;
}

/** The port if it is free (0: any); undefined when it is taken. */
export function freePort(port: number, host = '127.0.0.1'): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}

function serverOf(at: Installation, running: Running, found: boolean): DatabaseServer {
  const urlFor = (database: string): string => urlOf(at, running.port, database);
  return {
    url: urlFor('postgres'),
    port: running.port,
    pid: running.pid,
    folder: at.folder,
    found,
    urlFor,
    createDatabase: (database, template) => createDatabase(urlFor, database, template),
    recreateDatabase: async (database, template) => {
      await runOn(urlFor('postgres'), `drop database if exists "${database}" with (force)`);
      return createDatabase(urlFor, database, template);
    },
    stop: () => stopServer(at),
  };
}

async function createDatabase(urlFor: (database: string) => string, database: string, template?: string): Promise<string> {
  const copy = template === undefined ? '' : ` template "${template}" strategy file_copy`;
  try {
    await runOn(urlFor('postgres'), `create database "${database}"${copy}`);
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === '42P04';
    if (!isThere) throw error;
  }
  return urlFor(database);
}

async function runOn(url: string, statement: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}

/** Fast shutdown: connections are cut, what was committed is kept. */
async function stopServer(at: Installation): Promise<void> {
  const lock = readLockFile(at);
  if (lock === undefined || !isOurServer(at, lock.pid)) return;
  if (process.platform === 'win32') spawnSync(at.binaries.pgCtl, ['stop', '-m', 'fast', '-D', at.cluster], { env: programEnvironment });
  else process.kill(lock.pid, 'SIGINT');
  for (const deadline = Date.now() + 30_000; isAlive(lock.pid) && Date.now() < deadline;) await pause(20);
  if (isAlive(lock.pid) && isOurServer(at, lock.pid)) process.kill(lock.pid, 'SIGQUIT');
}
