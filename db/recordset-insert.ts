import type { SQL } from 'drizzle-orm';
import { getTableColumns, sql } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';

type Written = { readonly column: PgColumn; readonly name: string };

/**
 * An insert whose text depends on the columns alone, however many rows there are: they go as one JSON value. So it is planned once a
 * connection. All rows name the same columns; what none of them names gets its default. `computed` are columns the database works out,
 * from `row` (a row as it was given, other members under their own names as text) or from the statement around it.
 */
export function recordsetInsert<Table extends PgTable>(
  table: Table,
  rows: readonly Readonly<Record<string, unknown>>[],
  { computed = {}, more = [] }: { readonly computed?: Readonly<Record<string, SQL>>; readonly more?: readonly string[] } = {},
): SQL {
  const columns: Readonly<Record<string, PgColumn>> = getTableColumns(table);
  const named = new Set(rows.flatMap((row) => Object.keys(row).filter((key) => row[key] !== undefined)));
  const given = Object.entries(columns).flatMap(([key, column]): readonly (Written & { readonly key: string })[] =>
    named.has(key) ? [{ key, column, name: nameOf(column) }] : [],
  );
  const records = rows.map((row) =>
    Object.fromEntries([...given.map(({ key, column, name }) => [name, cellOf(column, row[key])]), ...more.map((key) => [key, row[key]])]),
  );
  const worked = Object.entries(computed);
  const into = [...given.map(({ name }) => name), ...worked.map(([key]) => nameOf(columns[key]))];
  const shape = [...given.map(({ name, column }) => `"${name}" ${column.getSQLType()}`), ...more.map((key) => `"${key}" text`)];
  const from = [...given.map(({ name }) => sql.raw(`row."${name}"`)), ...worked.map(([, value]) => value)];
  return sql`insert into ${table} (${sql.raw(into.map((name) => `"${name}"`).join(', '))})
    select ${sql.join(from, sql.raw(', '))} from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as row(${sql.raw(shape.join(', '))})`;
}

function nameOf(column: PgColumn | undefined): string {
  if (column === undefined) throw new Error('a computed column is one of its table');
  return column.keyAsName ? toSnakeCase(column.name) : column.name;
}

function cellOf(column: PgColumn, value: unknown): unknown {
  if (value === undefined || value === null) return null;
  return column.dataType === 'json' ? value : column.mapToDriverValue(value);
}
