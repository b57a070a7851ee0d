import { PgBoss } from 'pg-boss';
import { WEBHOOK_ATTEMPTS } from '@/lib/machines';
import {
  DEMO_CARRIER_QUEUE,
  DEMO_WEBHOOK_QUEUE,
  OUTBOX_QUEUE,
  PARKED_QUEUE,
  PICTURE_QUEUE,
  ROUNDS_QUEUE,
  SLOW_ROUNDS_QUEUE,
  SOURCE_QUEUE,
  WEBHOOK_QUEUE,
} from '@/lib/platform/jobs';

const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/**
 * Creates the queues' own schema and the queues, as often as it is called; part of every migration.
 * `databaseUrl` must go past PgBouncer.
 */
export async function prepareQueues(databaseUrl: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    application_name: 'halles migrate',
    max: 2,
    supervise: false,
    schedule: false,
    migrate: true,
  });
  boss.on('error', () => {}); // what goes wrong is thrown by the calls below; without a listener it would end the process
  await boss.start();
  try {
    await createOrUpdate(boss, PARKED_QUEUE, { retryLimit: 0, retentionSeconds: 90 * DAY_SECONDS });
    // Ten tries over about a day and a half: a mail server or a bank may be away for a night.
    const patient = {
      retryLimit: 10,
      retryDelay: 5,
      retryBackoff: true,
      retryDelayMax: 8 * HOUR_SECONDS,
      expireInSeconds: 120,
      retentionSeconds: 14 * DAY_SECONDS,
    };
    await createOrUpdate(boss, OUTBOX_QUEUE, { ...patient, deadLetter: PARKED_QUEUE, notify: true });
    await createOrUpdate(boss, DEMO_WEBHOOK_QUEUE, { ...patient, retryDelay: 1, retryDelayMax: HOUR_SECONDS, notify: true });
    await createOrUpdate(boss, DEMO_CARRIER_QUEUE, { ...patient, retryDelay: 1, retryDelayMax: HOUR_SECONDS });
    await createOrUpdate(boss, WEBHOOK_QUEUE, { ...patient, retryLimit: WEBHOOK_ATTEMPTS - 1, notify: true });
    // A run of one source takes minutes; it gives itself back before it would count as lost.
    await createOrUpdate(boss, SOURCE_QUEUE, { ...patient, expireInSeconds: 600, retentionSeconds: DAY_SECONDS, notify: true });
    // What was not fetched is still due: the minute's round writes the next job.
    await createOrUpdate(boss, PICTURE_QUEUE, { retryLimit: 0, expireInSeconds: 600, retentionSeconds: HOUR_SECONDS, notify: true });
    await createOrUpdate(boss, ROUNDS_QUEUE, { retryLimit: 0, expireInSeconds: 300, retentionSeconds: HOUR_SECONDS }, 'exclusive');
    await createOrUpdate(boss, SLOW_ROUNDS_QUEUE, { retryLimit: 0, expireInSeconds: 900, retentionSeconds: HOUR_SECONDS }, 'exclusive');
    await boss.getDb().executeSql(withoutKeys);
  } finally {
    await boss.stop({ graceful: false, close: true });
  }
}

/**
 * The queue of each job is one of the constants above, and none of them is ever deleted, so the foreign keys of a job prove nothing here. They cost two
 * look-ups a job at every COMMIT, each of which locks the one row all orders share (record 0156).
 */
const withoutKeys = `do $$ begin
    if exists (select from pg_constraint where conrelid = 'pgboss.job_common'::regclass and conname in ('q_fkey', 'dlq_fkey')) then
      alter table pgboss.job_common drop constraint if exists q_fkey, drop constraint if exists dlq_fkey;
    end if;
  end $$`;

type QueueSettings = {
  readonly retryLimit: number;
  readonly retryDelay?: number;
  readonly retryBackoff?: boolean;
  readonly retryDelayMax?: number;
  readonly expireInSeconds?: number;
  readonly retentionSeconds: number;
  readonly notify?: boolean;
  readonly deadLetter?: string;
};

async function createOrUpdate(
  boss: PgBoss,
  name: string,
  settings: QueueSettings,
  policy: 'standard' | 'exclusive' = 'standard',
): Promise<void> {
  if (await boss.getQueue(name)) await boss.updateQueue(name, settings);
  else await boss.createQueue(name, { ...settings, policy });
}
