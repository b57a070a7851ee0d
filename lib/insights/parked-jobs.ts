import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { OperatorScope, Result } from '@/lib/kernel';
import { err, instant, ok } from '@/lib/kernel';
import { OUTBOX_QUEUE, PARKED_QUEUE, enqueue } from '@/lib/platform/jobs';
import { observed } from '@/lib/platform/log';
import { reader, withTransaction } from '@/lib/platform/transaction';
import type { ParkedJobView } from './views';

const MOST_SHOWN = 200;

/** A job is our own; its failure is whatever the consumer threw, by type and message. */
const job = z.object({
  id: z.string(),
  data: z.object({ consumer: z.string(), event: z.object({ name: z.string(), subject: z.string() }) }),
  output: z.object({ message: z.string() }).nullable().catch(null),
  at: z.number().transform((moment) => instant(Math.round(moment))),
});

/** What failed too often to be tried again by itself, newest first. */
export async function listParkedJobs(_operator: OperatorScope): Promise<readonly ParkedJobView[]> {
  const rows = await reader().execute(sql`
    select id::text as id, data, source_output as output, (extract(epoch from created_on) * 1000)::float8 as at
    from pgboss.job where name = ${PARKED_QUEUE} and state in ('created', 'retry') order by created_on desc limit ${MOST_SHOWN}`);
  return rows.flatMap((row): readonly ParkedJobView[] => {
    const read = job.safeParse(row);
    if (!read.success) return [];
    const { id, data, output, at } = read.data;
    return [{ id, consumer: data.consumer, event: data.event.name, subject: data.event.subject, reason: output?.message, parkedAt: at }];
  });
}

export type RetryRefusal = { readonly kind: 'job-not-found' };

/** Sends a parked job again, once however often it is asked: taking it away and queueing it are one transaction. */
export async function retryParkedJob(operator: OperatorScope, id: string): Promise<Result<void, RetryRefusal>> {
  return observed({ useCase: 'retry-parked-job', actor: operator.kind }, () =>
    withTransaction(async (tx): Promise<Result<void, RetryRefusal>> => {
      const [taken] = await tx.execute<{ data: object }>(sql`
        delete from pgboss.job where name = ${PARKED_QUEUE} and id::text = ${id} and state in ('created', 'retry') returning data`);
      if (!taken) return err({ kind: 'job-not-found' });
      await enqueue(tx, OUTBOX_QUEUE, [{ data: taken.data }]);
      return ok(undefined);
    }),
  );
}
