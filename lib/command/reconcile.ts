import { closeDatabase } from '@/lib/platform/database';
import { reconcileDay } from '@/lib/reconciliation';
import { readOptions } from './arguments';
import type { Command } from './command';
import { UsageError, complain, say, sayJson } from './command';

export const reconcile: Command = {
  summary: 'Compares a day with the payment provider’s books.',
  usage: [
    'Usage: npm run --silent halles -- reconcile --day YYYY-MM-DD [--json]',
    '',
    'Lists what is missing on either side and where amounts differ; the same list is kept at /admin/reconciliation. Ends with 1 when something differs.',
  ].join('\n'),
  run: async (args) => {
    const options = readOptions(args, { day: 'text', json: 'switch' });
    const day = options.text('day') ?? '';
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new UsageError('--day is missing: give a day such as 2026-11-27.');
    try {
      const reconciled = await reconcileDay(day);
      if (options.has('json')) sayJson(reconciled);
      else {
        for (const { entry, reference, kind, oursMinor, theirsMinor } of reconciled.differences) {
          say(`${entry} ${reference}: ${kind}, ours ${oursMinor ?? 'none'}, theirs ${theirsMinor ?? 'none'} (cents)`);
        }
        if (reconciled.differences.length === 0) say(`${day}: ${reconciled.compared} movements compared, the books agree.`);
      }
      if (reconciled.differences.length === 0) return 0;
      complain(`${day}: ${reconciled.compared} movements compared, ${reconciled.differences.length} differ.`);
      return 1;
    } finally {
      await closeDatabase();
    }
  },
};
