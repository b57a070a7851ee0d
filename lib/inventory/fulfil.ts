import { eq, inArray, sql } from 'drizzle-orm';
import { orderLines, subOrders } from '@/db/schema';
import type { OrderLineId } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { endClaims } from './claims';
import type { Movement } from './movement';
import type { LevelFigure } from './movements';
import { applyMovements } from './movements';

/**
 * The goods of these lines left the shelf: their claims end and what was really picked is written as a movement.
 * Doing it twice writes nothing twice. Returns the levels touched; `eventsOf` says what others must hear.
 */
export async function fulfil(
  tx: Tx,
  lineIds: readonly OrderLineId[],
  reason: 'handed-over' | 'despatched',
  ports: Ports,
): Promise<readonly LevelFigure[]> {
  if (lineIds.length === 0) return [];
  const lines = await tx
    .select({
      id: orderLines.id,
      offerId: orderLines.offerId,
      locationId: orderLines.locationId,
      shopId: subOrders.shopId,
      picked: sql<number>`least(coalesce(${orderLines.pickedQuantity}, ${orderLines.quantity}), ${orderLines.quantity} - ${orderLines.refusedQuantity})`,
      wanted: sql<number>`${orderLines.quantity} - ${orderLines.refusedQuantity}`,
    })
    .from(orderLines)
    .innerJoin(subOrders, eq(subOrders.id, orderLines.subOrderId))
    .where(inArray(orderLines.id, [...lineIds]));
  await endClaims(tx, lineIds, 'fulfilled');
  const movements = lines
    .filter((line) => line.picked > 0)
    .map(({ id, picked, wanted, ...line }): Movement => ({
      ...line,
      found: picked < wanted ? 0 : 1, // a pick that fell short was told by its own fact, when it was made
      kind: 'change',
      quantity: -picked,
      reason,
      source: 'halles',
      sourceKey: `fulfil:${id}`,
      occurredAt: ports.clock.now(),
    }));
  return applyMovements(tx, movements, ports);
}
