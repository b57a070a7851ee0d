import { sql } from 'drizzle-orm';
import { domainEvents } from '@/db/schema';
import type { Actor, DomainEvent, Instant } from '@/lib/kernel';
import { dateOf } from '@/lib/kernel';
import type { Ids } from './ids';
import { OUTBOX_QUEUE, enqueue } from './jobs';
import type { ConsumerName } from './subscriptions';
import { hears, subscriptions } from './subscriptions';
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
  // Neither waits for the other's answer: both go to the database in one journey.
  await Promise.all([
    writeEvents(tx, rows, { actor, now: by.now, live: by.quietly ? [] : live }),
    enqueue(tx, OUTBOX_QUEUE, by.quietly ? [] : jobs.map((job) => ({ data: job }))),
  ]);
}

type Writing = { readonly actor: string; readonly now: Instant; readonly live: readonly LiveMessage[] };

/** The facts and their announcement in one statement, whatever their number. */
async function writeEvents(
  tx: Tx,
  events: readonly { readonly id: string; readonly event: DomainEvent }[],
  { actor, now, live }: Writing,
): Promise<void> {
  const rows = events.map(({ id, event }) => ({ id, name: event.name, subject: event.subject, facts: event.facts }));
  const messages = live.map((message) => JSON.stringify(message));
  await tx.execute(sql`${planned} with written as (
      insert into ${domainEvents} (id, name, subject, facts, actor, occurred_at)
      select id, name, subject, facts, ${actor}::text, ${dateOf(now).toISOString()}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as event(id text, name text, subject text, facts jsonb)
    )
    select pg_notify(${LIVE_CHANNEL}::text, message) from jsonb_array_elements_text(${JSON.stringify(messages)}::jsonb) as message`);
}

/** Events whose subject is the order itself. */
const aboutOrders: ReadonlySet<string> = new Set(['OrderPlaced', 'OrderPaid', 'SetAsideConfirmed', 'OrderExpired']);

function topicsOf(event: DomainEvent): readonly string[] {
  const topics = ['city'];
  if (aboutOrders.has(event.name)) topics.push(`order:${event.subject}`);
  if ('orderId' in event.facts) topics.push(`order:${event.facts.orderId}`);
  if ('requestId' in event.facts) topics.push(`request:${event.facts.requestId}`);
  if ('shopId' in event.facts) topics.push(`shop:${event.facts.shopId}`);
  if (event.name === 'ShopSwitched') topics.push(`shop:${event.subject}`);
  return topics;
}
