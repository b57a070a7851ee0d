import { seedDemoCity } from '@/lib/simulation';
import { env, requireDatabaseUrl } from '@/lib/platform/env';
import { readOptions } from './arguments';
import type { Command } from './command';
import { say } from './command';
import { progressLines } from './demo/progress';

export const seed: Command = {
  summary: 'Fills an empty, migrated database with the demo city.',
  usage: [
    'Usage: npm run db:seed [-- --seed NUMBER]',
    '',
    '  --seed   the number everything invented follows from (CITY_SEED, else 2026)',
    '',
    'The same number gives the same city. Refuses a database that has shops.',
  ].join('\n'),
  run: async (args) => {
    const options = readOptions(args, { seed: 'text' });
    const number = options.wholeNumber('seed', env().city.seed, 0, 2_147_483_647);
    const progress = progressLines('City');
    await seedDemoCity({ databaseUrl: requireDatabaseUrl(), seed: number, onProgress: progress.step });
    progress.done();
    say('The demo city is ready.');
    return 0;
  },
};
