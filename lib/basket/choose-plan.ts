import { eq, sql } from 'drizzle-orm';
import { basketLines, baskets } from '@/db/schema';
import type { Result, ShopId, ShopperScope } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import type { Method } from '@/lib/promise';
import type { FoundBasket } from './basket-repository';
import type { PartItem } from './basket-plan';
import { lockOpenBasket, touch } from './change-basket';
import { chosenPlanOf, poseBasket, readBasketFacts } from './solve-basket';
import type { PlanKind } from './views';

export type ChooseRefusal =
  { readonly kind: 'basket-not-found' } | { readonly kind: 'nothing-to-undo' } | { readonly kind: 'method-not-offered' };

type Basket = typeof baskets.$inferSelect;

/** One of the ways to receive the basket, applied in one tap; the one before is kept for the undo. */
export async function choosePlan(
  shopper: ShopperScope,
  { plan }: { readonly plan: PlanKind },
  ports: Ports = systemPorts,
): Promise<Result<{ readonly plan: PlanKind }, ChooseRefusal>> {
  return changeBasket('choose-plan', shopper, ports, async (tx, basket) => {
    if (basket.plan !== plan) await tx.update(baskets).set({ plan, previousPlan: basket.plan }).where(eq(baskets.id, basket.id));
    return ok({ plan });
  });
}

/** Back to the plan before the last change. */
export async function undoPlan(
  shopper: ShopperScope,
  ports: Ports = systemPorts,
): Promise<Result<{ readonly plan: PlanKind }, ChooseRefusal>> {
  return changeBasket('undo-plan', shopper, ports, async (tx, basket): Promise<Result<{ readonly plan: PlanKind }, ChooseRefusal>> => {
    const plan = basket.previousPlan;
    if (plan === null) return err({ kind: 'nothing-to-undo' });
    await tx.update(baskets).set({ plan, previousPlan: null }).where(eq(baskets.id, basket.id));
    return ok({ plan });
  });
}

/**
 * "Changer": fixes how one shop's goods are received, in every plan. What this shop supplies at that moment stays with it: who chooses
 * how a shop brings things chose the shop.
 */
export async function chooseMethod(
  shopper: ShopperScope,
  { shopId, method }: { readonly shopId: ShopId; readonly method: Method },
  ports: Ports = systemPorts,
): Promise<Result<{ readonly method: Method }, ChooseRefusal>> {
  return changeBasket('choose-method', shopper, ports, async (tx, basket): Promise<Result<{ readonly method: Method }, ChooseRefusal>> => {
    const facts = await readBasketFacts(tx, shopper, ports.clock.now());
    if (!facts?.book.get(shopId)?.services[method]) return err({ kind: 'method-not-offered' });
    const parts = chosenPlanOf(poseBasket(facts))?.parts.filter((part) => part.shopId === shopId) ?? [];
    const methods = sql`${baskets.methodByShop} || ${JSON.stringify({ [shopId]: method })}::jsonb`;
    await tx.update(baskets).set({ methodByShop: methods }).where(eq(baskets.id, basket.id));
    for (const item of parts.flatMap((part) => part.items)) await bindToShop(tx, facts.found, item);
    return ok({ method });
  });
}

/** The line takes the offer that serves it; unless another line has that offer already, which is bound then all the same. */
async function bindToShop(tx: Tx, { lines }: FoundBasket, item: PartItem): Promise<void> {
  const isFree = !lines.some((line) => line.id !== item.lineId && line.offerId === item.offerId);
  const offer = isFree ? { offerId: item.offerId } : {};
  await tx
    .update(basketLines)
    .set({ shopChosen: true, ...offer })
    .where(eq(basketLines.id, item.lineId));
}

/** Where the shopper wants things; undefined forgets it. */
export async function setPlace(
  shopper: ShopperScope,
  place: { readonly label: string; readonly latitude: number; readonly longitude: number } | undefined,
  ports: Ports = systemPorts,
): Promise<Result<void, ChooseRefusal>> {
  return changeBasket('set-place', shopper, ports, async (tx, basket) => {
    const { label, latitude, longitude } = place ?? {};
    await tx
      .update(baskets)
      .set({ placeLabel: label ?? null, placeLatitude: latitude ?? null, placeLongitude: longitude ?? null })
      .where(eq(baskets.id, basket.id));
    return ok(undefined);
  });
}

function changeBasket<T>(
  useCase: string,
  shopper: ShopperScope,
  { clock }: Ports,
  work: (tx: Tx, basket: Basket) => Promise<Result<T, ChooseRefusal>>,
): Promise<Result<T, ChooseRefusal>> {
  return observed({ useCase, actor: shopper.kind, ids: { basketId: shopper.basketId } }, () =>
    withTransaction(async (tx): Promise<Result<T, ChooseRefusal>> => {
      const basket = await lockOpenBasket(tx, shopper);
      if (!basket) return err({ kind: 'basket-not-found' });
      const outcome = await work(tx, basket);
      if (outcome.ok) await touch(tx, basket.id, clock.now());
      return outcome;
    }),
  );
}
