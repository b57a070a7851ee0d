import { and, asc, eq, gte, inArray, sql } from 'drizzle-orm';
import { merchants, networks, orderLines, shops, subOrders } from '@/db/schema';
import type { OperatorScope, ShopId } from '@/lib/kernel';
import { DAY, minor, plusMs } from '@/lib/kernel';
import { commissionOn } from '@/lib/oms';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { loadShopBook } from '@/lib/shops';
import type { CommissionPreviewView, CommissionSubjectView } from './views';

/** What the sample basket of a preview is worth. Minor units. */
const SAMPLE_MINOR = minor(5_000);
const PAST_DAYS = 30;

/**
 * What a rate would mean before anybody schedules it: for each shop concerned the fee on a sample basket and on the goods it handed over in the last
 * thirty days, as it is now and as it would be. Net of VAT, which the shop gets back.
 */
export async function previewRule(
  _scope: OperatorScope,
  { subject, rateBps }: { readonly subject: string; readonly rateBps: number },
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<CommissionPreviewView> {
  const now = clock.now();
  const concerned = await reader()
    .select({ shopId: shops.id, name: shops.name })
    .from(shops)
    .where(subject === 'city' ? undefined : sql`${subject} in (${shops.id}, ${shops.networkId})`)
    .orderBy(asc(shops.name));
  const ids = concerned.map((shop) => shop.shopId);
  const [book, sold] = await Promise.all([loadShopBook(now), sumSold(ids, plusMs(now, -PAST_DAYS * DAY))]);
  return {
    sampleMinor: SAMPLE_MINOR,
    shops: concerned.flatMap(({ shopId, name }) => {
      const current = book.get(shopId);
      if (!current) return [];
      const soldMinor = minor(sold.get(shopId) ?? 0);
      const fee = (amount: typeof soldMinor, bps: number) => commissionOn(amount, bps, 0).feeMinor;
      return [
        {
          shopId,
          name,
          nowBps: current.commissionBps,
          sampleNowMinor: fee(SAMPLE_MINOR, current.commissionBps),
          sampleThenMinor: fee(SAMPLE_MINOR, rateBps),
          soldMinor,
          soldNowMinor: fee(soldMinor, current.commissionBps),
          soldThenMinor: fee(soldMinor, rateBps),
        },
      ];
    }),
  };
}

async function sumSold(ids: readonly ShopId[], since: ReturnType<typeof plusMs>): Promise<ReadonlyMap<ShopId, number>> {
  if (ids.length === 0) return new Map();
  const rows = await reader()
    .select({ shopId: subOrders.shopId, sold: sql<number>`sum(${orderLines.totalMinor})::float8` })
    .from(subOrders)
    .innerJoin(orderLines, eq(orderLines.subOrderId, subOrders.id))
    .where(
      and(
        inArray(subOrders.shopId, [...ids]),
        inArray(subOrders.state, ['handed-over', 'delivered']),
        eq(subOrders.isSetAside, false),
        gte(subOrders.stateChangedAt, since),
      ),
    )
    .groupBy(subOrders.shopId);
  return new Map(rows.map((row) => [row.shopId, row.sold]));
}

/** For whom a rate can be scheduled: the city, its networks, its shops. */
export async function listSubjects(_scope: OperatorScope): Promise<readonly CommissionSubjectView[]> {
  const [ofNetworks, ofShops] = await Promise.all([
    reader().select({ id: networks.id, name: networks.name }).from(networks).orderBy(asc(networks.name)),
    reader()
      .select({ id: shops.id, name: shops.name })
      .from(shops)
      .innerJoin(merchants, eq(merchants.id, shops.merchantId))
      .orderBy(asc(shops.name)),
  ]);
  return [
    { subject: 'city', scope: 'city', name: undefined },
    ...ofNetworks.map(({ id, name }) => ({ subject: id, scope: 'network' as const, name })),
    ...ofShops.map(({ id, name }) => ({ subject: id, scope: 'shop' as const, name })),
  ];
}
