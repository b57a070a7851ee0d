import type { SpawnSyncReturns } from 'node:child_process';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Binaries } from './binaries';
import type { RunAs } from './placement';

/** The user of the embedded database; it listens on this machine only and asks for the kept password. */
export const USER = 'halles';

/** One embedded database on disk: `cluster` belongs to PostgreSQL's user, the rest of `folder` to ours. */
export type Installation = { readonly folder: string; readonly cluster: string; readonly binaries: Binaries; readonly as: RunAs };

/** Environment for the programs: their own libraries lie beside them, and nothing of ours is their business. */
export const programEnvironment: NodeJS.ProcessEnv = {
  NODE_ENV: process.env.NODE_ENV,
  PATH: process.env['PATH'] ?? '',
  LC_ALL: 'C',
  TZ: 'UTC',
  ...(process.platform === 'win32' ? { SystemRoot: process.env['SystemRoot'] } : {}),
};

/** Makes the cluster unless it is there. It appears whole or not at all: an interrupted creation is thrown away. */
export function createCluster(at: Installation): void {
  if (existsSync(join(at.cluster, 'PG_VERSION'))) return;
  makeFolder(at.folder);
  for (const left of readdirSync(at.folder)) {
    if (left.startsWith('cluster.new')) rmSync(join(at.folder, left), { recursive: true, force: true });
  }
  const fresh = join(at.folder, `cluster.new-${process.pid}`);
  ownedFolder(fresh, at.as);
  const passwordFile = join(fresh, '..', `password-${process.pid}`);
  const password = randomBytes(24).toString('base64url');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (at.as !== undefined) chownSync(passwordFile, at.as.uid, at.as.gid);
  try {
    const made = initialise(at, fresh, passwordFile);
    if (made.status !== 0) throw new Error(whyProgramFailed('The database could not be created', made));
    writeFileSync(join(at.folder, 'password'), password, { mode: 0o600 });
    syncCluster(at, fresh);
    renameSync(fresh, at.cluster);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(fresh, { recursive: true, force: true });
  }
}

/**
 * Collation and case are PostgreSQL's own C.UTF-8. The system's C.UTF-8 is wanted besides, because trigrams ask the system which
 * characters are letters: a system without it still works, but finds fewer misspelt accented words.
 */
function initialise(at: Installation, cluster: string, passwordFile: string): SpawnSyncReturns<string> {
  const common = [
    '--pgdata',
    cluster,
    '--username',
    USER,
    '--pwfile',
    passwordFile,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--no-sync',
  ];
  const made = run(at, at.binaries.initdb, [...common, '--locale-provider=builtin', '--locale=C.UTF-8']);
  if (!/invalid locale name/.test(made.stderr ?? '')) return made;
  return run(at, at.binaries.initdb, [...common, '--locale-provider=builtin', '--locale=C', '--builtin-locale=C.UTF-8']);
}

/** Writes everything to the disk for good, after a phase that did not wait for it. */
export function syncCluster(at: Installation, cluster: string = at.cluster): void {
  const synced = run(at, at.binaries.initdb, ['--sync-only', '--pgdata', cluster]);
  if (synced.status !== 0) throw new Error(whyProgramFailed('The database could not be written to the disk', synced));
}

/** The password made with the cluster. */
export function passwordOf(at: Installation): string {
  return readFileSync(join(at.folder, 'password'), 'utf8').trim();
}

function run(at: Installation, program: string, args: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync(program, args, { cwd: '/', env: programEnvironment, encoding: 'utf8', ...at.as });
}

/** Our own folder must let the database's user walk through, whatever our umask is. */
function makeFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true });
  if (first === undefined) return;
  let made = folder;
  while (made.length >= first.length) {
    chmodSync(made, 0o755);
    made = join(made, '..');
  }
}

function ownedFolder(folder: string, as: RunAs): void {
  mkdirSync(folder, { mode: 0o700 });
  if (as !== undefined) chownSync(folder, as.uid, as.gid);
}

/** One sentence from what a program wrote before it gave up. */
function whyProgramFailed(what: string, result: SpawnSyncReturns<string>): string {
  const output = `${result.error?.message ?? ''}\n${result.stderr ?? ''}`;
  if (/No space left|ENOSPC/.test(output)) return `${what}: the disk is full. Free some space and start again.`;
  const library = /error while loading shared libraries: ([^:\s]+)/.exec(output)?.[1];
  if (library !== undefined) return `${what}: the system library ${library} is missing. Install it, or set DATABASE_URL.`;
  if (result.error !== undefined && 'code' in result.error && ['ENOENT', 'ENOEXEC'].includes(String(result.error.code)))
    return `${what}: its program cannot run on this system. Set DATABASE_URL to a PostgreSQL of your own.`;
  const line = output.split('\n').find((text) => /error|FATAL|could not/i.test(text)) ?? output.trim().split('\n').at(-1);
  return `${what}: ${line?.trim() || `initdb ended with ${result.status}`}.`;
}
