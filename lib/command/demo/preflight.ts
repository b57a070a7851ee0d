import { join } from 'node:path';
import { databasePlace, freePort } from '@/lib/platform/embedded-postgres';
import type { Env } from '@/lib/platform/env';
import { RefusedError } from '../command';
import { whyNotWritable, whyTooFull } from '../data-folder-check';
import { isBuilt } from './build';
import { endLeftover } from './processes';
import { isDemoRunning, readState } from './state';

/** A whole city with its history, while it is made; what a city that is there may still write; the built app. */
const CITY_BYTES = 1_200_000_000;
const LATER_BYTES = 200_000_000;
const BUILD_BYTES = 300_000_000;

/** What can be known to fail is said before anything is started or written. */
export async function preflight({ port, dataFolder }: Env, isFirstRun: boolean): Promise<void> {
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
  const reason = whyNotWritable(dataFolder);
  if (reason !== undefined) {
    throw new RefusedError(
      `The data folder ${dataFolder} cannot be used (${reason}): name another one, for example "HALLES_FOLDER=/var/tmp/halles npm run demo".`,
    );
  }
  const full = whyTooFull([
    { folder: databasePlace(join(dataFolder, 'postgres')), bytes: isFirstRun ? CITY_BYTES : LATER_BYTES },
    { folder: process.cwd(), bytes: isBuilt() ? 0 : BUILD_BYTES },
  ]);
  if (full !== undefined) throw new RefusedError(full);
}

async function nextFreePort(taken: number): Promise<number> {
  for (let port = taken + 1; port < Math.min(taken + 100, 65_536); port += 1) {
    if ((await freePort(port, '0.0.0.0')) !== undefined) return port;
  }
  return (await freePort(0)) ?? taken;
}
