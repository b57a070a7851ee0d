import { existsSync, mkdirSync, rmSync, rmdirSync, statSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a file is in the way',
  EEXIST: 'a file is in the way',
  ENOENT: 'nothing can be made there',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
};

/** Tries to make the folder and to write into it; gives the reason when that cannot be done. Leaves everything as it was. */
export function whyNotWritable(folder: string): string | undefined {
  const asked = resolve(folder);
  const there = nearestExisting(asked);
  try {
    makeFolder(asked);
    const trace = join(asked, `.written-by-${process.pid}`);
    writeFileSync(trace, 'x');
    rmSync(trace);
    return undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
    return reasons[code] ?? (error instanceof Error ? error.message : String(error));
  } finally {
    removeMade(asked, there);
  }
}

/** Level by level: Node's own recursive way never ends in places such as /proc, and says "no such file" of a read-only disk. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

function removeMade(folder: string, above: string): void {
  for (let made = folder; made !== above; made = dirname(made)) if (existsSync(made)) rmdirSync(made);
}

/** The folder itself, or the nearest one above it that is there. */
export function nearestExisting(folder: string): string {
  const parent = dirname(folder);
  return existsSync(folder) || parent === folder ? folder : nearestExisting(parent);
}

/** Bytes that may still be written where `folder` is. */
export function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** So many bytes will be written somewhere below a folder, which need not be there yet. */
export type Need = { readonly folder: string; readonly bytes: number };

/** The sentence for the first disk that has too little room for all that will be written to it; undefined when there is enough. */
export function whyTooFull(needs: readonly Need[], freeAt: (folder: string) => number = freeBytes): string | undefined {
  const disks = Map.groupBy(
    needs.map(({ folder, bytes }) => ({ folder: nearestExisting(resolve(folder)), bytes })),
    ({ folder }) => statSync(folder).dev,
  );
  for (const written of disks.values()) {
    const [first] = written;
    const needed = written.reduce((sum, { bytes }) => sum + bytes, 0);
    const free = first ? freeAt(first.folder) : needed;
    if (first && free < needed)
      return `The disk is too full: the demo needs ${gigabytes(needed)} GB and ${gigabytes(free)} GB are free at ${first.folder}. Free some space and start again.`;
  }
  return undefined;
}

const gigabytes = (bytes: number): string => (bytes / 1e9).toFixed(1);
