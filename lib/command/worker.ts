import { setTimeout as pause } from 'node:timers/promises';
import type { RunningWorker } from '@/lib/dispatch';
import { startWorker } from '@/lib/dispatch';
import { closeDatabase } from '@/lib/platform/database';
import { log } from '@/lib/platform/log';
import { sqlState } from '@/lib/platform/transaction';
import { readOptions } from './arguments';
import type { Command } from './command';
import { untilAskedToStop } from './signals';

export const worker: Command = {
  summary: 'Runs the worker: it carries out what use-cases recorded, and what time makes due.',
  usage:
    'Usage: npm run --silent halles -- worker\n\nAny number may run beside each other. Ctrl-C or SIGTERM lets the running jobs end first.',
  run: async (args) => {
    readOptions(args, {});
    const running = await startPatiently();
    log.info('worker ready');
    await untilAskedToStop();
    await running.stop();
    await closeDatabase();
    return 0;
  },
};

const PATIENCE_MS = 60_000;

/** Waits a while for a database that is starting or starting again: whoever supervises us need not know the order. */
async function startPatiently(): Promise<RunningWorker> {
  for (const deadline = Date.now() + PATIENCE_MS; ; await pause(1_000)) {
    try {
      return await startWorker();
    } catch (error) {
      if (!isAway(error) || Date.now() > deadline) throw error;
      log.warn({ useCase: 'start-worker' }, 'the database is away: trying again');
    }
  }
}

/** Refused, cut off, shutting down, crashed, or not accepting connections yet. */
function isAway(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'CONNECTION_CLOSED'].includes(code) || /^(57P0[1-3]|08\d\d\d)$/.test(sqlState(error));
}
