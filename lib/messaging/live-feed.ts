import { and, desc, eq, gte, ne, or, sql } from 'drizzle-orm';
import postgres from 'postgres';
import { z } from 'zod';
import { domainEvents } from '@/db/schema';
import type { OperatorScope, OrderScope, ShopScope } from '@/lib/kernel';
import { instant, invariant, parseId, plusMs } from '@/lib/kernel';
import { env } from '@/lib/platform/env';
import { timeOfId } from '@/lib/platform/ids';
import { logError } from '@/lib/platform/log';
import type { LiveMessage } from '@/lib/platform/outbox';
import { LIVE_CHANNEL } from '@/lib/platform/outbox';
import { reader } from '@/lib/platform/transaction';

/** Whose changes one may watch: an order by its link, one's own shop, the city. */
export type WatchScope = OrderScope | ShopScope | OperatorScope;

/** Something changed: which event and when. Never what or whose; the watcher reads that in its own scope. */
export type LiveNews = Pick<LiveMessage, 'eventId' | 'name' | 'at'>;

type Listener = (news: LiveNews) => void;

const message = z.object({
  topics: z.array(z.string()),
  eventId: z.string(),
  name: z.string(),
  at: z.number().transform((moment) => instant(moment)),
});

/** One LISTEN per process, however many watch; kept on `globalThis` so that a development server that reloads keeps one. */
type Hub = { readonly listeners: Map<string, Set<Listener>>; listening: Promise<unknown> | undefined };

const held = globalThis as { hallesLiveHub?: Hub };

function hub(): Hub {
  held.hallesLiveHub ??= { listeners: new Map(), listening: undefined };
  return held.hallesLiveHub;
}

function topicOf(scope: WatchScope): string {
  switch (scope.kind) {
    case 'order':
      return `order:${scope.orderId}`;
    case 'shop':
      return `shop:${scope.shopId}`;
    case 'operator':
      return 'city';
  }
}

/** Calls `listener` at each change within the scope until the returned function is called. */
export async function watch(scope: WatchScope, listener: Listener): Promise<() => void> {
  const { listeners } = hub();
  const topic = topicOf(scope);
  const others = listeners.get(topic) ?? new Set();
  listeners.set(topic, others.add(listener));
  const stop = (): void => {
    others.delete(listener);
    if (others.size === 0) listeners.delete(topic);
  };
  try {
    await listen();
  } catch (error) {
    stop();
    throw error;
  }
  return stop;
}

async function listen(): Promise<void> {
  const live = hub();
  live.listening ??= openListener(live);
  try {
    await live.listening;
  } catch (error) {
    live.listening = undefined; // the next watcher tries again
    throw error;
  }
}

async function openListener({ listeners }: Hub): Promise<void> {
  const url = env().databaseDirectUrl;
  invariant(url, 'watching needs a database');
  const connection = postgres(url, { max: 1, idle_timeout: 0, onnotice: () => {} });
  let isFirst = true;
  await connection.listen(
    LIVE_CHANNEL,
    (payload) => fanOut(listeners, payload),
    () => {
      // What was announced while the connection was away is lost: everybody reads once more.
      if (!isFirst) for (const topic of listeners.keys()) tellTopic(listeners, topic, { eventId: '', name: 'Reconnected', at: instant(Date.now()) });
      isFirst = false;
    },
  );
}

function fanOut(listeners: Hub['listeners'], payload: string): void {
  const parsed = message.safeParse(parsedJson(payload));
  if (!parsed.success) return;
  const { topics, ...news } = parsed.data;
  for (const topic of topics) tellTopic(listeners, topic, news);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function tellTopic(listeners: Hub['listeners'], topic: string, news: LiveNews): void {
  for (const listener of listeners.get(topic) ?? []) {
    try {
      listener(news);
    } catch (error) {
      logError('live feed', error);
    }
  }
}

/** Transactions that began earlier may commit later: looking a little further back repeats news rather than losing it. */
const OVERLAP_MS = 10_000;

/** The newest thing that happened within the scope after `lastEventId`, for a watcher that was away. */
export async function findNewsSince(scope: WatchScope, lastEventId: string): Promise<LiveNews | undefined> {
  const last = parseId('event', lastEventId);
  if (!last) return undefined;
  const [row] = await reader()
    .select({ eventId: domainEvents.id, name: domainEvents.name, at: domainEvents.occurredAt })
    .from(domainEvents)
    .where(and(gte(domainEvents.occurredAt, plusMs(timeOfId(last), -OVERLAP_MS)), ne(domainEvents.id, last), withinScope(scope)))
    .orderBy(desc(domainEvents.occurredAt))
    .limit(1);
  return row;
}

function withinScope(scope: WatchScope) {
  switch (scope.kind) {
    case 'order':
      return or(eq(domainEvents.subject, scope.orderId), sql`${domainEvents.facts} ->> 'orderId' = ${scope.orderId}`);
    case 'shop':
      return or(eq(domainEvents.subject, scope.shopId), sql`${domainEvents.facts} ->> 'shopId' = ${scope.shopId}`);
    case 'operator':
      return undefined;
  }
}
