import { afterAll, inject } from 'vitest';
import { closeDatabase } from '@/lib/platform/database';
import { createTestDatabase, dropTestDatabase } from './database';

/** Before a test file is read, it has a database of its own: migrated, empty, and the one every use-case writes to. */
process.env['AUTH_SECRET'] = 'a secret of the tests, long enough to sign with';
process.env['NEXTAUTH_URL'] = 'http://halles.test';
process.env['DATABASE_URL'] = await createTestDatabase(inject('databaseServer'));

afterAll(async () => {
  await closeDatabase();
  await dropTestDatabase();
});
