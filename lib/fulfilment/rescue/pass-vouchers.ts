import { eq } from 'drizzle-orm';
import { orderLines, subOrders } from '@/db/schema';
import { minor, sumMinor } from '@/lib/kernel';
import type { Tx } from '@/lib/platform/transaction';
import { passTenders } from '@/lib/wallet';
import { listOwed } from '../owed';
import type { LockedSubOrder } from '../sub-order-repository';
import type { RescueRow } from './rescue-repository';

/**
 * Another shop serves what was paid with vouchers, so they pay there: line for line, delivery for delivery. While the rescue was open all that
 * was freed of them waited for this. The card pays what they do not reach, which is never more than it had paid.
 */
export async function passVouchers(tx: Tx, subOrder: LockedSubOrder, rescued: readonly RescueRow[]): Promise<void> {
  const owed = await listOwed(tx, subOrder.orderId);
  const freed = owed
    .flatMap(({ tenders }) => tenders)
    .map(({ tenderId, position, heldMinor }) => ({ tenderId, position, freedMinor: heldMinor }));
  if (freed.every(({ freedMinor }) => freedMinor === 0)) return;
  const [part] = await tx.select().from(subOrders).where(eq(subOrders.id, subOrder.id));
  const lines = await tx.select().from(orderLines).where(eq(orderLines.subOrderId, subOrder.id)).orderBy(orderLines.id);
  if (!part) return;
  const goods = lines.flatMap((line) => {
    const rescue = rescued.find(({ id }) => id === line.rescueId);
    return rescue ? [{ position: line.id, from: rescue.lineId, worthMinor: minor(line.totalMinor - line.rescueMinor) }] : [];
  });
  const [first] = rescued;
  const rescuedDelivery = part.rescueMinor - sumMinor(lines.map((line) => line.rescueMinor));
  const delivery = first ? [{ position: part.id, from: first.subOrderId, worthMinor: minor(part.deliveryMinor - rescuedDelivery) }] : [];
  const tenderedMinor = await passTenders(tx, { subOrderId: part.id, taken: [...goods, ...delivery], freed });
  await tx.update(subOrders).set({ tenderedMinor }).where(eq(subOrders.id, part.id));
}
