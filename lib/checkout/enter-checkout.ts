import type { BasketFacts, BasketPlan } from '@/lib/basket';
import {
  bindLines,
  chosenPlanOf,
  extendAgreement,
  findBasketToChange,
  keepAgreement,
  lockOpenBasket,
  poseBasket,
  problemsOf,
} from '@/lib/basket';
import { extendBasketHold, holdForBasket } from '@/lib/inventory';
import type { PlanKind } from '@/lib/basket/views';
import type { Currency, Instant, Result, ShopId, ShopperScope } from '@/lib/kernel';
import { HOUR, MINUTE, err, ok, plusMs } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import type { Method } from '@/lib/promise';
import { loadShopBook } from '@/lib/shops';
import { loadSettings, readCandidates } from '@/lib/sourcing';
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

/** What was settled, for whoever reads no page. */
export type HeldPlan = Held & { readonly plan: BasketPlan; readonly currency: Currency };

type Entered = Result<HeldPlan, EnterRefusal | MethodNotOffered>;

export type MethodNotOffered = { readonly kind: 'method-not-offered' };

/** How everything is to be received, said together with the hold. */
export type HoldChoices = {
  readonly plan?: PlanKind | undefined;
  readonly methods: readonly { readonly shopId: ShopId; readonly method: Method }[];
};

const noChoices: HoldChoices = { methods: [] };

/**
 * Settles the chosen plan and holds its units for fifteen minutes. The plan is kept with the basket, so that what is read is what is
 * ordered. Entering again while the hold runs changes nothing; a lost claim is solved again.
 */
export async function enterCheckout(shopper: ShopperScope, ports: Ports = systemPorts): Promise<Result<Held, EnterRefusal>> {
  const entered = await holdBasket(shopper, noChoices, ports);
  if (entered.ok) return ok({ heldUntil: entered.value.heldUntil });
  return entered.error.kind === 'method-not-offered' ? err({ kind: 'shop-not-selling' }) : err(entered.error);
}

/** The same, with how everything is received chosen in the same breath. */
export async function holdBasket(shopper: ShopperScope, choices: HoldChoices, ports: Ports = systemPorts): Promise<Entered> {
  return observed({ useCase: 'enter-checkout', actor: shopper.kind, ids: { basketId: shopper.basketId } }, async () => {
    let entered = await attempt(shopper, choices, ports);
    for (let tried = 1; tried < ATTEMPTS && wasLost(entered); tried += 1) entered = await attempt(shopper, choices, ports);
    return entered;
  });
}

function wasLost(entered: Entered): boolean {
  return !entered.ok && entered.error.kind === 'insufficient-stock' && entered.error.wasLost;
}

async function attempt(shopper: ShopperScope, choices: HoldChoices, ports: Ports): Promise<Entered> {
  const now = ports.clock.now();
  const [book, settings] = await Promise.all([loadShopBook(now), loadSettings(now)]); // a second old at most; placing the order asks about its shops again
  return withTransaction(async (tx): Promise<Entered> => {
    const before = await findBasketToChange(tx, shopper);
    if (!before || before.basket.orderedAt !== null) return err({ kind: 'basket-not-found' });
    const chosen = withChoices({ found: before, candidates: [], book, settings }, choices);
    if (!chosen.ok) return chosen;
    const agreement = readAgreement(before.basket.checkout);
    const isSame = chosen.value === before && agreement.heldUntil !== undefined && agreement.heldUntil > now;
    if (agreement.agreed && agreement.heldUntil !== undefined && isSame)
      return ok({ heldUntil: agreement.heldUntil, plan: agreement.agreed.plan, currency: book.city.currency });
    if (before.lines.length === 0) return err({ kind: 'basket-empty' });
    const facts = { found: chosen.value, candidates: await readCandidates(tx, before.basket.id, now), book, settings };
    return settle(tx, { facts: bindLines(facts, choices.methods), agreement, now, changed: chosen.value !== before }, ports);
  });
}

type Settling = { readonly facts: BasketFacts; readonly agreement: Agreement; readonly now: Instant; readonly changed: boolean };

/** Solves, claims and keeps what was settled. */
async function settle(tx: Tx, { facts, agreement, now, changed }: Settling, ports: Ports): Promise<Entered> {
  const { basket } = facts.found;
  const asked = poseBasket(facts);
  const plan = chosenPlanOf(asked);
  const problems = problemsOf(asked, plan);
  if (!plan && problems.every((problem) => problem.reason === 'shop-closed')) return err({ kind: 'shop-not-selling' });
  if (!plan) return err({ kind: 'insufficient-stock', shortfalls: shortfallsOf(asked, problems), wasLost: false });

  const counted = countHold(agreement, now);
  if (counted.holds > MOST_HOLDS_AN_HOUR) return err({ kind: 'too-many-holds', retryAt: plusMs(counted.countedFrom, HOUR) });
  const heldUntil = plusMs(now, HOLD_MINUTES * MINUTE);
  const items = plan.parts.flatMap((part) => part.items);
  const agreed = { at: now, plan: mutable(plan), asked: askedOf(asked) };
  const checkout = { ...counted, agreed, heldUntil, isExtended: false, setAside: agreement.setAside };
  // In one journey: where the units are gone, what was kept is rolled back with the rest.
  const [held] = await Promise.all([
    holdForBasket(tx, { basketId: basket.id, wanted: items, expiresAt: heldUntil }, ports),
    keepAgreement(tx, facts.found, { checkout, changed }),
  ]);
  if (!held.ok) return err({ kind: 'insufficient-stock', shortfalls: lostTo({ facts }, held.error.shortfalls, items), wasLost: true });
  return ok({ heldUntil, plan, currency: facts.book.city.currency });
}

/** The basket with what was chosen; the very same when nothing is new. Errors: `method-not-offered`. */
function withChoices({ found, book }: BasketFacts, { plan, methods }: HoldChoices): Result<BasketFacts['found'], MethodNotOffered> {
  const { basket } = found;
  if (methods.some(({ shopId, method }) => !book.get(shopId)?.services[method])) return err({ kind: 'method-not-offered' });
  const isNew =
    (plan !== undefined && plan !== basket.plan) || methods.some(({ shopId, method }) => basket.methodByShop[shopId] !== method);
  if (!isNew) return ok(found);
  const methodByShop = { ...basket.methodByShop, ...Object.fromEntries(methods.map(({ shopId, method }) => [shopId, method])) };
  const previousPlan = plan === undefined || plan === basket.plan ? basket.previousPlan : basket.plan;
  return ok({ ...found, basket: { ...basket, plan: plan ?? basket.plan, previousPlan, methodByShop } });
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
      await extendAgreement(tx, basket.id, { ...before, heldUntil, isExtended: true });
      return ok({ heldUntil });
    }),
  );
}
