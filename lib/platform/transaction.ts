import { sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { PLANNED } from '@/db/client';
import type { Result } from '@/lib/kernel';
import { databaseHandle } from './database';

/** A transaction in progress; repositories take it to write, and to read what they are about to write. */
export type Tx = Parameters<Parameters<Database['transaction']>[0]>[0];

/** Either a transaction or the database itself: what reads take. */
export type Reader = Tx | Database;

/** The database for reads outside a transaction. */
export function reader(): Database {
  return databaseHandle().database;
}

/**
 * Marks a statement whose text is always the same, wherever it stands in it: the database plans it once a connection instead of once a call, and the driver asks in
 * one journey. Never for a text that is put together (lists of varying length): each would be kept.
 */
export const planned = sql.raw(PLANNED);

const RETRIED = new Set(['40001', '40P01']);
const ATTEMPTS = 4;

class RolledBack extends Error {
  constructor(readonly refusal: unknown) {
    super('rolled back');
  }
}

/**
 * Runs a use-case's work in one transaction (READ COMMITTED). An `err` rolls everything back and is returned.
 * Only deadlocks and serialisation failures are tried again, three times; everything else is thrown.
 */
export async function withTransaction<T, E>(work: (tx: Tx) => Promise<Result<T, E>>): Promise<Result<T, E>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await databaseHandle().database.transaction(async (tx) => {
        const outcome = await work(tx);
        if (!outcome.ok) throw new RolledBack(outcome);
        return outcome;
      });
    } catch (thrown) {
      if (thrown instanceof RolledBack) return thrown.refusal as Result<T, E>;
      if (attempt < ATTEMPTS && RETRIED.has(sqlState(thrown))) continue;
      throw thrown;
    }
  }
}

/** A part of a transaction that may fail by itself: an `err` undoes this part alone, and the caller goes on. */
export async function withSavepoint<T, E>(tx: Tx, work: (inner: Tx) => Promise<Result<T, E>>): Promise<Result<T, E>> {
  try {
    return await tx.transaction(async (inner) => {
      const outcome = await work(inner);
      if (!outcome.ok) throw new RolledBack(outcome);
      return outcome;
    });
  } catch (thrown) {
    if (thrown instanceof RolledBack) return thrown.refusal as Result<T, E>;
    throw thrown;
  }
}

/** The five-character state PostgreSQL gave, also when Drizzle wrapped the error; empty when it was no database error. */
export function sqlState(thrown: unknown): string {
  for (let cause: unknown = thrown; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string' && cause.code.length === 5) return cause.code;
  }
  return '';
}

/** The name of the constraint that refused, for repositories that turn a known one into a refusal. */
export function violatedConstraint(thrown: unknown): string | undefined {
  for (let cause: unknown = thrown; cause instanceof Error; cause = cause.cause) {
    if ('constraint_name' in cause && typeof cause.constraint_name === 'string') return cause.constraint_name;
  }
  return undefined;
}
