import { eq } from 'drizzle-orm';
import { orderLines, subOrders } from '@/db/schema';
import type { Minor, OrderId, SubOrderId } from '@/lib/kernel';
import { linePrice, minor, sumMinor } from '@/lib/kernel';
import type { SubOrderState } from '@/lib/oms';
import { shopperStep } from '@/lib/oms';
import type { Reader } from '@/lib/platform/transaction';

/** What the shopper owes for one part as it stands. */
export type OwedShare = { readonly subOrderId: SubOrderId; readonly state: SubOrderState; readonly owedMinor: Minor };

type Line = {
  readonly quantity: number;
  readonly pickedQuantity: number | null;
  readonly totalMinor: Minor;
  readonly unitPriceMinor: Minor;
  readonly priceSteps: number;
};

/**
 * The price of what was really taken from the shelf, never more than was agreed. Minor units.
 * A line nobody picked yet counts whole.
 */
export function lineOwed(line: Line): Minor {
  if (line.pickedQuantity === null || line.pickedQuantity === line.quantity) return line.totalMinor;
  return minor(Math.min(line.totalMinor, linePrice({ priceMinor: line.unitPriceMinor, priceSteps: line.priceSteps }, line.pickedQuantity)));
}

/** What each part of the order is owed for: nothing for what ended, was never offered or was never accepted. */
export async function listOwed(from: Reader, orderId: OrderId): Promise<readonly OwedShare[]> {
  const rows = await from
    .select({ subOrder: subOrders, line: orderLines })
    .from(subOrders)
    .innerJoin(orderLines, eq(orderLines.subOrderId, subOrders.id))
    .where(eq(subOrders.orderId, orderId))
    .orderBy(subOrders.id, orderLines.id);
  const parts = new Map<SubOrderId, { subOrder: (typeof rows)[number]['subOrder']; lines: Line[] }>();
  for (const { subOrder, line } of rows) {
    const part = parts.get(subOrder.id) ?? { subOrder, lines: [] };
    part.lines.push(line);
    parts.set(subOrder.id, part);
  }
  return [...parts.values()].map(({ subOrder, lines }) => ({
    subOrderId: subOrder.id,
    state: subOrder.state,
    owedMinor: isServed(subOrder.state) ? sumMinor([subOrder.deliveryMinor, ...lines.map(lineOwed)]) : minor(0),
  }));
}

function isServed(state: SubOrderState): boolean {
  const step = shopperStep(state);
  return step !== 'ended' && step !== 'received';
}
