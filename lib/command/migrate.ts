import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { prepareQueues } from '@/lib/dispatch';
import { env, requireDatabaseUrl } from '@/lib/platform/env';
import { readOptions } from './arguments';
import type { Command } from './command';
import { say } from './command';

const migrationsFolder = fileURLToPath(new URL('../../db/migrations', import.meta.url));

/** Applies what is missing, once, however many processes start together, and prepares the queues. */
export async function migrateDatabase(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql`select pg_advisory_lock(4_821)`; // one connection, so a session lock is safe; it ends with the connection
    await applyMigrations(drizzle(sql), { migrationsFolder });
    await prepareQueues(url);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

export const migrate: Command = {
  summary: 'Brings the database to this version of Halles.',
  usage:
    'Usage: npm run db:migrate\n\nUses DATABASE_DIRECT_URL (past PgBouncer), else DATABASE_URL, else the embedded database. Safe to repeat.',
  run: async (args) => {
    readOptions(args, {});
    await migrateDatabase(env().databaseDirectUrl ?? requireDatabaseUrl());
    say('The database is up to date.');
    return 0;
  },
};
