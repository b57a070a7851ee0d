import { eq, sql } from 'drizzle-orm';
import { basketLines, baskets } from '@/db/schema';
import type { BasketId, Instant, VoucherId } from '@/lib/kernel';
import type { Tx } from '@/lib/platform/transaction';
import { planned } from '@/lib/platform/transaction';
import type { FoundBasket } from './basket-repository';
import type { BasketFacts } from './solve-basket';
import { chosenPlanOf, poseBasket } from './solve-basket';

type Column = (typeof baskets.$inferInsert)['checkout'];

/** Keeps what entering checkout settled, and what was chosen with it; the column's shape is checkout's own. */
export async function keepAgreement(
  tx: Tx,
  { basket, lines }: FoundBasket,
  { checkout, changed }: { readonly checkout: Column; readonly changed: boolean },
): Promise<void> {
  const { plan, previousPlan, methodByShop } = basket;
  const chosen = changed ? { plan, previousPlan, methodByShop } : {};
  await tx
    .update(baskets)
    .set({ checkout, ...chosen })
    .where(sql`${planned} ${eq(baskets.id, basket.id)}`);
  for (const line of changed ? lines.filter((one) => one.isBound) : [])
    await tx.update(basketLines).set({ shopChosen: true, offerId: line.offerId }).where(eq(basketLines.id, line.id));
}

/** The hold lasts longer; what was agreed stays. */
export async function extendAgreement(tx: Tx, basketId: BasketId, checkout: Column): Promise<void> {
  await tx.update(baskets).set({ checkout }).where(eq(baskets.id, basketId));
}

/**
 * Who chooses how a shop brings things chose the shop: what the chosen plan takes from it stays with it. Solves only when a line of the
 * basket is still free to move.
 */
export function bindLines(facts: BasketFacts, methods: readonly { readonly shopId: string }[]): BasketFacts {
  if (methods.length === 0 || facts.found.lines.every((line) => line.shopChosen)) return facts;
  const plan = chosenPlanOf(poseBasket(facts));
  const items = (plan?.parts ?? []).flatMap((part) => (methods.some(({ shopId }) => shopId === part.shopId) ? part.items : []));
  const lines = facts.found.lines.map((line) => {
    const item = items.find((one) => one.lineId === line.id);
    if (!item || line.shopChosen) return line;
    const isFree = !facts.found.lines.some((other) => other.id !== line.id && other.offerId === item.offerId);
    const shownShopId = plan?.parts.find((part) => part.items.includes(item))?.shopId ?? line.shownShopId;
    return { ...line, shopChosen: true, isBound: true, shownShopId, ...(isFree ? { offerId: item.offerId } : {}) };
  });
  return { ...facts, found: { ...facts.found, lines } };
}

/** Which vouchers are brought to pay with, in this order. */
export async function bringVouchers(tx: Tx, basketId: BasketId, voucherIds: readonly VoucherId[]): Promise<void> {
  await tx.update(baskets).set({ voucherIds }).where(eq(baskets.id, basketId));
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
