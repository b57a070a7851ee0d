import { once } from 'node:events';
import type postgres from 'postgres';

/** What a cell may hold: objects are written as JSON, moments are given as text (see `at`). */
type Cell = string | number | boolean | null | undefined | object;

/** A row by column name, in camel case as in db/schema. All rows of one call have the same columns. */
export type CopiedRow = Readonly<Record<string, Cell>>;

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const LARGE = 262_144;

function textOf(value: Cell): string {
  if (value === undefined || value === null) return '\\N';
  const text = typeof value === 'object' ? JSON.stringify(value) : typeof value === 'boolean' ? (value ? 't' : 'f') : String(value);
  return text.replace(/[\\\t\n\r]/g, (sign) => escapes[sign] ?? sign);
}

const snakeCase = (name: string): string => name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase();

/** A moment as PostgreSQL reads it. */
export const at = (epochMs: number): string => new Date(epochMs).toISOString();

/**
 * Writes rows with COPY, the fastest way in: forty thousand rows in about a second.
 * Errors: throws whatever the database says; nothing of the call is then written.
 */
export async function copyRows(sql: postgres.Sql | postgres.TransactionSql, table: string, rows: readonly CopiedRow[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  if (columns.length === 0) return;
  const list = columns.map((column) => `"${snakeCase(column)}"`).join(', ');
  const writable = await sql.unsafe(`copy "${table}" (${list}) from stdin`).writable();
  let batch = '';
  for (const row of rows) {
    batch += `${columns.map((column) => textOf(row[column])).join('\t')}\n`;
    if (batch.length < LARGE) continue;
    if (!writable.write(batch)) await once(writable, 'drain');
    batch = '';
  }
  await new Promise<void>((resolve, reject) => {
    writable.once('error', reject);
    writable.once('finish', () => resolve());
    writable.end(batch);
  });
}
