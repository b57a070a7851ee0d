import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RefusedError } from '../command';
import type { Progress } from './progress';

/** What the built app is made of. */
const rooms = ['app', 'components', 'lib', 'db/schema', 'db/migrations', 'public'];
const rootFiles = [
  'package-lock.json',
  'next.config.ts',
  'postcss.config.mjs',
  'tsconfig.json',
  'proxy.ts',
  'instrumentation.ts',
  'db/client.ts',
];
/** Rooms of `lib` that never reach a page. */
const besides = new Set(['lib/command', 'lib/simulation', 'lib/adr']);

const stampFile = join('.next', 'halles-build');

function filesBelow(folder: string): readonly string[] {
  if (besides.has(folder) || !existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

/** A fingerprint of the sources: the same sources need no second build. */
export function sourcesFingerprint(): string {
  const hash = createHash('sha256').update(process.versions.node);
  for (const path of [...rooms.flatMap(filesBelow), ...rootFiles.filter((file) => existsSync(file))].toSorted()) {
    hash.update(path).update('\0').update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

/** Whether `.next` holds a whole build of the sources as they are. */
export function isBuilt(): boolean {
  return existsSync(join('.next', 'BUILD_ID')) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === sourcesFingerprint();
}

/** Builds the app unless that was done; gives whether it had to be. `stop` ends a build in progress. */
export async function buildApp(progress: Progress, environment: NodeJS.ProcessEnv, stop: AbortSignal): Promise<boolean> {
  const fingerprint = sourcesFingerprint();
  if (isBuilt()) {
    progress.done('the app was built already');
    return false;
  }
  progress.step('compiling the app');
  const program = join('node_modules', 'next', 'dist', 'bin', 'next');
  const child = spawn(process.execPath, [program, 'build'], { env: environment, stdio: ['ignore', 'pipe', 'pipe'], signal: stop });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output.push(text);
      const step = stepIn(text);
      if (step !== undefined) progress.step(step);
    });
  }
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', (ended) => resolve(ended));
  });
  if (stop.aborted) throw new RefusedError('The build was interrupted.');
  if (code !== 0) throw new RefusedError(whyBuildFailed(output.join('')));
  writeFileSync(stampFile, fingerprint);
  progress.done('the app is built');
  return true;
}

function stepIn(text: string): string | undefined {
  if (/Collecting page data/i.test(text)) return 'collecting pages';
  if (/Generating static pages/i.test(text)) return 'generating pages';
  if (/Finalizing/i.test(text)) return 'finishing';
  return undefined;
}

function whyBuildFailed(output: string): string {
  if (/ENOSPC|No space left/.test(output)) return 'The app could not be built: the disk is full. Free some space and start again.';
  if (/ENOMEM|heap out of memory|SIGKILL/.test(output))
    return 'The app could not be built: this machine has too little free memory (1 GB is needed).';
  return `The app could not be built:\n${output.trim().split('\n').slice(-40).join('\n')}`;
}
