import { closeDatabase } from '@/lib/platform/database';
import { compareWholeIndex, currentSearchSize, renewSearchIndex } from '@/lib/search';
import { readOptions } from './arguments';
import type { Command } from './command';
import { say, sayJson } from './command';

export const searchRebuild: Command = {
  summary: 'Has the search index made anew everywhere, without a pause in answering.',
  usage: [
    'Usage: npm run --silent halles -- search-rebuild [--json]',
    '',
    'Asks every running process to read all listings anew; each answers from its old index until the new one is ready (seconds). With Meilisearch',
    'a second index is filled beside the one that answers, and the two change places.',
    'Also reads everything here once, and says how many listings there are and how long it took.',
    'Exit codes: 0 asked and read, 1 the database does not answer.',
  ].join('\n'),
  run: async (args) => {
    const options = readOptions(args, { json: 'switch' });
    const since = performance.now();
    const generation = await renewSearchIndex();
    const listings = await currentSearchSize();
    const durationMs = Math.round(performance.now() - since);
    const drifted = await compareWholeIndex();
    await closeDatabase();
    if (options.has('json')) sayJson({ generation, listings, durationMs, drifted });
    else say(`Every process reads the listings anew (turn ${generation}). Read here: ${listings} listings in ${durationMs} ms.`);
    return 0;
  },
};
