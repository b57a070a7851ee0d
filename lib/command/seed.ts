import { seedDemoCity } from '@/lib/simulation';
import { env, requireDatabaseUrl } from '@/lib/platform/env';
import { readOptions } from './arguments';
import type { Command } from './command';
import { sayJson } from './command';
import type { Progress } from './demo/progress';
import { progressLines } from './demo/progress';

export const seed: Command = {
  summary: 'Fills an empty, migrated database with the demo city.',
  usage: [
    'Usage: npm run db:seed [-- --seed NUMBER] [--json]',
    '',
    '  --seed   the number everything invented follows from (CITY_SEED, else 2026)',
    '  --json   progress as lines of JSON',
    '',
    'The same number gives the same city. Refuses a database that has shops.',
  ].join('\n'),
  run: async (args) => {
    const options = readOptions(args, { seed: 'text', json: 'switch' });
    const number = options.wholeNumber('seed', env().city.seed, 0, 2_147_483_647);
    const progress = options.has('json') ? jsonLines() : progressLines('City');
    await seedDemoCity({ databaseUrl: requireDatabaseUrl(), seed: number, onProgress: progress.step });
    progress.done();
    return 0;
  },
};

/** Progress for the process that started this one. */
function jsonLines(): Progress {
  return {
    step: (step, share) => sayJson({ step, ...(share === undefined ? {} : { share }) }),
    done: () => sayJson({ step: 'done', share: 1 }),
  };
}
