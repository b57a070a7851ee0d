import { sql } from 'drizzle-orm';
import { domainEvents, webhookEndpoints } from '@/db/schema';
import type { Actor, DomainEvent, Instant } from '@/lib/kernel';
import { dateOf } from '@/lib/kernel';
import type { Ids } from './ids';
import { OUTBOX_QUEUE, enqueue } from './jobs';
import type { ConsumerName } from './subscriptions';
import { hears, onlyForListeners, subscriptions } from './subscriptions';
import type { Tx } from './transaction';
import { planned } from './transaction';

/** PostgreSQL channel on which what people watch is announced, after commit. */
export const LIVE_CHANNEL = 'halles_live';

/** What a job of the outbox carries. */
export type OutboxJob = {
  readonly eventId: string;
  readonly consumer: ConsumerName;
  readonly event: DomainEvent;
  readonly occurredAt: Instant;
};

/** What a listener hears: whose page changed. Topics are `order:<id>`, `request:<id>`, `shop:<id>` and `city`. */
export type LiveMessage = { readonly topics: readonly string[]; readonly eventId: string; readonly name: string; readonly at: Instant };

/**
 * Records events and, in the same transaction, one job per consumer: what is recorded is carried out, what is rolled back is not.
 * At least once, in no promised order; consumers use the event id as their idempotency key. Watchers are told after commit.
 */
export async function appendEvents(
  tx: Tx,
  events: readonly DomainEvent[],
  by: { readonly actor: Actor; readonly now: Instant; readonly ids: Ids; readonly quietly?: boolean },
): Promise<void> {
  if (events.length === 0) return;
  const actor = by.actor.id === undefined ? by.actor.kind : `${by.actor.kind}:${by.actor.id}`;
  const rows = events.map((event) => ({ id: by.ids.make('event'), event }));
  const live = rows.map(({ id, event }): LiveMessage => ({ topics: topicsOf(event), eventId: id, name: event.name, at: by.now }));
  const jobs = rows.flatMap(({ id, event }) =>
    subscriptions[event.name]
      .filter((consumer) => hears(consumer, event))
      .map((consumer): OutboxJob => ({ eventId: id, consumer, event, occurredAt: by.now })),
  );
  const wanted = by.quietly ? [] : jobs;
  const { true: forListeners = [], false: always = [] } = Object.groupBy(wanted, ({ consumer }) => `${onlyForListeners.has(consumer)}`);
  const asked = [...new Set(forListeners.flatMap(({ event }) => shopOf(event) ?? []))];
  // Neither waits for the other's answer: both go to the database in one journey.
  const [listening] = await Promise.all([
    writeEvents(tx, rows, { actor, now: by.now, live: by.quietly ? [] : live, asked }),
    writeJobs(tx, always),
  ]);
  await writeJobs(
    tx,
    forListeners.filter(({ event }) => listening.has(shopOf(event) ?? '')),
  );
}

function writeJobs(tx: Tx, jobs: readonly OutboxJob[]): Promise<void> {
  return enqueue(
    tx,
    OUTBOX_QUEUE,
    jobs.map((job) => ({ data: job })),
  );
}

function shopOf(event: DomainEvent): string | undefined {
  if (event.name === 'ShopSwitched' || event.name === 'ShopHoursChanged') return event.subject;
  return 'shopId' in event.facts ? event.facts.shopId : undefined;
}

type Writing = {
  readonly actor: string;
  readonly now: Instant;
  readonly live: readonly LiveMessage[];
  readonly asked: readonly string[];
};

/** The facts and their announcement in one statement, whatever their number; tells which of the shops asked about have a system of their own listening. */
async function writeEvents(
  tx: Tx,
  events: readonly { readonly id: string; readonly event: DomainEvent }[],
  { actor, now, live, asked }: Writing,
): Promise<ReadonlySet<string>> {
  const rows = events.map(({ id, event }) => ({ id, name: event.name, subject: event.subject, facts: event.facts }));
  const messages = live.map((message) => JSON.stringify(message));
  const [row] = await tx.execute<{ listening: readonly string[] }>(sql`${planned} with written as (
      insert into ${domainEvents} (id, name, subject, facts, actor, occurred_at)
      select id, name, subject, facts, ${actor}::text, ${dateOf(now).toISOString()}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as event(id text, name text, subject text, facts jsonb)
    ), told as (
      select pg_notify(${LIVE_CHANNEL}::text, message) from jsonb_array_elements_text(${JSON.stringify(messages)}::jsonb) as message
    )
    select (select count(*) from told) as told, array(
      select distinct shop_id from ${webhookEndpoints} where removed_at is null and shop_id = any(${sql.param(asked)}::text[])) as listening`);
  return new Set(row?.listening);
}

/** Events whose subject is the order itself. */
const aboutOrders: ReadonlySet<string> = new Set(['OrderPlaced', 'OrderPaid', 'SetAsideConfirmed', 'OrderExpired']);

function topicsOf(event: DomainEvent): readonly string[] {
  const topics = ['city'];
  if (aboutOrders.has(event.name)) topics.push(`order:${event.subject}`);
  if ('orderId' in event.facts) topics.push(`order:${event.facts.orderId}`);
  if ('requestId' in event.facts) topics.push(`request:${event.facts.requestId}`);
  const shopId = shopOf(event);
  if (shopId !== undefined) topics.push(`shop:${shopId}`);
  return topics;
}
