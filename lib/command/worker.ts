import { startWorker } from '@/lib/dispatch';
import { closeDatabase } from '@/lib/platform/database';
import { log } from '@/lib/platform/log';
import { readOptions } from './arguments';
import type { Command } from './command';
import { untilAskedToStop } from './signals';

export const worker: Command = {
  summary: 'Runs the worker: it carries out what use-cases recorded, and what time makes due.',
  usage:
    'Usage: npm run --silent halles -- worker\n\nAny number may run beside each other. Ctrl-C or SIGTERM lets the running jobs end first.',
  run: async (args) => {
    readOptions(args, {});
    const running = await startWorker();
    log.info('worker ready');
    await untilAskedToStop();
    await running.stop();
    await closeDatabase();
    return 0;
  },
};
