import { beforeAll, expect, test } from 'vitest';
import { checkReadiness } from '@/lib/insights';
import { databaseHandle } from '@/lib/platform/database';
import { given } from '../../support/builders';
import { emptyTables } from '../../support/database';

beforeAll(given.city);

test('a migrated, founded city is ready', async () => {
  const readiness = await checkReadiness();
  expect(readiness.checks.map(({ name, isOk }) => [name, isOk])).toEqual([
    ['database', true],
    ['migrations', true],
    ['city', true],
    ['search', true],
  ]);
  expect(readiness.isReady).toBe(true);
});

test('tables that are missing are said in a sentence', async () => {
  await databaseHandle().sql`drop schema drizzle cascade`;
  const readiness = await checkReadiness();
  expect(readiness.isReady).toBe(false);
  expect(readiness.checks.find(({ name }) => name === 'migrations')?.sentence).toContain('npm run db:migrate');
  await emptyTables();
  await given.city();
  expect((await checkReadiness()).isReady).toBe(true);
});
