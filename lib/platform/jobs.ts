import { sql } from 'drizzle-orm';
import { PgBoss, fromDrizzle } from 'pg-boss';
import { databaseHandle } from './database';
import type { Tx } from './transaction';

/** The queue of what is to be carried out: one job per event and consumer. */
export const OUTBOX_QUEUE = 'outbox';

/** Where a job goes that failed too often; an operator sees it and may send it again. */
export const PARKED_QUEUE = 'outbox-parked';

/** The demo payment provider's own queue: what it has to tell over HTTP. */
export const DEMO_WEBHOOK_QUEUE = 'demo-webhooks';

/** The minute's round: what time alone makes due. */
export const ROUNDS_QUEUE = 'rounds';

let sender: PgBoss | undefined;

/** A pg-boss that only writes jobs, inside other people's transactions; it is never started. */
function jobSender(): PgBoss {
  sender ??= new PgBoss({
    db: { executeSql: async (text, values) => ({ rows: await databaseHandle().sql.unsafe(text, (values ?? []) as never[]) }) },
    migrate: false,
    supervise: false,
    schedule: false,
  });
  return sender;
}

/** Work for later: `startAfterSeconds` from now at the earliest. */
export type Job = { readonly data: object; readonly startAfterSeconds?: number };

/** Writes jobs in the caller's transaction: what is rolled back is never worked on. */
export async function enqueue(tx: Tx, queue: string, jobs: readonly Job[]): Promise<void> {
  if (jobs.length === 0) return;
  const rows = jobs.map(({ data, startAfterSeconds }) => ({ data, ...(startAfterSeconds === undefined ? {} : { startAfter: startAfterSeconds }) }));
  await jobSender().insert(queue, rows, { db: fromDrizzle(tx, sql) });
}
