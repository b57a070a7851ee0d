import { gte, or, sql } from 'drizzle-orm';
import { subOrders } from '@/db/schema';
import { isDeclined, isToAnswer } from '@/lib/fulfilment';
import type { Instant, OperatorScope } from '@/lib/kernel';
import { DAY, dateOf, plusMs } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { listAbsences } from '@/lib/presence';
import { loadShopBook, openState, pausedUntilAt, takesOrdersAt } from '@/lib/shops';
import type { ShopActivityView } from './views';

/** Over how many days a shop's answers are counted. */
const MEASURED_DAYS = 30;

const count = (condition: ReturnType<typeof sql>) => sql<number>`count(*) filter (where ${condition})::int`;
const at = (moment: Instant) => sql`${dateOf(moment).toISOString()}::timestamptz`;

/**
 * Every shop with what lies on its counter now and how it answered lately: late ones first, then by what is open, then by name.
 *
 * Definitions: *late* is a pickup not ready at its promised time; *declined* is refused or unanswered, of the sub-orders offered in
 * the last thirty days.
 */
export async function listShopActivity(
  _operator: OperatorScope,
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<readonly ShopActivityView[]> {
  const now = clock.now();
  const since = plusMs(now, -MEASURED_DAYS * DAY);
  const isOpen = sql`${subOrders.state} in ('offered', 'accepted', 'preparing', 'ready', 'despatched')`;
  const isRecent = sql`${subOrders.createdAt} >= ${at(since)}`;
  const book = await loadShopBook(now);
  const [absences, counted] = await Promise.all([
    listAbsences(book.all(), now),
    reader()
      .select({
        shopId: subOrders.shopId,
        toAccept: count(isToAnswer),
        toPrepare: count(sql`${subOrders.state} in ('accepted', 'preparing')`),
        ready: count(sql`${subOrders.state} in ('ready', 'despatched')`),
        late: count(
          sql`(${subOrders.method} = 'pickup' and ${subOrders.state} in ('offered', 'accepted', 'preparing') and ${subOrders.promisedFrom} < ${at(now)}) or (${subOrders.method} <> 'pickup' and ${isOpen} and ${subOrders.promisedTo} < ${at(now)})`,
        ),
        taken: count(sql`${isRecent} and ${subOrders.state} not in ('placed', 'expired')`),
        declined: count(sql`${isRecent} and ${isDeclined}`),
      })
      .from(subOrders)
      .where(or(gte(subOrders.createdAt, since), isOpen))
      .groupBy(subOrders.shopId),
  ]);
  const byShop = new Map(counted.map((row) => [row.shopId, row]));
  return book
    .all()
    .map((shop): ShopActivityView => {
      const { isOpen: doorOpen, changesAt } = openState(shop, now);
      const own = byShop.get(shop.id);
      return {
        shopId: shop.id,
        slug: shop.slug,
        name: shop.name,
        trade: shop.trade,
        street: shop.street,
        town: shop.town,
        at: shop.at,
        level: shop.level,
        isOpen: doorOpen,
        changesAt,
        takesOrders: takesOrdersAt(shop, now),
        pausedUntil: pausedUntilAt(shop, now),
        pauseReason: shop.pauseReason,
        counterShutSince: absences.get(shop.id),
        toAccept: own?.toAccept ?? 0,
        toPrepare: own?.toPrepare ?? 0,
        ready: own?.ready ?? 0,
        late: own?.late ?? 0,
        taken: own?.taken ?? 0,
        declined: own?.declined ?? 0,
      };
    })
    .toSorted((a, b) => b.late - a.late || openWork(b) - openWork(a) || a.name.localeCompare(b.name, 'fr'));
}

const openWork = (shop: ShopActivityView): number => shop.toAccept + shop.toPrepare + shop.ready;
