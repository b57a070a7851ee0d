import { closeDuePeriods, verifyClosings } from '@/lib/closings';
import { closeDatabase } from '@/lib/platform/database';
import { readOptions } from './arguments';
import type { Command } from './command';
import { complain, say, sayJson } from './command';

const system = { kind: 'system', process: 'halles closings' } as const;

export const closings: Command = {
  summary: 'Closes the days, months and years that are over, and checks that all closings still hold.',
  usage: [
    'Usage: npm run --silent halles -- closings [--verify] [--json]',
    '',
    '  --verify   closes nothing, only looks: every seal is made again and every total added up anew from documents and ledger',
    '',
    'The worker closes by itself. Ends with 1 when a closing is not what was closed.',
  ].join('\n'),
  run: async (args) => {
    const options = readOptions(args, { verify: 'switch', json: 'switch' });
    try {
      const written = options.has('verify') ? 0 : await closeDuePeriods();
      const merchants = await verifyClosings(system);
      const broken = merchants.filter((one) => one.broken !== undefined);
      const count = merchants.reduce((sum, one) => sum + one.closings, 0);
      if (options.has('json')) sayJson({ written, closings: count, merchants: merchants.length, broken });
      else if (broken.length === 0) say(`${written} closings written; all ${count} of ${merchants.length} merchants hold.`);
      for (const { merchantId, broken: at } of broken) complain(`${merchantId}: ${at?.period} from ${at?.startsOn}, wrong ${at?.why}`);
      return broken.length === 0 ? 0 : 1;
    } finally {
      await closeDatabase();
    }
  },
};
