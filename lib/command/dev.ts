import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { recordDatabaseUrl } from '@/lib/platform/data-folder';
import { env } from '@/lib/platform/env';
import { readOptions } from './arguments';
import type { Command } from './command';
import { RefusedError, say } from './command';
import { hasShops, migrateDatabase, openEmbedded } from './demo/database';
import { hallesArguments } from './demo/processes';
import { untilAskedToStop } from './signals';

export const dev: Command = {
  summary: 'Starts the development server and a worker on the demo city.',
  usage: 'Usage: npm run dev\n\nUses the database of the demo (run "npm run demo" once to make the city), or the one of DATABASE_URL.',
  run: async (args) => {
    readOptions(args, {});
    const { dataFolder, port, baseUrl } = env();
    const configured = process.env['DATABASE_URL'] || undefined;
    const database =
      configured === undefined ? await openEmbedded(join(dataFolder, 'postgres'), false) : { url: configured, server: undefined };
    await migrateDatabase(database.url);
    if (database.server !== undefined) recordDatabaseUrl(dataFolder, database.url);
    if (!(await hasShops(database.url))) say('The database has no shops yet: "npm run demo" or "npm run db:seed" makes the city.');

    const environment: NodeJS.ProcessEnv = {
      ...process.env,
      DATABASE_URL: database.url,
      NEXTAUTH_URL: baseUrl,
      NEXT_TELEMETRY_DISABLED: '1',
    };
    const start = (programArguments: readonly string[]) =>
      spawn(process.execPath, programArguments, { stdio: 'inherit', env: environment });
    const next = start([join('node_modules', 'next', 'dist', 'bin', 'next'), 'dev', '--port', String(port)]);
    const worker = start(hallesArguments('worker'));
    const gone = [next, worker].map((child) => new Promise<void>((resolve) => child.once('exit', () => resolve())));
    const asked = await Promise.race([untilAskedToStop(), ...gone]);
    for (const child of [next, worker]) child.kill('SIGTERM');
    await Promise.all(gone);
    if (database.server?.found === false) await database.server.stop();
    if (asked === undefined) throw new RefusedError('The development server or the worker ended by itself: see above.');
    return 0;
  },
};
