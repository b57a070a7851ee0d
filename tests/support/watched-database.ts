import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import type { DatabaseHandle } from '@/db/client';
import { openDatabase } from '@/db/client';
import * as schema from '@/db/schema';
import { closeDatabase } from '@/lib/platform/database';
import { requireDatabaseUrl } from '@/lib/platform/env';

/** A pool that counts the statements of use-cases and can lose its connection before a given one of a transaction. */
export type WatchedDatabase = {
  /** Statements since the last reset, `begin` and `commit` left out. */
  readonly statements: string[];
  /** The server ends the session before the transaction's statement of this number (from 0); past the last one, before the commit. */
  killBefore(statement: number | undefined): void;
  /** The driver hands a lost session's last words to the next query on that connection: a blank one takes them. */
  recover(): Promise<void>;
  close(): Promise<void>;
};

type Unsafe = postgres.Sql['unsafe'];

/** Puts a watched pool in the place of this process's own until it is closed. */
export async function watchDatabase(): Promise<WatchedDatabase> {
  await closeDatabase();
  const url = requireDatabaseUrl();
  const admin = postgres(url, { max: 1, onnotice: () => {} });
  const { sql: pool } = openDatabase(url, { connections: 2 });
  const statements: string[] = [];
  let killed: number | undefined;

  const counting = (unsafe: Unsafe): Unsafe =>
    ((text: string, ...more: [never]) => {
      statements.push(text);
      return unsafe(text, ...more);
    }) as Unsafe;

  const begin = (...given: [never]) => {
    const work = given.at(-1) as unknown as (client: postgres.TransactionSql) => Promise<unknown>;
    return pool.begin(async (client) => {
      const [session] = await client<{ pid: number }[]>`select pg_backend_pid() as pid`;
      const kill = async () => {
        await admin`select pg_terminate_backend(${session?.pid ?? 0}, 2000)`;
      };
      let statement = -1;
      const unsafe = ((text: string, ...more: [never]) => {
        statement += 1;
        statements.push(text);
        if (statement !== killed) return client.unsafe(text, ...more);
        const lost = kill().then(() => client.unsafe(text, ...more));
        return Object.assign(lost, { values: () => lost });
      }) as Unsafe;
      const outcome = await work(new Proxy(client, { get: (target, name) => (name === 'unsafe' ? unsafe : Reflect.get(target, name)) }));
      if (killed !== undefined && statement < killed) await kill();
      return outcome;
    });
  };

  const sql = new Proxy(pool, {
    get: (target, name) => (name === 'unsafe' ? counting(target.unsafe) : name === 'begin' ? begin : Reflect.get(target, name)),
  });
  const database = drizzle(sql, { schema, casing: 'snake_case' });
  const handle: DatabaseHandle = { sql, database, copies: sql, close: () => pool.end({ timeout: 1 }) };
  (globalThis as { hallesDatabase?: DatabaseHandle }).hallesDatabase = handle;
  return {
    statements,
    killBefore: (statement) => {
      killed = statement;
    },
    recover: async () => {
      for (let good = 0; good < 3;) {
        const blank = await Promise.allSettled([pool`select pg_sleep(0.005)`, pool`select pg_sleep(0.005)`]);
        good = blank.every((one) => one.status === 'fulfilled') ? good + 1 : 0;
      }
    },
    close: async () => {
      await closeDatabase();
      await admin.end();
    },
  };
}
