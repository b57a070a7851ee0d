import type { BasketPlan } from '@/lib/basket';
import { chosenPlanOf, keepAgreement, lockOpenBasket, poseBasket, problemsOf, readBasketFacts } from '@/lib/basket';
import { extendBasketHold, holdForBasket } from '@/lib/inventory';
import type { Instant, Result, ShopperScope } from '@/lib/kernel';
import { HOUR, MINUTE, err, ok, plusMs } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { withTransaction } from '@/lib/platform/transaction';
import type { Agreement } from './agreement';
import { askedOf, readAgreement } from './agreement';
import type { Shortfall } from './shortfalls';
import { lostTo, shortfallsOf } from './shortfalls';

export const HOLD_MINUTES = 15;

/** A basket may hold units so often an hour: enough for the undecided, too little to empty a shelf for fun. */
const MOST_HOLDS_AN_HOUR = 12;

/** A claim lost to somebody faster is solved again so often before the shopper is told. */
const ATTEMPTS = 3;

export type EnterRefusal =
  | { readonly kind: 'basket-not-found' }
  | { readonly kind: 'basket-empty' }
  /** `wasLost`: the units were there when the plan was solved, and gone when they were claimed. */
  | { readonly kind: 'insufficient-stock'; readonly shortfalls: readonly Shortfall[]; readonly wasLost: boolean }
  | { readonly kind: 'shop-not-selling' }
  | { readonly kind: 'too-many-holds'; readonly retryAt: Instant };

export type Held = { readonly heldUntil: Instant };

type Entered = Result<Held, EnterRefusal>;

/**
 * Settles the chosen plan and holds its units for fifteen minutes. The plan is kept with the basket, so that what is read is what is
 * ordered. Entering again while the hold runs changes nothing; a lost claim is solved again.
 */
export async function enterCheckout(shopper: ShopperScope, ports: Ports = systemPorts): Promise<Entered> {
  return observed({ useCase: 'enter-checkout', actor: shopper.kind, ids: { basketId: shopper.basketId } }, async () => {
    let entered = await attempt(shopper, ports);
    for (let tried = 1; tried < ATTEMPTS && wasLost(entered); tried += 1) entered = await attempt(shopper, ports);
    return entered;
  });
}

function wasLost(entered: Entered): boolean {
  return !entered.ok && entered.error.kind === 'insufficient-stock' && entered.error.wasLost;
}

async function attempt(shopper: ShopperScope, ports: Ports): Promise<Entered> {
  const now = ports.clock.now();
  return withTransaction(async (tx): Promise<Entered> => {
    const basket = await lockOpenBasket(tx, shopper);
    if (!basket) return err({ kind: 'basket-not-found' });
    const before = readAgreement(basket.checkout);
    if (before.agreed && before.heldUntil !== undefined && before.heldUntil > now) return ok({ heldUntil: before.heldUntil });

    const facts = await readBasketFacts(tx, shopper, now);
    if (!facts) return err({ kind: 'basket-not-found' });
    if (facts.found.lines.length === 0) return err({ kind: 'basket-empty' });
    const asked = poseBasket(facts);
    const plan = chosenPlanOf(asked);
    const problems = problemsOf(asked, plan);
    if (!plan && problems.every((problem) => problem.reason === 'shop-closed')) return err({ kind: 'shop-not-selling' });
    if (!plan) return err({ kind: 'insufficient-stock', shortfalls: shortfallsOf(asked, problems), wasLost: false });

    const counted = countHold(before, now);
    if (counted.holds > MOST_HOLDS_AN_HOUR) return err({ kind: 'too-many-holds', retryAt: plusMs(counted.countedFrom, HOUR) });
    const heldUntil = plusMs(now, HOLD_MINUTES * MINUTE);
    const items = plan.parts.flatMap((part) => part.items);
    const held = await holdForBasket(tx, { basketId: basket.id, wanted: items, expiresAt: heldUntil }, ports);
    if (!held.ok) return err({ kind: 'insufficient-stock', shortfalls: lostTo({ facts }, held.error.shortfalls, items), wasLost: true });
    await keepAgreement(tx, basket.id, {
      ...counted,
      agreed: { at: now, plan: mutable(plan), asked: askedOf(asked) },
      heldUntil,
      isExtended: false,
    });
    return ok({ heldUntil });
  });
}

function countHold(before: Agreement, now: Instant) {
  const isCounting = before.countedFrom !== undefined && before.countedFrom > now - HOUR;
  return isCounting && before.countedFrom !== undefined
    ? { holds: before.holds + 1, countedFrom: before.countedFrom }
    : { holds: 1, countedFrom: now };
}

/** The parsed form of a plan; the same content. */
function mutable(plan: BasketPlan): NonNullable<Agreement['agreed']>['plan'] {
  return {
    ...plan,
    kinds: [...plan.kinds],
    missing: [...plan.missing],
    parts: plan.parts.map((part) => ({ ...part, items: [...part.items] })),
  };
}

export type ExtendRefusal = { readonly kind: 'basket-not-found' } | { readonly kind: 'cannot-extend' };

/** Fifteen minutes more, once a hold, while it still runs. */
export async function extendHold(shopper: ShopperScope, ports: Ports = systemPorts): Promise<Result<Held, ExtendRefusal>> {
  return observed({ useCase: 'extend-hold', actor: shopper.kind, ids: { basketId: shopper.basketId } }, () =>
    withTransaction(async (tx): Promise<Result<Held, ExtendRefusal>> => {
      const basket = await lockOpenBasket(tx, shopper);
      if (!basket) return err({ kind: 'basket-not-found' });
      const before = readAgreement(basket.checkout);
      if (before.heldUntil === undefined || before.heldUntil <= ports.clock.now() || before.isExtended)
        return err({ kind: 'cannot-extend' });
      const heldUntil = plusMs(before.heldUntil, HOLD_MINUTES * MINUTE);
      await extendBasketHold(tx, basket.id, heldUntil);
      await keepAgreement(tx, basket.id, { ...before, heldUntil, isExtended: true });
      return ok({ heldUntil });
    }),
  );
}
