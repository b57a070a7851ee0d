import { getTableName, isTable } from 'drizzle-orm';
import { expect, test } from 'vitest';
import * as schema from '@/db/schema';
import { sourceFiles, textOf } from '../support/source-files';

/** Table name by the name it is exported under. */
const tables = new Map<string, string>(
  Object.entries(schema).flatMap(([name, value]) => (isTable(value) ? [[name, getTableName(value)] as const] : [])),
);
const tableNames = new Set<string>(tables.values());

/** Rooms that write every table because that is their purpose: they make a whole city. */
const cityMakers = new Set(['simulation']);

/** Tables written in this text, by Drizzle or by bare SQL. */
function tablesWrittenIn(text: string): ReadonlySet<string> {
  const byDrizzle = [...text.matchAll(/\.(?:insert|update|delete)\(\s*(?:\w+\.)?(\w+)\s*\)/g)].map((match) => tables.get(match[1] ?? ''));
  const statements = /\b(?:insert\s+into|update|delete\s+from|merge\s+into|truncate)\s+(?:"?(\w+)"?|\$\{(?:\w+\.)?(\w+)\})/gi;
  const bySql = [...text.matchAll(statements)].map((match) =>
    match[1] === undefined ? tables.get(match[2] ?? '') : match[1].toLowerCase(),
  );
  return new Set([...byDrizzle, ...bySql].filter((name): name is string => name !== undefined && tableNames.has(name)));
}

const writers = new Map<string, Map<string, string[]>>();
for (const path of sourceFiles('lib', 'app')) {
  const room = path.startsWith('app/') ? 'app' : (path.split('/')[1] ?? '');
  if (cityMakers.has(room)) continue;
  for (const table of tablesWrittenIn(textOf(path))) {
    const rooms = writers.get(table) ?? new Map<string, string[]>();
    rooms.set(room, [...(rooms.get(room) ?? []), path]);
    writers.set(table, rooms);
  }
}

test('each table is written by one capability', () => {
  const shared = [...writers]
    .filter(([, rooms]) => rooms.size > 1)
    .map(([table, rooms]) => `${table}: ${[...rooms.values()].flat().join(', ')}`);
  expect(shared).toEqual([]);
});

test('no page writes a table', () => {
  expect([...writers].filter(([, rooms]) => rooms.has('app')).map(([table]) => table)).toEqual([]);
});

test('the test sees what it looks for', () => {
  expect([...tablesWrittenIn('await tx\n  .insert(orders)\n  .values(row)')]).toEqual(['orders']);
  expect([...tablesWrittenIn('sql`update stock_levels set on_hand = 1`')]).toEqual(['stock_levels']);
  expect([...tablesWrittenIn('sql`delete from ${schema.orders}`')]).toEqual(['orders']);
  expect([...tablesWrittenIn('select(orders).from(orders); hash.update(secret)')]).toEqual([]);
  expect(writers.size).toBeGreaterThan(10);
});
