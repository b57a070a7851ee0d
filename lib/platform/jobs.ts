import { AsyncLocalStorage } from 'node:async_hooks';
import { sql } from 'drizzle-orm';
import { PgBoss, fromDrizzle } from 'pg-boss';
import { invariant } from '@/lib/kernel';
import { PLANNED } from '@/db/client';
import type { Tx } from './transaction';

/** The queue of what is to be carried out: one job per event and consumer. */
export const OUTBOX_QUEUE = 'outbox';

/** Where a job goes that failed too often; an operator sees it and may send it again. */
export const PARKED_QUEUE = 'outbox-parked';

/** The demo payment provider's own queue: what it has to tell over HTTP. */
export const DEMO_WEBHOOK_QUEUE = 'demo-webhooks';

/** The demo carrier's own queue: what becomes of its parcels, in time. */
export const DEMO_CARRIER_QUEUE = 'demo-carrier';

/** Messages to shops' own systems, waiting to be signed and sent. */
export const WEBHOOK_QUEUE = 'webhooks';

/** Shops' own tills and sites, waiting to be asked what is new, or told what was sold. */
export const SOURCE_QUEUE = 'sources';

/** Pictures that shops' files and sources name by address, waiting to be fetched. */
export const PICTURE_QUEUE = 'pictures';

/** The minute's round: what time alone makes due. */
export const ROUNDS_QUEUE = 'rounds';

/** The round of a quarter of an hour: what may be a little late. */
export const SLOW_ROUNDS_QUEUE = 'slow-rounds';

let sender: PgBoss | undefined;

/**
 * The transaction a job is being written in. pg-boss looks a queue up the first time it is used; it must do so through the transaction
 * too: with as many transactions as connections, each of them would wait for a connection that none gives back.
 */
const writing = new AsyncLocalStorage<Tx>();

/** A pg-boss that only writes jobs, inside other people's transactions; it is never started. */
function jobSender(): PgBoss {
  sender ??= new PgBoss({
    db: {
      executeSql: (text, values) => {
        const tx = writing.getStore();
        invariant(tx, 'jobs are written in a transaction');
        const isFixed = values?.some((value) => Array.isArray(value)) !== true; // a list becomes a part of the text
        return fromDrizzle(tx, sql).executeSql(isFixed ? `${PLANNED} ${text}` : text, values);
      },
    },
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
  const rows = jobs.map(({ data, startAfterSeconds }) => ({
    data,
    ...(startAfterSeconds === undefined ? {} : { startAfter: startAfterSeconds }),
  }));
  await writing.run(tx, () => jobSender().insert(queue, rows));
}
