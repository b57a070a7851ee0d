import { afterAll, inject, vi } from 'vitest';

/**
 * Before a test file is read, it has a database of its own: migrated, empty, and the one every use-case writes to. Files of one worker share the
 * packages that were read; our own modules are read anew, since what they keep for seconds, count or were told would be another city's.
 */
const kept = globalThis as { hallesEnvironment?: NodeJS.ProcessEnv };

/** What an earlier file set or keeps is nothing to this one. */
function forgetEarlierFiles(): void {
  kept.hallesEnvironment ??= { ...process.env };
  for (const name of Object.keys(process.env)) if (!(name in kept.hallesEnvironment)) delete process.env[name];
  Object.assign(process.env, kept.hallesEnvironment);
  vi.resetModules();
}

forgetEarlierFiles();
process.env['AUTH_SECRET'] = 'a secret of the tests, long enough to sign with';
process.env['NEXTAUTH_URL'] = 'http://halles.test';
const { createTestDatabase, dropTestDatabase } = await import('./database');
const { closeDatabase } = await import('@/lib/platform/database');
process.env['DATABASE_URL'] = await createTestDatabase(inject('databaseServer'));

await closeDatabase(); // should an earlier file have opened one again

// What a file set going would go on in the next one, with this file's database.
const goingOn = vi.spyOn(globalThis, 'setInterval');

afterAll(async () => {
  for (const { value } of goingOn.mock.results) clearInterval(value);
  await closeDatabase();
  await dropTestDatabase();
});
