import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

const made = new Set(['node_modules', '.next', '.halles', '.git', '.results']);

function walk(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (made.has(entry.name)) return [];
    return entry.isDirectory() ? walk(path) : [path];
  });
}

/** Every file of the repository, ignored ones left out; also in an unpacked archive, where there is no git. */
export function repositoryFiles(): readonly string[] {
  if (!existsSync(join(root, '.git'))) return walk('');
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' });
  return listed.split('\0').filter((path) => path !== '' && existsSync(join(root, path)) && statSync(join(root, path)).isFile());
}

/** Our own sources in these rooms. */
export function sourceFiles(...rooms: readonly string[]): readonly string[] {
  return repositoryFiles().filter(
    (path) => /\.(ts|tsx|mts|cts)$/.test(path) && !path.endsWith('.d.ts') && rooms.some((room) => path.startsWith(`${room}/`)),
  );
}

/** A file's text. */
export function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}
