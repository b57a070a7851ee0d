import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { inject } from 'vitest';
import { closeDatabase, databaseHandle } from '@/lib/platform/database';
import { TEMPLATE } from './test-template';

const name = `halles_test_${process.pid}_${randomBytes(3).toString('hex')}`;

async function onServer(server: string, ...statements: readonly string[]): Promise<void> {
  const sql = postgres(server, { max: 1, onnotice: () => {} });
  try {
    for (const statement of statements) await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}

const copy = `create database ${name} template ${TEMPLATE} strategy file_copy`;
const drop = `drop database if exists ${name} with (force)`;

/** Makes this file's database and gives its address. Refuses a server's database whose name says nothing of tests. */
export async function createTestDatabase(server: string): Promise<string> {
  await onServer(server, copy);
  const url = new URL(server);
  url.pathname = `/${name}`;
  if (!url.pathname.includes('test')) throw new Error('a test database says so in its name');
  return url.href;
}

export async function dropTestDatabase(): Promise<void> {
  await onServer(inject('databaseServer'), drop);
}

/** Back to the empty, migrated database: for `beforeEach` where tests of one file must not meet. */
export async function emptyTables(): Promise<void> {
  await closeDatabase();
  await onServer(inject('databaseServer'), drop, copy);
}

/** How many rows these tables have, in this order. */
export async function rowCounts(...tables: readonly string[]): Promise<readonly number[]> {
  const { sql } = databaseHandle();
  return Promise.all(
    tables.map(async (table) => {
      const [row] = await sql<{ rows: number }[]>`select count(*)::int as rows from ${sql(table)}`;
      return row?.rows ?? 0;
    }),
  );
}
