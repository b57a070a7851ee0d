import { and, asc, desc, eq, gt, inArray, isNotNull, notExists, sql } from 'drizzle-orm';
import type { RunPartState } from '@/db/schema';
import { courierRunParts, courierRuns, orderLines, orders, shops, subOrders } from '@/db/schema';
import type { OperatorScope } from '@/lib/kernel';
import { DAY, HOUR, plusMs } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { isOpenPart } from './open-parts';
import type { RunView, SlotView, WaitingPartView } from './views';

const MOST = 500;

/** What couriers are to carry and no run carries yet, by slot; a slot of the last hours that nobody rode is there too. */
export async function listSlots(_scope: OperatorScope, { clock }: Pick<Ports, 'clock'> = systemPorts): Promise<readonly SlotView[]> {
  const rows = await reader()
    .select({
      subOrderId: subOrders.id,
      orderId: subOrders.orderId,
      number: subOrders.number,
      state: sql<WaitingPartView['state']>`${subOrders.state}`,
      from: subOrders.promisedFrom,
      to: subOrders.promisedTo,
      shopName: shops.name,
      addressLabel: orders.addressLabel,
      articleCount: sql<number>`(select coalesce(sum(case when sales_unit = 'each' then quantity - refused_quantity else 1 end), 0)::int
        from ${orderLines} where ${orderLines.subOrderId} = ${subOrders.id})`,
    })
    .from(subOrders)
    .innerJoin(orders, eq(orders.id, subOrders.orderId))
    .innerJoin(shops, eq(shops.id, subOrders.shopId))
    .where(
      and(
        eq(subOrders.method, 'courier'),
        inArray(subOrders.state, ['offered', 'accepted', 'preparing', 'ready']),
        isNotNull(subOrders.promisedTo),
        gt(subOrders.promisedTo, plusMs(clock.now(), -DAY)),
        notExists(
          reader()
            .select({ one: sql`1` })
            .from(courierRunParts)
            .where(and(eq(courierRunParts.subOrderId, subOrders.id), isOpenPart)),
        ),
      ),
    )
    .orderBy(asc(subOrders.promisedFrom), asc(subOrders.promisedTo), asc(subOrders.number))
    .limit(MOST);
  const slots = Map.groupBy(rows, ({ from, to }) => `${from}-${to}`);
  return [...slots.values()].flatMap((parts) => {
    const [first] = parts;
    if (!first || first.to === null) return [];
    return {
      slotFrom: first.from,
      slotTo: first.to,
      parts: parts.map(({ from: _from, to: _to, addressLabel, ...part }) => ({ ...part, addressLabel: addressLabel ?? undefined })),
    };
  });
}

const SHOWN_HOURS = 36;

/** The runs of today and of the slots ahead, the next first; each with its link and how far it is. */
export async function listRuns(_scope: OperatorScope, { clock }: Pick<Ports, 'clock'> = systemPorts): Promise<readonly RunView[]> {
  const count = (state: RunPartState) => sql<number>`(count(*) filter (where ${courierRunParts.state} = ${state}))::int`;
  const rows = await reader()
    .select({
      runId: courierRuns.id,
      token: courierRuns.token,
      courierName: courierRuns.courierName,
      slotFrom: courierRuns.slotFrom,
      slotTo: courierRuns.slotTo,
      calledOffAt: courierRuns.calledOffAt,
      parts: sql<number>`count(${courierRunParts.subOrderId})::int`,
      fetched: sql<number>`count(${courierRunParts.fetchedAt})::int`,
      delivered: count('delivered'),
      absent: count('absent'),
      back: count('back'),
    })
    .from(courierRuns)
    .leftJoin(courierRunParts, eq(courierRunParts.runId, courierRuns.id))
    .where(gt(courierRuns.slotTo, plusMs(clock.now(), -SHOWN_HOURS * HOUR)))
    .groupBy(courierRuns.id)
    .orderBy(desc(courierRuns.slotFrom), asc(courierRuns.id))
    .limit(MOST);
  return rows.map(({ calledOffAt, ...run }) => ({ ...run, isCalledOff: calledOffAt !== null }));
}
