import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { migrateDatabase } from '@/lib/command/migrate';
import type { DatabaseServer } from '@/lib/platform/embedded-postgres';
import { startDatabase } from '@/lib/platform/embedded-postgres';
import { root } from './source-files';
import { TEMPLATE } from './test-template';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the server's own database; test databases are made beside it. */
    databaseServer: string;
  }
}

/** Every run has a server of its own, which does not wait for the disk, so that two runs never meet. */
const folder = join(root, '.halles', 'test');

/** Integration tests fail without a database: this throws, nothing is skipped. */
export default async function startServer(project: TestProject): Promise<() => Promise<void>> {
  await removeLeftovers();
  const server = await startDatabase({ folder: join(folder, String(process.pid)), durable: false });
  await migrateDatabase(await server.recreateDatabase(TEMPLATE));
  project.provide('databaseServer', server.url);
  return () => remove(server);
}

async function remove(server: DatabaseServer): Promise<void> {
  await server.stop();
  rmSync(server.folder, { recursive: true, force: true });
}

/** A run that was killed leaves its server behind; the number of its process tells. */
async function removeLeftovers(): Promise<void> {
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    if (isAlive(Number(name))) continue;
    await remove(await startDatabase({ folder: join(folder, name), durable: false }));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
