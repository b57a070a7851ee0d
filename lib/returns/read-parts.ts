import { and, eq, inArray, notInArray, sql } from 'drizzle-orm';
import { orderLines, orders, returnCases, returnCredits, returnLines, subOrderEvents, subOrders } from '@/db/schema';
import { deliveryOwed, lineOwed, lineWorth, servedQuantity } from '@/lib/fulfilment';
import type { Instant, Minor, OfferId, OrderId, OrderLineId } from '@/lib/kernel';
import { dayKey, minor } from '@/lib/kernel';
import type { ServedLine } from '@/lib/oms';
import { guaranteeUntil, isFulfilled, lastDayToWithdraw, plusDays } from '@/lib/oms';
import type { Reader } from '@/lib/platform/transaction';
import type { ShopBook } from '@/lib/shops';
import { holidaysBetween } from '@/lib/shops';

type LineRow = typeof orderLines.$inferSelect;

export type PartLine = ServedLine & {
  readonly row: LineRow;
  /** The offer whose thing the shopper has now: another one after an exchange. */
  readonly offerId: OfferId;
  /** Units already credited, and units on their way back or credited together. */
  readonly creditedQuantity: number;
  readonly leftQuantity: number;
};

/** A contract whose goods have left the shop, with everything a return needs to know of it. */
export type Part = {
  readonly order: typeof orders.$inferSelect;
  readonly subOrder: typeof subOrders.$inferSelect;
  /** When the shopper had the goods; undefined while they are on the road. */
  readonly receivedAt: Instant | undefined;
  /** Days on the city's calendar: the last of the right to withdraw, and of the guarantee. */
  readonly withdrawUntil: string | undefined;
  readonly guaranteeUntil: string | undefined;
  readonly deliveryOwedMinor: Minor;
  readonly deliveryRescueMinor: Minor;
  readonly lines: readonly PartLine[];
};

const leftTheShop = ['despatched', 'handed-over', 'delivered'] as const;

/**
 * The contracts of an order whose goods have left their shops, by number. Read inside the caller's transaction, they are what it locked.
 * What was set aside was bought at the shop's own till: no contract of ours, and brought back there like anything bought in a shop.
 */
export async function readParts(from: Reader, orderId: OrderId, book: ShopBook): Promise<readonly Part[]> {
  const rows = await from
    .select({ order: orders, subOrder: subOrders })
    .from(subOrders)
    .innerJoin(orders, eq(orders.id, subOrders.orderId))
    .where(and(eq(subOrders.orderId, orderId), eq(subOrders.isSetAside, false), inArray(subOrders.state, [...leftTheShop])))
    .orderBy(subOrders.number);
  if (rows.length === 0) return [];
  const ids = rows.map(({ subOrder }) => subOrder.id);
  const lines = await from.select().from(orderLines).where(inArray(orderLines.subOrderId, ids)).orderBy(orderLines.id);
  const events = await from
    .select({ subOrderId: subOrderEvents.subOrderId, to: subOrderEvents.toState, at: subOrderEvents.occurredAt })
    .from(subOrderEvents)
    .where(inArray(subOrderEvents.subOrderId, ids))
    .orderBy(subOrderEvents.occurredAt);
  const back = await readBack(
    from,
    lines.map((line) => line.id),
  );
  return rows.map(({ order, subOrder }) => {
    const own = lines.filter((line) => line.subOrderId === subOrder.id);
    const receivedAt = events.find((event) => event.subOrderId === subOrder.id && isFulfilled(event.to))?.at;
    const repairs = Math.max(0, ...own.map((line) => back.get(line.id)?.repairs ?? 0));
    return {
      order,
      subOrder,
      receivedAt,
      ...lastDays({ order, receivedAt, repairs, returnDays: book.get(subOrder.shopId)?.returnDays ?? 0 }, book),
      deliveryOwedMinor: deliveryOwed(subOrder, own),
      deliveryRescueMinor: minor(subOrder.deliveryMinor - deliveryOwed(subOrder, own)),
      lines: own.filter((line) => servedQuantity(line) > 0).map((line) => partLine(line, back.get(line.id))),
    };
  });
}

type Back = {
  readonly credited: number;
  readonly cutMinor: number;
  readonly rescueCutMinor: number;
  readonly away: number;
  readonly repairs: number;
  readonly given: OfferId | undefined;
};

function partLine(row: LineRow, back: Back | undefined): PartLine {
  const owedMinor = lineOwed(row);
  const served = servedQuantity(row);
  return {
    row,
    offerId: back?.given ?? row.offerId,
    servedQuantity: served,
    // A cheaper thing given in exchange has lowered what the line is worth.
    owedMinor: minor(owedMinor - (back?.cutMinor ?? 0)),
    rescueMinor: minor(lineWorth(row) - owedMinor - (back?.rescueCutMinor ?? 0)),
    creditedQuantity: back?.credited ?? 0,
    leftQuantity: served - (back?.away ?? 0),
  };
}

/** What came back of each line, is on its way back, or was given instead. */
async function readBack(from: Reader, lineIds: readonly OrderLineId[]): Promise<ReadonlyMap<OrderLineId, Back>> {
  const credits = await from
    .select()
    .from(returnCredits)
    .where(inArray(returnCredits.lineId, [...lineIds]));
  const cases = await from
    .select({ line: returnLines, state: returnCases.state, remedy: returnCases.remedy, endedAt: returnCases.endedAt })
    .from(returnLines)
    .innerJoin(returnCases, eq(returnCases.id, returnLines.returnId))
    .where(and(inArray(returnLines.lineId, [...lineIds]), notInArray(returnCases.state, ['dropped', 'refused'])))
    .orderBy(sql`${returnCases.endedAt} nulls last`);
  return new Map(
    lineIds.map((lineId): [OrderLineId, Back] => {
      const own = cases.filter(({ line }) => line.lineId === lineId);
      const paid = credits.filter((credit) => credit.lineId === lineId);
      const cuts = paid.filter((credit) => credit.quantity === 0);
      const credited = paid.reduce((sum, credit) => sum + credit.quantity, 0);
      const open = own.filter(({ state }) => state !== 'settled');
      const kept = own.filter(({ state }) => state === 'settled');
      return [
        lineId,
        {
          credited,
          cutMinor: cuts.reduce((sum, credit) => sum + credit.shopperMinor, 0),
          rescueCutMinor: cuts.reduce((sum, credit) => sum + credit.rescueMinor, 0),
          away: credited + open.reduce((sum, { line }) => sum + (line.broughtQuantity ?? line.quantity), 0),
          repairs: kept.filter(({ remedy }) => remedy === 'repair').length,
          given: kept.findLast(({ remedy }) => remedy === 'exchange')?.line.exchangeOfferId ?? undefined,
        },
      ];
    }),
  );
}

type Dated = {
  readonly order: typeof orders.$inferSelect;
  readonly receivedAt: Instant | undefined;
  readonly repairs: number;
  readonly returnDays: number;
};

/** Holidays that can move the end of fourteen days lie within this stretch. */
const CALENDAR_DAYS = 40;

/** The law's last day, or the shop's own longer one. The shopper was told of the right with the confirmation, when the order was paid. */
function lastDays({ order, receivedAt, repairs, returnDays }: Dated, { city }: ShopBook): Pick<Part, 'withdrawUntil' | 'guaranteeUntil'> {
  if (receivedAt === undefined) return { withdrawUntil: undefined, guaranteeUntil: undefined };
  const receivedOn = dayKey(receivedAt, city.timeZone);
  const place = {
    timeZone: city.timeZone,
    country: city.country,
    region: city.region,
    latitude: city.at.latitude,
    longitude: city.at.longitude,
  };
  const lawful = lastDayToWithdraw({
    received: [receivedOn],
    isComplete: true,
    informedOn: dayKey(order.paidAt ?? order.placedAt, city.timeZone),
    holidays: holidaysBetween(place, receivedOn, plusDays(receivedOn, CALENDAR_DAYS)),
  });
  const promised = plusDays(receivedOn, returnDays);
  return {
    withdrawUntil: lawful !== undefined && lawful > promised ? lawful : promised,
    guaranteeUntil: guaranteeUntil(receivedOn, repairs),
  };
}
