import type { BasketFacts, BasketPlan, PlanPart } from '@/lib/basket';
import { extendAgreement, lockOpenBasket } from '@/lib/basket';
import { offerOrder } from '@/lib/fulfilment';
import type { DomainEvent, Minor, OrderId, Result, ShopId, ShopperScope } from '@/lib/kernel';
import { err, minor, ok, sumMinor } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import { appendEvents } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import type { TooManySetAsides } from '@/lib/set-aside';
import { checkSetAsideLimits, mayBeSetAside } from '@/lib/set-aside';
import type { ShopBook } from '@/lib/shops';
import { onlySetsAside } from '@/lib/shops';
import { readAgreement } from './agreement';

/** The parts that are paid before, and what is paid for them; the others are paid in their shop. */
export type ToPay = { readonly goodsMinor: Minor; readonly deliveryMinor: Minor; readonly totalMinor: Minor };

/** The shops of a plan whose part may be paid in the shop, in the plan's order. */
export function setAsideOffers(plan: BasketPlan, { found, book }: BasketFacts): readonly ShopId[] {
  return plan.parts.filter((part) => isOffered(part, { found, book })).map((part) => part.shopId);
}

/** Whose parts are paid in the shop: those of shops that cannot be paid before, and of the others where it was wished. */
export function setAsidesOf(plan: BasketPlan, { book }: Pick<BasketFacts, 'book'>, wished: readonly ShopId[]): readonly ShopId[] {
  const shopIds = plan.parts.map((part) => part.shopId);
  return [...new Set([...shopIds.filter((shopId) => isOnlyThere(shopId, book)), ...wished])];
}

export function isOnlyThere(shopId: ShopId, book: ShopBook): boolean {
  const shop = book.get(shopId);
  return shop !== undefined && onlySetsAside(shop);
}

function isOffered(part: PlanPart, { found, book }: Pick<BasketFacts, 'found' | 'book'>): boolean {
  const shop = book.get(part.shopId);
  const lines = part.items.map((item) => ({
    quantity: item.quantity,
    salesUnit: found.lines.find((line) => line.id === item.lineId)?.salesUnit ?? ('each' as const),
  }));
  return shop !== undefined && mayBeSetAside({ method: part.method, goodsMinor: part.goodsMinor, lines }, shop.services);
}

/** Something was to be paid in a shop that does not offer it for this, or this person may not have it set aside. */
export type SetAsideNotAllowed = { readonly kind: 'not-set-aside' } | TooManySetAsides;

/**
 * Whose part is paid in the shop: what is wished, or what was said on the order's page and can still be had. Errors: `not-set-aside`, and
 * those of the limits.
 */
export async function decideSetAside(
  tx: Tx,
  plan: BasketPlan,
  { facts, wished, ...person }: SetAsideWish,
): Promise<Result<readonly ShopId[], SetAsideNotAllowed>> {
  const offered = setAsideOffers(plan, facts);
  const said = wished ?? readAgreement(facts.found.basket.checkout).setAside.filter((shopId) => offered.includes(shopId));
  const shopIds = setAsidesOf(plan, facts, said);
  if (shopIds.some((shopId) => !offered.includes(shopId))) return err({ kind: 'not-set-aside' });
  const allowed = await checkSetAsideLimits(tx, { ...person, shopIds }, facts.book.now);
  return allowed.ok ? ok(shopIds) : allowed;
}

export type SetAsideWish = {
  readonly facts: BasketFacts;
  readonly wished: readonly ShopId[] | undefined;
  readonly email: string;
  readonly phone: string | undefined;
};

/** Nothing of the order is paid before: its shops are asked at once. False when its units are gone; the caller rolls back then. */
export async function offerUnpaid(
  tx: Tx,
  { orderId, book, by }: { readonly orderId: OrderId; readonly book: ShopBook; readonly by: Parameters<typeof appendEvents>[2] },
  ports: Ports,
): Promise<boolean> {
  const tell = (events: readonly DomainEvent[]) =>
    appendEvents(tx, [...events, { name: 'SetAsideConfirmed', subject: orderId, facts: {} }], by);
  return (await offerOrder(tx, orderId, ports, { book, tell })).ok;
}

/** What is paid before when these shops are paid in the shop. */
export function toPay(plan: BasketPlan, setAside: readonly ShopId[]): ToPay {
  const paid = plan.parts.filter((part) => !setAside.includes(part.shopId));
  const goodsMinor = sumMinor(paid.map((part) => part.goodsMinor));
  const deliveryMinor = sumMinor(paid.map((part) => part.deliveryMinor));
  return { goodsMinor, deliveryMinor, totalMinor: minor(goodsMinor + deliveryMinor) };
}

export type SetAsideRefusal = { readonly kind: 'basket-not-found' } | { readonly kind: 'promise-gone' };

/** Says of one shop whether its part is paid there or before; what was typed and what is held stay as they are. */
export async function chooseSetAside(
  shopper: ShopperScope,
  { shopId, inShop }: { readonly shopId: ShopId; readonly inShop: boolean },
): Promise<Result<{ readonly setAside: readonly ShopId[] }, SetAsideRefusal>> {
  return observed({ useCase: 'choose-set-aside', actor: shopper.kind, ids: { basketId: shopper.basketId, shopId } }, () =>
    withTransaction(async (tx): Promise<Result<{ readonly setAside: readonly ShopId[] }, SetAsideRefusal>> => {
      const basket = await lockOpenBasket(tx, shopper);
      if (!basket) return err({ kind: 'basket-not-found' });
      const before = readAgreement(basket.checkout);
      if (!before.agreed?.plan.parts.some((part) => part.shopId === shopId)) return err({ kind: 'promise-gone' });
      const others = before.setAside.filter((one) => one !== shopId);
      const setAside = inShop ? [...others, shopId] : others;
      await extendAgreement(tx, basket.id, { ...before, setAside });
      return ok({ setAside });
    }),
  );
}
