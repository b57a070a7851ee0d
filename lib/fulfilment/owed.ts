import { and, eq, inArray, sql } from 'drizzle-orm';
import { orderLines, rescues, returnCredits, subOrders } from '@/db/schema';
import type { Minor, OrderId, SubOrderId } from '@/lib/kernel';
import { linePrice, minor, sumMinor } from '@/lib/kernel';
import type { SubOrderState } from '@/lib/oms';
import { shopperStep } from '@/lib/oms';
import type { Reader } from '@/lib/platform/transaction';
import { pendingRescueStates } from './rescue/rescue-policy';

/** What the shopper owes for one part as it stands. */
export type OwedShare = {
  readonly subOrderId: SubOrderId;
  readonly state: SubOrderState;
  readonly owedMinor: Minor;
  /** What was owed for it as it was served, before anything taken for it came back: never below `owedMinor`. */
  readonly servedMinor: Minor;
  /** What returns took off it in all, also before anything was taken for it. */
  readonly returnedMinor: Minor;
  /** Paid for units of this part that look for another shop: neither owed nor given back yet. */
  readonly heldMinor: Minor;
  /** The most the shopper may come to owe for it. */
  readonly mostMinor: Minor;
};

type Line = {
  readonly quantity: number;
  readonly refusedQuantity: number;
  readonly totalMinor: Minor;
  readonly rescueMinor: Minor;
  readonly unitPriceMinor: Minor;
  readonly priceSteps: number;
};

/** The units of a line its shop serves. A pick that is short so far says nothing yet: what stays missing is refused. Steps. */
export function servedQuantity({ quantity, refusedQuantity }: Pick<Line, 'quantity' | 'refusedQuantity'>): number {
  return quantity - refusedQuantity;
}

/** What a line is worth to its shop: the price of what is really served, never more than was agreed. Minor units. */
export function lineWorth(line: Omit<Line, 'rescueMinor'>): Minor {
  const served = servedQuantity(line);
  if (served === line.quantity) return line.totalMinor;
  return minor(Math.min(line.totalMinor, linePrice({ priceMinor: line.unitPriceMinor, priceSteps: line.priceSteps }, served)));
}

/** What the shopper owes for a line: its worth without what the rescue account pays. Minor units. */
export function lineOwed(line: Line): Minor {
  return minor(Math.max(0, lineWorth(line) - rescueFor(line, servedQuantity(line))));
}

/** What the rescue account pays of a part as it is served, goods and delivery. Minor units. */
export function rescuePaid(subOrder: { readonly rescueMinor: Minor }, lines: readonly Line[]): Minor {
  const forDelivery = subOrder.rescueMinor - sumMinor(lines.map((line) => line.rescueMinor));
  return minor(forDelivery + sumMinor(lines.map((line) => lineWorth(line) - lineOwed(line))));
}

/** The rescue account's part for so many units; a broken cent is its own. */
function rescueFor({ rescueMinor, quantity }: Line, served: number): number {
  return rescueMinor === 0 ? 0 : Math.ceil((rescueMinor * served) / quantity);
}

/** What each part of the order is owed for: nothing for what ended, was never offered or was never accepted. */
export async function listOwed(from: Reader, orderId: OrderId): Promise<readonly OwedShare[]> {
  const rows = await from
    .select({ subOrder: subOrders, line: orderLines })
    .from(subOrders)
    .innerJoin(orderLines, eq(orderLines.subOrderId, subOrders.id))
    .where(and(eq(subOrders.orderId, orderId), eq(subOrders.isSetAside, false))) // what is paid in the shop is no business of ours
    .orderBy(subOrders.id, orderLines.id);
  const held = await listHeld(from, orderId);
  const returned = await listReturned(from, orderId);
  const parts = new Map<SubOrderId, { subOrder: (typeof rows)[number]['subOrder']; lines: Line[] }>();
  for (const { subOrder, line } of rows) {
    const part = parts.get(subOrder.id) ?? { subOrder, lines: [] };
    part.lines.push(line);
    parts.set(subOrder.id, part);
  }
  return [...parts.values()].map(({ subOrder, lines }) => {
    const wholeMinor = isServed(subOrder.state) ? sumMinor([deliveryOwed(subOrder, lines), ...lines.map(lineOwed)]) : minor(0);
    const { untakenMinor, returnedMinor } = returned.get(subOrder.id) ?? nothingReturned;
    return {
      subOrderId: subOrder.id,
      state: subOrder.state,
      owedMinor: minor(wholeMinor - returnedMinor),
      servedMinor: minor(wholeMinor - untakenMinor),
      returnedMinor,
      heldMinor: sumMinor(held.filter((one) => one.subOrderId === subOrder.id).flatMap((one) => [one.goodsMinor, one.deliveryMinor])),
      mostMinor: minor(subOrder.totalMinor - subOrder.rescueMinor),
    };
  });
}

type Returned = { readonly untakenMinor: Minor; readonly returnedMinor: Minor };
const nothingReturned: Returned = { untakenMinor: minor(0), returnedMinor: minor(0) };

/** What came back, by part; of it, what came back before its money was taken and was never taken. */
async function listReturned(from: Reader, orderId: OrderId): Promise<ReadonlyMap<SubOrderId, Returned>> {
  const rows = await from
    .select({
      subOrderId: returnCredits.subOrderId,
      returnedMinor: sql<number>`sum(${returnCredits.shopperMinor})::float8`,
      untakenMinor: sql<number>`coalesce(sum(${returnCredits.shopperMinor}) filter (where ${returnCredits.isBeforeCapture}), 0)::float8`,
    })
    .from(returnCredits)
    .innerJoin(subOrders, eq(subOrders.id, returnCredits.subOrderId))
    .where(eq(subOrders.orderId, orderId))
    .groupBy(returnCredits.subOrderId);
  return new Map(rows.map((row) => [row.subOrderId, { untakenMinor: minor(row.untakenMinor), returnedMinor: minor(row.returnedMinor) }]));
}

/** What the shopper pays for the delivery of a part: its price without what the rescue account pays. Minor units. */
export function deliveryOwed(subOrder: { readonly deliveryMinor: Minor; readonly rescueMinor: Minor }, lines: readonly Line[]): Minor {
  const rescued = subOrder.rescueMinor - sumMinor(lines.map((line) => line.rescueMinor));
  return minor(subOrder.deliveryMinor - rescued);
}

async function listHeld(from: Reader, orderId: OrderId) {
  return from
    .select({ subOrderId: rescues.subOrderId, goodsMinor: rescues.goodsMinor, deliveryMinor: rescues.deliveryMinor })
    .from(rescues)
    .where(and(eq(rescues.orderId, orderId), inArray(rescues.state, [...pendingRescueStates])));
}

function isServed(state: SubOrderState): boolean {
  const step = shopperStep(state);
  return step !== 'ended' && step !== 'received';
}
