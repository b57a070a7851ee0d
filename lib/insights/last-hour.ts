import { and, desc, eq, gte, inArray, notInArray, or, sql } from 'drizzle-orm';
import { domainEvents, orders, shops, subOrders } from '@/db/schema';
import { isDeclined } from '@/lib/fulfilment';
import type { Instant, OperatorScope } from '@/lib/kernel';
import { HOUR, plusMs } from '@/lib/kernel';
import { leastIdAt } from '@/lib/platform/ids';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import type { LastHourView, LatestChange } from './views';

const LATEST = 8;

const shownStates = [
  'accepted',
  'ready',
  'despatched',
  'handed-over',
  'delivered',
  'refused',
  'unanswered',
  'cancelled',
  'uncollected',
] as const;

/**
 * What the city did in the last sixty minutes: counted, and its latest changes with where they lead.
 *
 * Definitions: *declined* is refused or unanswered by the shop it was offered to; what another was asked to carry there and did not is nobody's answer.
 * *Rescued* are parts another shop was given or brings. Replayed history is left out: nothing of it is told.
 */
export async function getLastHour(_operator: OperatorScope, { clock }: Pick<Ports, 'clock'> = systemPorts): Promise<LastHourView> {
  const since = plusMs(clock.now(), -HOUR);
  const [[counted], latest] = await Promise.all([readCounts(since), readLatest(since)]);
  return {
    paid: counted?.paid ?? 0,
    handedOver: counted?.handedOver ?? 0,
    declined: counted?.declined ?? 0,
    rescued: counted?.rescued ?? 0,
    latest,
  };
}

/** An event's id is made with it: the primary key finds an hour, whatever the years before it hold. */
const within = (since: Instant) => and(sql`${domainEvents.id} >= ${leastIdAt('event', since)}`, gte(domainEvents.occurredAt, since));

const declining = ['refused', 'unanswered'] as const;

const to = sql<string>`${domainEvents.facts} ->> 'to'`;

function readCounts(since: Instant) {
  const count = (condition: ReturnType<typeof sql>) => sql<number>`count(*) filter (where ${condition})::int`;
  const name = domainEvents.name;
  return reader()
    .select({
      paid: count(sql`${name} = 'OrderPaid'`),
      handedOver: count(sql`${name} = 'SubOrderChanged' and ${to} in ('handed-over', 'delivered')`),
      declined: count(sql`${inArray(to, [...declining])} and ${isDeclined}`),
      rescued: count(sql`${name} in ('RescueRouted', 'CarryAsked')`),
    })
    .from(domainEvents)
    .leftJoin(subOrders, and(eq(name, 'SubOrderChanged'), eq(subOrders.id, domainEvents.subject)))
    .where(within(since));
}

async function readLatest(since: Instant): Promise<readonly LatestChange[]> {
  const rows = await reader()
    .select({ at: domainEvents.occurredAt, to, orderId: orders.id, number: subOrders.number, shopName: shops.name })
    .from(domainEvents)
    .innerJoin(subOrders, eq(subOrders.id, domainEvents.subject))
    .innerJoin(orders, eq(orders.id, subOrders.orderId))
    .innerJoin(shops, eq(shops.id, subOrders.shopId))
    .where(
      and(
        within(since),
        eq(domainEvents.name, 'SubOrderChanged'),
        inArray(to, [...shownStates]),
        or(notInArray(to, [...declining]), isDeclined),
      ),
    )
    .orderBy(desc(domainEvents.id))
    .limit(LATEST);
  return rows.flatMap(({ to: state, ...row }) => {
    const known = shownStates.find((one) => one === state);
    return known ? [{ ...row, to: known }] : [];
  });
}
