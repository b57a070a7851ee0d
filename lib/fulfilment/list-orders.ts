import { and, desc, eq, exists, gte, ilike, inArray, isNotNull, lt, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import { orders, shops, subOrderStates, subOrders } from '@/db/schema';
import type { OperatorScope, OrderId } from '@/lib/kernel';
import { DAY, instant } from '@/lib/kernel';
import { orderState } from '@/lib/oms';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { isLate } from './queue-card';
import type { OrderPageView, OrderRowView } from './views';

/** Search parameters of the operator's list, as they come from the address; what cannot be read counts as not given. */
export const orderFilterInput = z.object({
  words: z.string().trim().max(120).optional().catch(undefined),
  state: z.enum(subOrderStates).optional().catch(undefined),
  shop: z.string().max(120).optional().catch(undefined),
  /** `late`: a promised time has passed; `open`: something is still to be done. */
  only: z.enum(['late', 'open', 'unpaid']).optional().catch(undefined),
  day: z.iso.date().optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
});

export type OrderFilter = z.infer<typeof orderFilterInput>;

const PAGE_SIZE = 50;

const openStates = ['offered', 'accepted', 'preparing', 'ready', 'despatched'] as const;

/** Orders of the city, newest first. */
export async function listOrders(
  _operator: OperatorScope,
  filter: OrderFilter,
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<OrderPageView> {
  const now = clock.now();
  const where = and(...conditions(filter, now));
  const [counted] = await reader()
    .select({ total: sql<number>`count(*)::int` })
    .from(orders)
    .where(where);
  const total = counted?.total ?? 0;
  const pageCount = Math.max(1, Math.ceil(total / PAGE_SIZE));
  const page = Math.min(filter.page, pageCount);
  const found = await reader()
    .select()
    .from(orders)
    .where(where)
    .orderBy(desc(orders.placedAt), desc(orders.id))
    .limit(PAGE_SIZE)
    .offset((page - 1) * PAGE_SIZE);
  const parts = await listPartsOf(found.map((order) => order.id));
  const rows = found.map((order): OrderRowView => {
    const own = parts.filter((part) => part.subOrder.orderId === order.id);
    return {
      orderId: order.id,
      number: order.number,
      placedAt: order.placedAt,
      paidAt: order.paidAt ?? undefined,
      shopperName: order.shopperName,
      totalMinor: order.totalMinor,
      currency: order.currency,
      state: orderState(own.map((part) => part.subOrder.state)),
      isLate: own.some((part) => isLate(part.subOrder, now)),
      subOrders: own.map(({ subOrder, shopName, shopSlug }) => ({
        number: subOrder.number,
        shopId: subOrder.shopId,
        shopName,
        shopSlug,
        state: subOrder.state,
      })),
    };
  });
  return { rows, page, pageCount, total };
}

async function listPartsOf(orderIds: readonly OrderId[]) {
  if (orderIds.length === 0) return [];
  return reader()
    .select({ subOrder: subOrders, shopName: shops.name, shopSlug: shops.slug })
    .from(subOrders)
    .innerJoin(shops, eq(shops.id, subOrders.shopId))
    .where(inArray(subOrders.orderId, [...orderIds]))
    .orderBy(subOrders.number);
}

function conditions({ words, state, shop, only, day }: OrderFilter, now: number) {
  const having = (condition: ReturnType<typeof and>) =>
    exists(
      reader()
        .select({ one: sql`1` })
        .from(subOrders)
        .where(and(eq(subOrders.orderId, orders.id), condition)),
    );
  const from = day === undefined ? undefined : instant(Date.parse(`${day}T00:00:00Z`));
  return [
    words ? wordsCondition(words) : undefined,
    state ? having(eq(subOrders.state, state)) : undefined,
    shop ? having(sql`${subOrders.shopId} in (select ${shops.id} from ${shops} where ${shops.slug} = ${shop})`) : undefined,
    only === 'open' ? having(inArray(subOrders.state, [...openStates])) : undefined,
    only === 'late' ? having(lateCondition(now)) : undefined,
    only === 'unpaid' ? and(sql`${orders.paidAt} is null`, having(eq(subOrders.state, 'placed'))) : undefined,
    from === undefined ? undefined : and(gte(orders.placedAt, from), lt(orders.placedAt, instant(from + DAY))),
  ].filter((condition) => condition !== undefined);
}

function lateCondition(now: number) {
  const moment = instant(now);
  return or(
    and(eq(subOrders.method, 'pickup'), inArray(subOrders.state, ['offered', 'accepted', 'preparing']), lt(subOrders.promisedFrom, moment)),
    and(
      sql`${subOrders.method} <> 'pickup'`,
      inArray(subOrders.state, [...openStates]),
      isNotNull(subOrders.promisedTo),
      lt(subOrders.promisedTo, moment),
    ),
  );
}

function wordsCondition(words: string) {
  const pattern = `%${words.replace(/[\\%_]/g, (character) => `\\${character}`)}%`;
  return or(ilike(orders.number, pattern), ilike(orders.shopperName, pattern), ilike(orders.email, pattern));
}
