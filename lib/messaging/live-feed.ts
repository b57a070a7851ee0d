import { and, desc, eq, ne, or, sql } from 'drizzle-orm';
import { domainEvents } from '@/db/schema';
import type { OperatorScope, OrderScope, RequestScope, ShopScope } from '@/lib/kernel';
import { parseId, plusMs } from '@/lib/kernel';
import { leastIdAt, timeOfId } from '@/lib/platform/ids';
import type { LiveNews } from '@/lib/platform/live-hub';
import { listenTo } from '@/lib/platform/live-hub';
import { reader } from '@/lib/platform/transaction';

/** Whose changes one may watch: an order or a request by its link, one's own shop, the city. */
export type WatchScope = OrderScope | RequestScope | ShopScope | OperatorScope;

export type { LiveNews };

function topicOf(scope: WatchScope): string {
  switch (scope.kind) {
    case 'order':
      return `order:${scope.orderId}`;
    case 'request':
      return `request:${scope.requestId}`;
    case 'shop':
      return `shop:${scope.shopId}`;
    case 'operator':
      return 'city';
  }
}

/** Calls `listener` at each change within the scope until the returned function is called. */
export async function watch(scope: WatchScope, listener: (news: LiveNews) => void): Promise<() => void> {
  return listenTo(topicOf(scope), listener);
}

/** Transactions that began earlier may commit later: looking a little further back repeats news rather than losing it. */
const OVERLAP_MS = 10_000;

/** The newest thing that happened within the scope after `lastEventId`, for a watcher that was away. */
export async function findNewsSince(scope: WatchScope, lastEventId: string): Promise<LiveNews | undefined> {
  const last = parseId('event', lastEventId);
  if (!last) return undefined;
  const since = plusMs(timeOfId(last), -OVERLAP_MS);
  const [row] = await reader()
    .select({ eventId: domainEvents.id, name: domainEvents.name, at: domainEvents.occurredAt })
    .from(domainEvents)
    .where(and(sql`${domainEvents.id} >= ${leastIdAt('event', since)}`, ne(domainEvents.id, last), withinScope(scope)))
    .orderBy(desc(domainEvents.id))
    .limit(1);
  return row;
}

function withinScope(scope: WatchScope) {
  switch (scope.kind) {
    case 'order':
      return or(eq(domainEvents.subject, scope.orderId), sql`${domainEvents.facts} ->> 'orderId' = ${scope.orderId}`);
    case 'request':
      return eq(domainEvents.subject, scope.requestId);
    case 'shop':
      return or(eq(domainEvents.subject, scope.shopId), sql`${domainEvents.facts} ->> 'shopId' = ${scope.shopId}`);
    case 'operator':
      return undefined;
  }
}
