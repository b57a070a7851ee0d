import { and, asc, eq, gte, inArray, sql } from 'drizzle-orm';
import type { FulfilmentMethod } from '@/db/schema';
import { listings, merchants, orderLines, shops, subOrders } from '@/db/schema';
import { departmentsBelow } from '@/lib/departments';
import type { CategoryId, Instant, Minor, OperatorScope, ShopId } from '@/lib/kernel';
import { DAY, minor, parseId, plusMs, sumMinor } from '@/lib/kernel';
import type { CommissionRate } from '@/lib/oms';
import { commissionRateOf, feesByRule } from '@/lib/oms';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import type { RuleInForce } from '@/lib/shops';
import { loadShopBook, ratesOf } from '@/lib/shops';
import type { CommissionPreviewView } from './views';

/** What the sample basket of a preview is worth. Minor units. */
const SAMPLE_MINOR = minor(5_000);
const PAST_DAYS = 30;

/** A rate nobody has scheduled yet. */
type Wish = {
  readonly subject: string;
  readonly rateBps: number;
  readonly categoryId: CategoryId | undefined;
  readonly method: FulfilmentMethod | undefined;
};

/**
 * What a rate would mean before anybody schedules it: for each shop concerned the fee on a sample basket of what it speaks of and on the goods of that
 * kind handed over in the last thirty days, as it is now and as it would be beside the rules in force. Net of VAT, which the shop gets back.
 */
export async function previewRule(
  _scope: OperatorScope,
  wish: Wish,
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<CommissionPreviewView> {
  const now = clock.now();
  const concerned = await reader()
    .select({ shopId: shops.id, name: shops.name, networkId: shops.networkId, contractBps: merchants.commissionBps })
    .from(shops)
    .innerJoin(merchants, eq(merchants.id, shops.merchantId))
    .where(wish.subject === 'city' ? undefined : sql`${wish.subject} in (${shops.id}, ${shops.networkId})`)
    .orderBy(asc(shops.name));
  const categoryIds = wish.categoryId === undefined ? undefined : await departmentsBelow(reader(), wish.categoryId);
  const asked = { ids: concerned.map((shop) => shop.shopId), categoryIds, method: wish.method, since: plusMs(now, -PAST_DAYS * DAY) };
  const [book, sold] = await Promise.all([loadShopBook(now), listSold(asked)]);
  const sample = { categoryId: wish.categoryId, method: wish.method, worthMinor: SAMPLE_MINOR };
  const rule = ruleOf(wish, categoryIds, now);
  return {
    sampleMinor: SAMPLE_MINOR,
    shops: concerned.map((shop) => {
      const before = ratesOf(book.rules, shop);
      const after = ratesOf([...book.rules, rule], shop);
      const own = sold.filter((line) => line.shopId === shop.shopId);
      return {
        shopId: shop.shopId,
        name: shop.name,
        nowBps: commissionRateOf(before, sample).rateBps,
        sampleNowMinor: feeOn([sample], before),
        sampleThenMinor: feeOn([sample], after),
        soldMinor: sumMinor(own.map((line) => line.worthMinor)),
        soldNowMinor: feeOn(own, before),
        soldThenMinor: feeOn(own, after),
      };
    }),
  };
}

/** The wish as a rule that came into force this moment. */
function ruleOf({ subject, rateBps, method }: Wish, categoryIds: ReadonlySet<CategoryId> | undefined, now: Instant): RuleInForce {
  const scope = subject === 'city' ? 'city' : parseId('network', subject) === undefined ? 'shop' : 'network';
  return { ruleId: undefined, scope, scopeId: subject === 'city' ? undefined : subject, rateBps, categoryIds, method, since: now };
}

type Sold = { readonly categoryId: CategoryId | undefined; readonly method: string | undefined; readonly worthMinor: Minor };

function feeOn(sold: readonly Sold[], rates: readonly CommissionRate[]): Minor {
  return sumMinor(
    feesByRule(sold.map((line) => ({ ...commissionRateOf(rates, line), worthMinor: line.worthMinor }))).map((one) => one.feeMinor),
  );
}

type Asked = Pick<Wish, 'method'> & {
  readonly ids: readonly ShopId[];
  readonly categoryIds: ReadonlySet<CategoryId> | undefined;
  readonly since: Instant;
};

/** What was handed over, by shop, department and way of receiving. */
async function listSold({ ids, categoryIds, method, since }: Asked): Promise<readonly (Sold & { readonly shopId: ShopId })[]> {
  if (ids.length === 0) return [];
  const rows = await reader()
    .select({
      shopId: subOrders.shopId,
      categoryId: listings.categoryId,
      method: subOrders.method,
      sold: sql<number>`sum(${orderLines.totalMinor})::float8`,
    })
    .from(subOrders)
    .innerJoin(orderLines, eq(orderLines.subOrderId, subOrders.id))
    .innerJoin(listings, eq(listings.id, orderLines.listingId))
    .where(
      and(
        inArray(subOrders.shopId, [...ids]),
        inArray(subOrders.state, ['handed-over', 'delivered']),
        eq(subOrders.isSetAside, false),
        gte(subOrders.stateChangedAt, since),
        categoryIds && inArray(listings.categoryId, [...categoryIds]),
        method && eq(subOrders.method, method),
      ),
    )
    .groupBy(subOrders.shopId, listings.categoryId, subOrders.method);
  return rows.map(({ sold, ...row }) => ({ ...row, worthMinor: minor(sold) }));
}
