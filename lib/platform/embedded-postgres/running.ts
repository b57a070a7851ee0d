import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import type { Installation } from './cluster';
import { USER, passwordOf } from './cluster';

/** What the lock file of a running (or crashed) server says. */
export type LockFile = { readonly pid: number; readonly port: number };

/** Reads the server's lock file; undefined when no server runs and none crashed. */
export function readLockFile(at: Installation): LockFile | undefined {
  const file = join(at.cluster, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return Number.isInteger(pid) && pid > 0 ? { pid, port: Number.isInteger(port) ? port : 0 } : undefined;
}

/**
 * Whether the process named by the lock file is this cluster's server. After a crash, above all in containers, the number may
 * belong to another program by now: PostgreSQL would refuse to start for ever, so that the file has to go.
 */
export function isOurServer(at: Installation, pid: number): boolean {
  if (!isAlive(pid)) return false;
  const commandLine = `/proc/${pid}/cmdline`;
  if (!existsSync(commandLine)) return process.platform !== 'linux';
  return readFileSync(commandLine, 'utf8').split('\0').includes(at.cluster);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Removes the lock file that a crash left behind. */
export function removeStaleLock(at: Installation): void {
  const lock = readLockFile(at);
  if (lock !== undefined && !isOurServer(at, lock.pid)) rmSync(join(at.cluster, 'postmaster.pid'), { force: true });
}

/** The address of a database of this server. */
export function urlOf(at: Installation, port: number, database: string): string {
  return `postgresql://${USER}:${passwordOf(at)}@127.0.0.1:${port}/${database}`;
}

/** Asks the server whether it is ready and whether it waits for the disk; undefined when it does not answer (yet). */
export async function probe(at: Installation, port: number): Promise<{ readonly durable: boolean } | undefined> {
  const sql = postgres(urlOf(at, port, 'postgres'), { max: 1, connect_timeout: 2, onnotice: () => {} });
  try {
    const rows = await sql<{ fsync: string }[]>`show fsync`;
    return { durable: rows[0]?.fsync === 'on' };
  } catch {
    return undefined;
  } finally {
    await sql.end({ timeout: 1 });
  }
}
