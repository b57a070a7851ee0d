import { mkdirSync } from 'node:fs';
import { freePort } from '@/lib/platform/embedded-postgres';
import type { Env } from '@/lib/platform/env';
import { RefusedError } from '../command';
import { freeBytes } from '../findings';
import { endLeftover } from './processes';
import { isDemoRunning, readState } from './state';

const NEEDED_BYTES = 1_500_000_000;

/** What can be known to fail is said before anything is started. */
export async function preflight({ port, dataFolder }: Env, isFirstRun: boolean): Promise<void> {
  mkdirSync(dataFolder, { recursive: true });
  const running = isDemoRunning(dataFolder);
  if (running !== undefined) {
    throw new RefusedError(
      `The demo of this folder runs already at http://localhost:${running.port}: stop it first (process ${running.demo}), or use it.`,
    );
  }
  await Promise.all((readState(dataFolder).running?.others ?? []).map(endLeftover));
  if ((await freePort(port, '0.0.0.0')) === undefined || (await freePort(port)) === undefined) {
    throw new RefusedError(
      `Port ${port} is taken by another program: choose another one, for example "PORT=${await nextFreePort(port)} npm run demo".`,
    );
  }
  const free = freeBytes(dataFolder);
  if (isFirstRun && free < NEEDED_BYTES) {
    const gigabytes = (bytes: number): string => (bytes / 1e9).toFixed(1);
    throw new RefusedError(
      `The disk is too full: the demo needs ${gigabytes(NEEDED_BYTES)} GB and ${gigabytes(free)} GB are free. Free some space and start again.`,
    );
  }
}

async function nextFreePort(taken: number): Promise<number> {
  for (let port = taken + 1; port < Math.min(taken + 100, 65_536); port += 1) {
    if ((await freePort(port, '0.0.0.0')) !== undefined) return port;
  }
  return (await freePort(0)) ?? taken;
}
