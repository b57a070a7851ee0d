import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, readlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { RefusedError } from '../command';

/** A process we started: `ended` resolves when it is gone, for whatever reason. */
export type Running = {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  readonly ended: Promise<void>;
  stop(): Promise<void>;
};

/** The program and arguments of `halles COMMAND`, for a child process. */
export const hallesArguments = (...args: readonly string[]): readonly string[] => [
  '--import',
  'tsx',
  join('lib', 'command', 'halles.ts'),
  ...args,
];

/**
 * The program and arguments of the built app's server. Requests leave much behind that is dead at once: a larger nursery is emptied less often, and
 * less of it has to be carried over.
 */
export const webArguments = (port: number): readonly string[] => [
  '--max-semi-space-size=32',
  join('node_modules', 'next', 'dist', 'bin', 'next'),
  'start',
  '--port',
  String(port),
];

/** Starts a Node process whose output goes to a file; it does not get the terminal's Ctrl-C, so that we end things in order. */
export function startProcess(name: string, args: readonly string[], environment: NodeJS.ProcessEnv, logFile: string): Running {
  mkdirSync(dirname(logFile), { recursive: true });
  const output = openSync(logFile, 'w');
  const child = spawn(process.execPath, args, {
    env: environment,
    stdio: ['ignore', output, output],
    detached: process.platform !== 'win32',
  });
  closeSync(output);
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
  return { name, pid: child.pid ?? 0, logFile, ended, stop: () => stopChild(child, ended) };
}

async function stopChild(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const patience = new AbortController();
  const late = pause(10_000, 'late' as const, { signal: patience.signal }).catch(() => undefined);
  if ((await Promise.race([ended, late])) === 'late') child.kill('SIGKILL');
  patience.abort();
  await ended;
}

/** The last lines a process wrote, to tell why it ended. */
export function lastWordsOf({ logFile }: Running, count = 15): string {
  return readFileSync(logFile, 'utf8').trim().split('\n').slice(-count).join('\n');
}

/** Waits until the address answers 200; refuses when the process ends first or a minute is over. */
export async function waitUntilReady(url: string, running: Running): Promise<void> {
  let isGone = false;
  void running.ended.then(() => (isGone = true));
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await pause(150)) {
    if (isGone) throw new RefusedError(`The ${running.name} process ended at once:\n${lastWordsOf(running)}`);
    const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok === true) return;
  }
  throw new RefusedError(`${url} was not ready within a minute: see ${running.logFile}.`);
}

/**
 * Ends a process that an earlier, killed demo of this folder left behind. Process numbers are used again, so that one is only
 * believed when it works in this very folder; where the system does not tell, it is left alone.
 */
export async function endLeftover(pid: number): Promise<void> {
  try {
    if (readlinkSync(`/proc/${pid}/cwd`) !== process.cwd()) return;
    process.kill(pid, 'SIGTERM');
    for (const deadline = Date.now() + 10_000; Date.now() < deadline; await pause(100)) process.kill(pid, 0);
    process.kill(pid, 'SIGKILL');
  } catch {
    // gone, or not ours
  }
}
