import { and, eq, inArray, isNotNull, ne, or, sql } from 'drizzle-orm';
import { orderLines, subOrders } from '@/db/schema';
import { recordFact } from '@/lib/inventory';
import type { ShopScope } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';

/** Why a shop cannot serve. `missing` and `damaged` correct the stock record; the others say nothing about the shelf. */
export const refusalReasons = ['missing', 'damaged', 'closing', 'overloaded', 'other'] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/** Does the reason say something about the shelf? */
export function correctsShelf(reason: RefusalReason): boolean {
  return reason === 'missing' || reason === 'damaged';
}

type Found = {
  readonly scope: Pick<ShopScope, 'shopId' | 'personId'>;
  readonly line: Pick<typeof orderLines.$inferSelect, 'id' | 'offerId' | 'locationId'>;
  /** So many were there for this line. Steps. */
  readonly found: number;
  readonly key: string;
};

/**
 * Somebody looked for a line and found so many: the shelf holds these and no more. What waits in bags for other orders left the shelf
 * before and still belongs to the shop, so it is counted too.
 */
export async function recordFound(tx: Tx, { scope, line, found, key }: Found, ports: Ports): Promise<void> {
  const { offerId, locationId } = line;
  const quantity = found + (await unitsInBags(tx, line));
  const occurredAt = ports.clock.now();
  await recordFact(tx, scope, { offerId, locationId, kind: 'count', quantity, reason: 'missing', sourceKey: key, occurredAt }, ports);
}

async function unitsInBags(tx: Tx, line: Found['line']): Promise<number> {
  const [row] = await tx
    .select({
      units: sql<number>`coalesce(sum(coalesce(${orderLines.pickedQuantity}, ${orderLines.quantity} - ${orderLines.refusedQuantity})), 0)::int`,
    })
    .from(orderLines)
    .innerJoin(subOrders, eq(subOrders.id, orderLines.subOrderId))
    .where(
      and(
        eq(orderLines.offerId, line.offerId),
        eq(orderLines.locationId, line.locationId),
        ne(orderLines.id, line.id),
        or(eq(subOrders.state, 'ready'), and(inArray(subOrders.state, ['preparing']), isNotNull(orderLines.pickedQuantity))),
      ),
    );
  return row?.units ?? 0;
}
