import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { guardedBegin } from './guarded-begin-adapter';
import * as schema from './schema';

export type Schema = typeof schema;

/** The database through Drizzle, with our tables. */
export type Database = PostgresJsDatabase<Schema>;

/** A connection pool and the database over it; `close` waits for running statements, five seconds at most. */
export type DatabaseHandle = {
  readonly sql: postgres.Sql;
  readonly database: Database;
  /**
   * Two connections for what is copied in while other things are read: a COPY keeps its connection for seconds, and if as many as the pool has
   * waited for it to read with, they would wait for ever. Whoever comes third waits for a turn here, holding nothing.
   */
  readonly copies: postgres.Sql;
  close(): Promise<void>;
};

/** A statement that says so anywhere is kept prepared by its connection. */
export const PLANNED = '/* planned */';

const COPIES = 2;
/** Files are brought in now and then; in between nothing is kept open for them. */
const COPY_IDLE_SECONDS = 20;

/** Prepares what asks for it; everything else is planned each time, as Drizzle's driver does. */
function preparing(unsafe: postgres.Sql['unsafe']): postgres.Sql['unsafe'] {
  return (text, parameters, options) => unsafe(text, parameters, text.includes(PLANNED) ? { ...options, prepare: true } : options);
}

/**
 * Opens a pool. Nothing connects before the first statement.
 * `prepare: false` keeps PgBouncer in transaction mode possible (architecture §2).
 */
export function openDatabase(url: string, options: { readonly connections?: number; readonly prepare?: boolean } = {}): DatabaseHandle {
  const settings = {
    max: options.connections ?? 16,
    prepare: options.prepare ?? true,
    onnotice: () => {},
    /** The statement that fills a connection's queue reserves nothing if it is a BEGIN: the queue is never full (ADR 0185). */
    max_pipeline: Number.MAX_SAFE_INTEGER,
  };
  const sql = postgres(url, settings);
  const copies = postgres(url, { ...settings, max: COPIES, idle_timeout: COPY_IDLE_SECONDS });
  for (const pool of [sql, copies]) pool.begin = guardedBegin(pool, preparing);
  sql.unsafe = preparing(sql.unsafe);
  const database = drizzle(sql, { schema, casing: 'snake_case' });
  const close = async (): Promise<void> => {
    await Promise.all([sql, copies].map((pool) => pool.end({ timeout: 5 })));
  };
  return { sql, database, copies, close };
}
