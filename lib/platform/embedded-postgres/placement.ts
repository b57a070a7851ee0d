import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, lstatSync, mkdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

/** Whose rights the database runs with; undefined means ours. PostgreSQL refuses to run as root. */
export type RunAs = { readonly uid: number; readonly gid: number } | undefined;

/** `nobody` when we are root: a uid without an entry in the list of users is refused by PostgreSQL. */
export function runAs(): RunAs {
  if (process.getuid?.() !== 0) return undefined;
  const entries = readFileSync('/etc/passwd', 'utf8').split('\n');
  const nobody = entries.map((line) => line.split(':')).find(([name]) => name === 'nobody');
  const [uid, gid] = [Number(nobody?.[2]), Number(nobody?.[3])];
  if (!Number.isInteger(uid) || !Number.isInteger(gid)) {
    throw new Error('PostgreSQL does not run as root and this machine has no user "nobody": start as another user, or set DATABASE_URL.');
  }
  return { uid, gid };
}

/**
 * Where the files of a database asked for at `folder` really live: there, unless its user may not enter that place. Then
 * in a stable folder of the system, named after the place asked for, so that the same checkout finds its data again.
 */
export function placeFor(folder: string, as: RunAs): string {
  const asked = resolve(folder);
  if (as === undefined || everyoneEnters(nearestExisting(asked))) return asked;
  const mark = createHash('sha256').update(asked).digest('hex').slice(0, 12);
  return join(privateSystemFolder(), `${basename(dirname(asked)).replace(/^\./, '')}-${basename(asked)}-${mark}`);
}

/**
 * A folder of ours outside any home, which everybody may enter and only we may write.
 * In the system's temporary area another user could have put one there first, so its owner is checked.
 */
export function privateSystemFolder(): string {
  const parent = writable('/var/lib') ? '/var/lib' : tmpdir();
  const folder = join(parent, parent === '/var/lib' ? 'halles' : `halles-${process.getuid?.() ?? 0}`);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const { uid, mode } = lstatSync(folder);
  if (uid !== process.getuid?.() || (mode & 0o022) !== 0) {
    throw new Error(`The folder ${folder} belongs to somebody else: remove it, or set DATABASE_URL.`);
  }
  return folder;
}

function writable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function nearestExisting(path: string): string {
  return existsSync(path) ? path : nearestExisting(dirname(path));
}

/** Whether any user may walk down to `folder`, through whatever links lead there. */
export function everyoneEnters(folder: string): boolean {
  return everyoneWalksTo(realpathSync(folder));
}

function everyoneWalksTo(folder: string): boolean {
  const enters = (statSync(folder).mode & 0o001) !== 0;
  const parent = dirname(folder);
  return enters && (parent === folder || everyoneWalksTo(parent));
}

/** Whether any user may read the file, given that they can walk to it. */
export function everyoneReads(file: string): boolean {
  return (statSync(file).mode & 0o004) !== 0;
}
