import type { Job, JobResult } from 'pg-boss';
import { PgBoss } from 'pg-boss';
import { z } from 'zod';
import type { DemoCarrierMessage } from '@/lib/carriers';
import { sendDemoCarrierMessage } from '@/lib/carriers';
import { invariant } from '@/lib/kernel';
import type { WebhookJob } from '@/lib/machines';
import { sendDelivery } from '@/lib/machines';
import type { DemoWebhook } from '@/lib/payments';
import { sendDemoWebhook } from '@/lib/payments';
import { carryOutPictures } from '@/lib/pictures';
import { systemClock } from '@/lib/platform/clock';
import { env } from '@/lib/platform/env';
import {
  DEMO_CARRIER_QUEUE,
  DEMO_WEBHOOK_QUEUE,
  OUTBOX_QUEUE,
  PICTURE_QUEUE,
  ROUNDS_QUEUE,
  SLOW_ROUNDS_QUEUE,
  SOURCE_QUEUE,
  WEBHOOK_QUEUE,
} from '@/lib/platform/jobs';
import { errorFacts, log, logError, withRequestId } from '@/lib/platform/log';
import type { OutboxJob } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { hears } from '@/lib/platform/subscriptions';
import { keepUpMeilisearch } from '@/lib/search';
import type { SourceJob } from '@/lib/sources';
import { carryOutSourceJob, ownPictures } from '@/lib/sources';
import { consumers } from './consumers';
import { beat, goRound, goSlowRound } from './rounds';

export type RunningWorker = { stop(): Promise<void> };

const EVERY_MINUTE = '* * * * *';
const EVERY_QUARTER = '*/15 * * * *';
const STOP_MS = 20_000;

/** A deadline is acted on so much later at most. */
const BEAT_MS = 2_000;

/**
 * How many jobs of a queue one worker has in hand at once, and how often it looks when nobody wakes it. A full batch is followed by the
 * next one at once: with one job a look, a backlog would be worked off at the pace of the polling.
 */
const work = {
  localConcurrency: 2,
  batchSize: 4,
  burstWhenBatchFull: true,
  perJobResults: true,
  pollingIntervalSeconds: 1,
  notifyPollingIntervalSeconds: 2,
} as const;

/**
 * Carries out the outbox, sends the demo provider's webhooks and goes round every minute. Any number of workers may run beside each
 * other: each job is one worker's, and so is each round. `stop` lets running jobs end.
 */
export async function startWorker(options: { readonly baseUrl?: string; readonly databaseUrl?: string } = {}): Promise<RunningWorker> {
  const databaseUrl = options.databaseUrl ?? env().databaseDirectUrl;
  invariant(databaseUrl, 'a worker has a database: set DATABASE_URL, or start the embedded one with "npm run demo"');
  const boss = new PgBoss({
    connectionString: databaseUrl,
    application_name: 'halles worker',
    max: 6,
    migrate: false,
    useListenNotify: true,
    cronMonitorIntervalSeconds: 15,
    cronWorkerIntervalSeconds: 5,
  });
  boss.on('error', (error) => logError('queue', error));
  try {
    await beginWork(boss, options.baseUrl ?? env().baseUrl);
  } catch (error) {
    await boss.stop({ graceful: false, close: true }).catch(() => {}); // half a worker would go on by itself
    throw error;
  }
  const restMeilisearch = keepUpMeilisearch();
  const heart = startBeating();
  log.info({ useCase: 'start-worker' }, 'worker is running');
  return {
    stop: async () => {
      restMeilisearch();
      await heart.stop();
      await boss.stop({ graceful: true, timeout: STOP_MS, close: true });
    },
  };
}

/** Beats until it is stopped, one beat after the other; `stop` lets the running one end. */
function startBeating(): RunningWorker {
  let isStopped = false;
  let wake = (): void => {};
  const beating = (async () => {
    while (!isStopped) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, BEAT_MS);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      if (!isStopped) await beat();
    }
  })();
  return {
    stop: async () => {
      isStopped = true;
      wake();
      await beating;
    },
  };
}

/** Takes up the queues, the minute's round and the slow one. */
async function beginWork(boss: PgBoss, baseUrl: string): Promise<void> {
  await boss.start();
  await boss.work<OutboxJob>(OUTBOX_QUEUE, work, (jobs) => settle(jobs, carryOut));
  await boss.work<DemoWebhook>(DEMO_WEBHOOK_QUEUE, work, (jobs) => settle(jobs, (webhook) => sendDemoWebhook(webhook, { baseUrl })));
  await boss.work<DemoCarrierMessage>(DEMO_CARRIER_QUEUE, work, (jobs) =>
    settle(jobs, (message) => sendDemoCarrierMessage(message, { baseUrl, clock: systemClock })),
  );
  await boss.work<WebhookJob>(WEBHOOK_QUEUE, work, (jobs) => settle(jobs, (job) => sendDelivery(job)));
  // One at a time beside another: a slow till must not keep every hand of the worker.
  await boss.work<SourceJob>(SOURCE_QUEUE, { ...work, batchSize: 1 }, (jobs) => settle(jobs, (job) => carryOutSourceJob(job)));
  await boss.work<object>(PICTURE_QUEUE, { ...work, localConcurrency: 1, batchSize: 1 }, (jobs) =>
    settle(jobs, () => carryOutPictures(ownPictures())),
  );
  await boss.work(ROUNDS_QUEUE, { pollingIntervalSeconds: 5 }, async () => {
    await goRound();
  });
  await boss.schedule(ROUNDS_QUEUE, EVERY_MINUTE);
  await boss.work(SLOW_ROUNDS_QUEUE, { pollingIntervalSeconds: 30 }, async () => {
    await goSlowRound();
  });
  await boss.schedule(SLOW_ROUNDS_QUEUE, EVERY_QUARTER);
}

/** Carries out a batch, its jobs beside each other; each is settled by itself, so that one that fails is tried again alone. */
async function settle<Data>(jobs: readonly Job<Data>[], carry: (data: Data) => Promise<unknown>): Promise<JobResult[]> {
  const outcomes = await Promise.allSettled(jobs.map((job) => carry(job.data)));
  return jobs.map(({ id }, index) => {
    const outcome = outcomes[index];
    if (outcome?.status === 'fulfilled') return { id, status: 'completed' };
    const { type, message } = errorFacts(outcome?.reason);
    return { id, status: 'failed', output: { type, message } };
  });
}

/** A job's first facts; the event inside was written by ourselves in the transaction that recorded it. */
const envelope = z.object({ eventId: z.string(), consumer: z.string() });

/** Carries out one job of the outbox; an unknown name is a job of a newer version and waits for a worker that knows it. */
export async function carryOut(job: OutboxJob, ports: Ports = systemPorts): Promise<void> {
  const { eventId, consumer: name } = envelope.parse(job);
  const consumer = Object.entries(consumers).find(([known]) => known === name)?.[1];
  invariant(consumer, `somebody carries out ${name}`);
  if (!hears(job.consumer, job.event)) return; // written by an older version, which asked everybody
  const startedAt = performance.now();
  try {
    await withRequestId(eventId, () => consumer(job, ports));
    log.info({ useCase: name, outcome: 'ok', durationMs: Math.round(performance.now() - startedAt), ids: { eventId } }, name);
  } catch (error) {
    logError(name, error, { eventId });
    throw error;
  }
}
