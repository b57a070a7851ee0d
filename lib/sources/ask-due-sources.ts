import { and, eq, lt, lte } from 'drizzle-orm';
import { sourceConnections, sourceMessages } from '@/db/schema';
import { DAY, HOUR, MINUTE, ok, parseId, plusMs } from '@/lib/kernel';
import { enqueue, SOURCE_QUEUE } from '@/lib/platform/jobs';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { sourcePorts } from './ports';
import type { StockPushJob } from './push-stock';
import { pushStock } from './push-stock';
import { runConnection } from './run-connection';

/** What a job of the sources' queue carries. */
export type SourceJob = { readonly connectionId: string } | StockPushJob;

/** While a job waits for a worker the minute's round does not write another. */
const ASKED_FOR_MS = 10 * MINUTE;

/** A repeated message after a month would be acted on again; its effects bear that. */
const REMEMBERED_MS = 30 * DAY;

/** The minute's round: writes a job for every connection whose turn it is. Gives how many. */
export async function askDueSources({ clock }: Ports = systemPorts): Promise<number> {
  const now = clock.now();
  const asked = await withTransaction(async (tx) => {
    const due = await tx
      .update(sourceConnections)
      .set({ nextPullAt: plusMs(now, ASKED_FOR_MS) })
      .where(and(eq(sourceConnections.state, 'active'), lte(sourceConnections.nextPullAt, now)))
      .returning({ connectionId: sourceConnections.id });
    await enqueue(
      tx,
      SOURCE_QUEUE,
      due.map((data) => ({ data })),
    );
    return ok(due.length);
  });
  if (Math.floor(now / MINUTE) % (HOUR / MINUTE) === 0)
    await reader()
      .delete(sourceMessages)
      .where(lt(sourceMessages.receivedAt, plusMs(now, -REMEMBERED_MS)));
  return asked.ok ? asked.value : 0;
}

/**
 * Carries out a job of the sources' queue. A source that cannot be asked is written down on its connection and asked again in its time:
 * no failure of ours. What has to be told to a source is thrown when it was not taken, so that the queue tries again.
 */
export async function carryOutSourceJob(job: SourceJob): Promise<void> {
  const connectionId = parseId('connection', job.connectionId);
  if (connectionId === undefined) return;
  if ('push' in job) await pushStock(job, sourcePorts());
  else await runConnection(connectionId, sourcePorts());
}
