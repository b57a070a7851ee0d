import { and, eq, isNull, sql } from 'drizzle-orm';
import { recordsetInsert } from '@/db/recordset-insert';
import { reservations } from '@/db/schema';
import type { BasketId, Instant } from '@/lib/kernel';
import type { Tx } from '@/lib/platform/transaction';

/** The insert of an order's claims: one part of the statement that writes the order. */
export function reservationInsert(rows: readonly (typeof reservations.$inferInsert)[]) {
  return sql`(${recordsetInsert(reservations, rows)})`;
}

/** What a basket holds is held until then. */
export async function extendBasketHold(tx: Tx, basketId: BasketId, until: Instant): Promise<void> {
  await tx
    .update(reservations)
    .set({ expiresAt: until, extendedOnce: 1 })
    .where(and(eq(reservations.basketId, basketId), eq(reservations.state, 'held'), isNull(reservations.orderLineId)));
}
