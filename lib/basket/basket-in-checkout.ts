import { eq } from 'drizzle-orm';
import { baskets } from '@/db/schema';
import type { BasketId, Instant } from '@/lib/kernel';
import type { Tx } from '@/lib/platform/transaction';

/** Keeps what entering checkout settled; its shape is checkout's own. */
export async function keepAgreement(tx: Tx, basketId: BasketId, agreement: (typeof baskets.$inferInsert)['checkout']): Promise<void> {
  await tx.update(baskets).set({ checkout: agreement }).where(eq(baskets.id, basketId));
}

/** The basket became an order: one part of the statement that writes the order. */
export function closeBasket(tx: Tx, basketId: BasketId, now: Instant) {
  return tx
    .update(baskets)
    .set({ orderedAt: now, updatedAt: now, checkout: null })
    .where(eq(baskets.id, basketId))
    .returning({ id: baskets.id });
}

/** Its order ended unpaid: the things are the shopper's to order again. */
export async function openBasketAgain(tx: Tx, basketId: BasketId, now: Instant): Promise<void> {
  await tx.update(baskets).set({ orderedAt: null, checkout: null, updatedAt: now }).where(eq(baskets.id, basketId));
}
