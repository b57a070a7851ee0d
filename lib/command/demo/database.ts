import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import postgres from 'postgres';
import { z } from 'zod';
import type { DatabaseServer } from '@/lib/platform/embedded-postgres';
import { startDatabase } from '@/lib/platform/embedded-postgres';
import { RefusedError } from '../command';
import { migrateDatabase } from '../migrate';
import { hallesArguments } from './processes';
import type { Progress } from './progress';

/** The demo's database; `server` is ours to stop, and absent when DATABASE_URL names somebody else's. */
export type DemoDatabase = { readonly url: string; readonly server: DatabaseServer | undefined };

const NAME = 'halles_demo';

/** Starts the embedded database; `asNew` throws its old city away and does not wait for the disk until `settle`. */
export async function openEmbedded(folder: string, asNew: boolean): Promise<DemoDatabase> {
  const first = await startDatabase({ folder, durable: !asNew });
  const server = first.found && asNew ? await restarted(first, folder, false) : first;
  const url = asNew ? await server.recreateDatabase(NAME) : await server.createDatabase(NAME);
  return { url, server };
}

/** After seeding: everything to the disk, and from now on nothing is answered before it is there. */
export async function settle(server: DatabaseServer, folder: string): Promise<DemoDatabase> {
  const durable = await restarted(server, folder, true);
  return { url: durable.urlFor(NAME), server: durable };
}

async function restarted(server: DatabaseServer, folder: string, durable: boolean): Promise<DatabaseServer> {
  await server.stop();
  return startDatabase({ folder, durable, port: server.port });
}

/** Somebody else's database: seeded only when it is empty, never thrown away. */
export async function hasShops(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const [row] = await sql<{ there: boolean }[]>`select to_regclass('shops') is not null as there`;
    if (row?.there !== true) return false;
    const [found] = await sql<{ some: boolean }[]>`select exists (select from shops) as some`;
    return found?.some === true;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

export { migrateDatabase };

const progressLine = z.object({ step: z.string(), share: z.number().optional() });

/** Seeds in a process of its own: it computes for a minute, and its memory is given back. */
export async function seedCity(environment: NodeJS.ProcessEnv, progress: Progress, stop: AbortSignal): Promise<void> {
  progress.step('drawing the city');
  const child = spawn(process.execPath, [...hallesArguments('seed', '--json')], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: stop,
  });
  const complaints: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => complaints.push(text));
  createInterface({ input: child.stdout }).on('line', (line) => {
    const parsed = line.startsWith('{') ? progressLine.safeParse(JSON.parse(line)) : undefined;
    if (parsed?.success === true) progress.step(parsed.data.step, parsed.data.share);
  });
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', (ended) => resolve(ended));
  });
  if (stop.aborted) throw new RefusedError('Seeding was interrupted; the next start begins it anew.');
  if (code !== 0) throw new RefusedError(`The city could not be made:\n${complaints.join('').trim().split('\n').slice(-20).join('\n')}`);
  progress.done('the city stands');
}
