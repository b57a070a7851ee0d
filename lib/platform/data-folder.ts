import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/**
 * The git-ignored folder where an installation keeps what it made for itself: its secret, the address of the database it started.
 */
const databaseRecord = z.object({ url: z.string() });

/** Where the embedded database of this folder is, or was when it last ran; undefined when none was started here. */
export function recordedDatabaseUrl(dataFolder: string): string | undefined {
  const file = join(dataFolder, 'database.json');
  if (!existsSync(file)) return undefined;
  const parsed = databaseRecord.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  return parsed.success ? parsed.data.url : undefined;
}

/** Remembers the address of the embedded database, for the other processes of this installation. */
export function recordDatabaseUrl(dataFolder: string, url: string): void {
  mkdirSync(dataFolder, { recursive: true });
  const file = join(dataFolder, 'database.json');
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, `${JSON.stringify({ url })}\n`, { mode: 0o600 });
  renameSync(fresh, file);
}

/**
 * The secret that signs sessions, made at first use. Two processes that start together agree: linking a complete file under
 * the final name succeeds for one of them only.
 */
export function keptAuthSecret(dataFolder: string): string {
  const file = join(dataFolder, 'auth-secret');
  if (!existsSync(file)) {
    mkdirSync(dataFolder, { recursive: true });
    const fresh = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
    writeFileSync(fresh, randomBytes(48).toString('base64url'), { mode: 0o600 });
    try {
      linkSync(fresh, file);
    } catch (error) {
      if (!existsSync(file)) throw error;
    } finally {
      rmSync(fresh, { force: true });
    }
  }
  return readFileSync(file, 'utf8').trim();
}
