import type { DatabaseHandle } from '@/db/client';
import { openDatabase } from '@/db/client';
import { env, requireDatabaseUrl } from './env';

/** Kept on `globalThis` so that a development server that reloads modules keeps one pool. */
const held = globalThis as { hallesDatabase?: DatabaseHandle };

/** This process's pool to the primary database. */
export function databaseHandle(): DatabaseHandle {
  held.hallesDatabase ??= openDatabase(requireDatabaseUrl(), {
    connections: env().databasePool,
    // Past a PgBouncer in transaction mode a prepared statement may meet a connection that never heard of it.
    prepare: env().databaseDirectUrl === env().databaseUrl,
  });
  return held.hallesDatabase;
}

/** Points this process at another database: the seeding command and the integration tests start one of their own. */
export async function useDatabase(url: string, options: { readonly connections?: number } = {}): Promise<DatabaseHandle> {
  await held.hallesDatabase?.close();
  held.hallesDatabase = openDatabase(url, options);
  return held.hallesDatabase;
}

/** Closes the pool; the next use opens a new one. */
export async function closeDatabase(): Promise<void> {
  const handle = held.hallesDatabase;
  delete held.hallesDatabase;
  await handle?.close();
}
