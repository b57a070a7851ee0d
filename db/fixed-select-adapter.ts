import { drizzle } from 'drizzle-orm/postgres-js';
import type { Database } from './client';
import * as schema from './schema';

/** Whatever runs statements: the database, or a transaction in it. */
type Runner = { readonly _: { readonly session: object } };

type Made<Rows> = { execute(given?: Record<string, unknown>): Promise<Rows> };

/** Makes statements and runs none: it has no connection. */
const maker = drizzle.mock({ schema, casing: 'snake_case' });

/**
 * A select whose text never changes. Its text and the reading of its rows are made once a process, the database plans it once a connection,
 * and a call only fills the placeholders, inside the caller's transaction where there is one. Never for a text that is put together, and
 * mind that a plan is kept for any value: a state that an index is limited to is written out, not given.
 *
 * (Drizzle ties what it has prepared to the connection it was made on, so a call borrows it and puts its own connection in that place.)
 */
export function fixedSelect<Rows>(make: (from: Database) => { prepare(name: string): Made<Rows> }) {
  let made: Made<Rows> | undefined;
  return (from: Runner, given: Record<string, unknown>): Promise<Rows> => {
    made ??= make(maker as unknown as Database).prepare('fixed');
    const { client } = from._.session as { readonly client: unknown };
    const own = Object.create(made, { client: { value: client } }) as Made<Rows>;
    return own.execute(given);
  };
}
