import type { BasketFacts, BasketPlan } from '@/lib/basket';
import { chosenPlanOf, findBasketToChange, placeOf, poseBasket, problemsOf } from '@/lib/basket';
import { takeOverHold } from '@/lib/inventory';
import type { BasketLineId, Instant, Minor, Result, ShopId, ShopperScope } from '@/lib/kernel';
import { MINUTE, err, ok, plusMs } from '@/lib/kernel';
import type { IdempotencyKey } from '@/lib/platform/idempotency';
import { findAnswer, idempotencyKey } from '@/lib/platform/idempotency';
import { token } from '@/lib/platform/ids';
import { observed } from '@/lib/platform/log';
import { appendEvents } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { reader, withTransaction } from '@/lib/platform/transaction';
import type { ShopBook } from '@/lib/shops';
import { courierReach, loadShopBook, readShopsAgain, takesOrdersAt } from '@/lib/shops';
import type { RoutingSettings } from '@/lib/sourcing';
import { loadSettings, readCandidates } from '@/lib/sourcing';
import type { ClaimTendersRefusal } from '@/lib/wallet';
import { writeTenders } from '@/lib/wallet';
import type { AgreedPlan } from './agreement';
import { answeredOf, askedOf, readAgreement, recentAgreement } from './agreement';
import { enterCheckout } from './enter-checkout';
import { forgetAgreement } from './forget-agreement';
import type { PlaceOrderCommand } from './place-order-command';
import type { PlacedOrder } from './order-repository';
import { orderRow } from './order-row';
import { findOrderOfBasket, placedBefore, writeOrder } from './order-repository';
import type { Shortfall } from './shortfalls';
import { lostTo, shortfallsOf } from './shortfalls';
import type { SetAsideNotAllowed } from './set-aside';
import { decideSetAside, offerUnpaid, toPay } from './set-aside';
import { claimsOf, splitOrder } from './split-order';
import { withVouchers } from './tender-positions';

/** Version of the terms a shopper agrees to; it is printed in the confirmation (BO-04). */
export const TERMS_VERSION = '2026-11';

/** How long an order may wait for its payment before its units are free again. */
export const PAYMENT_MINUTES = 15;

export type { PlaceOrderCommand } from './place-order-command';

export type PriceChange = { readonly lineId: BasketLineId; readonly title: string; readonly oldMinor: Minor; readonly newMinor: Minor };

export type PlaceOrderRefusal =
  | { readonly kind: 'basket-not-found' }
  | { readonly kind: 'basket-empty' }
  | { readonly kind: 'insufficient-stock'; readonly shortfalls: readonly Shortfall[] }
  | { readonly kind: 'price-changed'; readonly changes: readonly PriceChange[] }
  | { readonly kind: 'shop-not-selling'; readonly shopNames: readonly string[] }
  /** The plan was read too long ago for its hours to be kept; it has been settled anew. */
  | { readonly kind: 'promise-gone' }
  | { readonly kind: 'age-not-confirmed'; readonly minimumAge: number }
  | SetAsideNotAllowed
  | { readonly kind: 'address-missing' }
  | { readonly kind: 'address-out-of-reach'; readonly shopName: string }
  /** Vouchers pay something else than was read. */
  | { readonly kind: 'vouchers-changed' }
  | ClaimTendersRefusal;

type Outcome = Result<PlacedOrder, PlaceOrderRefusal>;

/** The key stands for an order already, though the basket is open: that order ran out unpaid, and its basket was opened again. */
type AnsweredBefore = { readonly kind: 'answered-before' };

/**
 * Turns a basket and its chosen plan into an order with one sub-order per shop, holding the stock for fifteen minutes of payment.
 * What was agreed on entering checkout is what is ordered, at the prices that were read, or nothing is. The basket's locked row lets one
 * call at a time through, and the key is written with the order: the same key again returns the first answer; a basket that was ordered
 * already returns its order, whatever the key.
 */
export async function placeOrder(shopper: ShopperScope, command: PlaceOrderCommand, ports: Ports = systemPorts): Promise<Outcome> {
  return observed({ useCase: 'place-order', actor: shopper.kind, ids: { basketId: command.basketId } }, async () => {
    const key = idempotencyKey(command.key);
    if (shopper.basketId !== command.basketId || key === undefined) return err({ kind: 'basket-not-found' });
    const now = ports.clock.now();
    // Read before the transaction: one that waits for a second connection may wait for ever.
    const [book, settings] = await Promise.all([loadShopBook(now), loadSettings(now)]);
    const work = { shopper, command, ports, key, book, settings, now, wasAgreed: false };
    const placed = await withTransaction((tx) => placeFrom(tx, work));
    if (placed.ok) return placed;
    if (placed.error.kind === 'answered-before') return ok(placedBefore(await findAnswer(reader(), { caller: command.basketId, key })));
    // What was agreed to can no longer be had: it is settled anew, so that the page shows what can.
    if (work.wasAgreed && isOutdated(placed.error)) await enterAgain(shopper, ports);
    return err(placed.error);
  });
}

type Work = {
  readonly shopper: ShopperScope;
  readonly command: PlaceOrderCommand;
  readonly ports: Ports;
  readonly key: IdempotencyKey;
  /** The city as it was a second ago at most. */
  readonly book: ShopBook;
  readonly settings: RoutingSettings;
  readonly now: Instant;
  wasAgreed: boolean;
};

async function placeFrom(tx: Tx, work: Work): Promise<Result<PlacedOrder, PlaceOrderRefusal | AnsweredBefore>> {
  const { shopper, command, now } = work;
  // Sent together and carried out one after the other: what can be had is read once the basket is locked.
  const [found, candidates] = await Promise.all([findBasketToChange(tx, shopper), readCandidates(tx, command.basketId, now)]);
  if (!found) return err({ kind: 'basket-not-found' });
  if (found.basket.orderedAt !== null) {
    const before = await findOrderOfBasket(tx, command.basketId);
    return before ? ok(before) : err({ kind: 'basket-not-found' });
  }
  const agreed = recentAgreement(found.basket.checkout, now);
  work.wasAgreed = readAgreement(found.basket.checkout).agreed !== undefined;
  if (work.wasAgreed && !agreed) return err({ kind: 'promise-gone' });
  const shops = agreed?.plan.parts.map((part) => part.shopId); // solving anew asks about every shop, confirming about those agreed to
  const [book, settings] = await Promise.all([
    shops ? readShopsAgain(work.book, tx, shops) : loadShopBook(now, tx),
    agreed ? work.settings : loadSettings(now, tx),
  ]);
  const facts = { found, candidates, book, settings };
  const decided = agreed ? confirm(agreed, facts, now) : decide(facts);
  if (!decided.ok) return decided;
  const { email, phone, setAside: wished } = command;
  const setAside = await decideSetAside(tx, decided.value.plan, { facts, wished, email, phone });
  if (!setAside.ok) return setAside;
  if (command.totalSeenMinor !== undefined && command.totalSeenMinor !== toPay(decided.value.plan, setAside.value).totalMinor) {
    work.wasAgreed = true; // something else was read: settle anew what is there now
    return err({ kind: 'promise-gone' });
  }
  const minimumAge = Math.max(0, ...found.lines.map((line) => line.minimumAge ?? 0));
  if (minimumAge > 0 && command.ageConfirmed === false) return err({ kind: 'age-not-confirmed', minimumAge });
  const brought = { ...command, address: command.address ?? (command.isBroughtToPlace ? addressOf(found) : undefined) };
  const reached = reaches(decided.value.plan, facts, brought);
  if (!reached.ok) return reached;
  return record(tx, { facts, decision: { ...decided.value, setAside: setAside.value }, work: { ...work, command: brought }, now });
}

/** Where the basket says things are wanted. */
function addressOf({ basket }: BasketFacts['found']): PlaceOrderCommand['address'] {
  const place = placeOf(basket);
  return place && { label: place.label, ...place.at };
}

type Decision = { readonly plan: BasketPlan; readonly asked: unknown };

/** The plan that was agreed to, if everything it stands on still holds. */
function confirm(agreed: AgreedPlan, facts: BasketFacts, now: Instant): Result<Decision, PlaceOrderRefusal> {
  const holds = stillHolds(agreed.plan, facts, now);
  return holds.ok ? ok({ plan: agreed.plan, asked: agreed.asked }) : holds;
}

/** Where nothing was agreed: the plan chosen in the basket, if all of it can be had at the prices that were shown. */
function decide(facts: BasketFacts): Result<Decision, PlaceOrderRefusal> {
  if (facts.found.lines.length === 0) return err({ kind: 'basket-empty' });
  const posed = poseBasket(facts);
  const plan = chosenPlanOf(posed);
  const problems = problemsOf(posed, plan);
  if (!plan || problems.length > 0) return err({ kind: 'insufficient-stock', shortfalls: shortfallsOf(posed, problems) });
  const changes = changesSince(plan, facts);
  return changes.length > 0 ? err({ kind: 'price-changed', changes }) : ok({ plan, asked: askedOf(posed) });
}

/** Free of effects: every shop still takes orders, every offer is still sold there at the price that was read. */
function stillHolds(plan: BasketPlan, facts: BasketFacts, now: Instant): Result<void, PlaceOrderRefusal> {
  const shut = plan.parts.filter((part) => {
    const shop = facts.book.get(part.shopId);
    return !shop || !takesOrdersAt(shop, now) || !shop.services[part.method];
  });
  if (shut.length > 0) return err({ kind: 'shop-not-selling', shopNames: shut.map((part) => facts.book.get(part.shopId)?.name ?? '') });
  const items = plan.parts.flatMap((part) => part.items);
  const gone = items.filter(
    (item) => !facts.candidates.some((candidate) => candidate.offerId === item.offerId && candidate.locationId === item.locationId),
  );
  if (gone.length > 0)
    return err({
      kind: 'insufficient-stock',
      shortfalls: gone.map((item) => ({ lineId: item.lineId, title: titleOf(facts, item.lineId), wanted: item.quantity, available: 0 })),
    });
  const changes = items.flatMap((item): readonly PriceChange[] => {
    const offer = facts.candidates.find((candidate) => candidate.offerId === item.offerId);
    if (!offer || (offer.priceMinor === item.unitPriceMinor && offer.priceSteps === item.priceSteps)) return [];
    return [{ lineId: item.lineId, title: titleOf(facts, item.lineId), oldMinor: item.unitPriceMinor, newMinor: offer.priceMinor }];
  });
  return changes.length > 0 ? err({ kind: 'price-changed', changes }) : ok(undefined);
}

/** Without an agreed plan: the prices that were shown when things were put into the basket. */
function changesSince(plan: BasketPlan, facts: BasketFacts): readonly PriceChange[] {
  return plan.parts.flatMap((part) =>
    part.items.flatMap((item): readonly PriceChange[] => {
      const line = facts.found.lines.find((candidate) => candidate.id === item.lineId);
      if (!line || line.priceSeenMinor === item.unitPriceMinor || line.offerId !== item.offerId) return [];
      return [{ lineId: line.id, title: line.title, oldMinor: line.priceSeenMinor, newMinor: item.unitPriceMinor }];
    }),
  );
}

function titleOf(facts: BasketFacts, lineId: BasketLineId): string {
  return facts.found.lines.find((line) => line.id === lineId)?.title ?? '';
}

/** What is brought needs an address, and a rider's round has an edge. */
function reaches(plan: BasketPlan, facts: BasketFacts, { address }: PlaceOrderCommand): Result<void, PlaceOrderRefusal> {
  const brought = plan.parts.filter((part) => part.method !== 'pickup');
  if (brought.length === 0) return ok(undefined);
  if (!address) return err({ kind: 'address-missing' });
  for (const part of brought) {
    const shop = facts.book.get(part.shopId);
    if (shop && part.method === 'courier' && !courierReach(shop, address))
      return err({ kind: 'address-out-of-reach', shopName: shop.name });
  }
  return ok(undefined);
}

type Recording = {
  readonly facts: BasketFacts;
  readonly decision: Decision & { readonly setAside: readonly ShopId[] };
  readonly work: Work;
  readonly now: Instant;
};

/** Claims, splits and writes: everything that happens, happens here or not at all. */
async function record(tx: Tx, { facts, decision, work, now }: Recording): Promise<Result<PlacedOrder, PlaceOrderRefusal | AnsweredBefore>> {
  const { shopper, command, ports, key } = work;
  const { plan, setAside } = decision;
  const orderId = ports.ids.make('order');
  const unpaid = splitOrder(plan.parts, facts, { orderId, now, ids: ports.ids, setAside });
  const paying = await withVouchers(tx, unpaid, { facts, command, totalMinor: toPay(plan, setAside).totalMinor, now });
  if (!paying.ok) return paying;
  const { split, tenders, positions } = paying.value;
  const payBy = plusMs(now, PAYMENT_MINUTES * MINUTE);
  const claimed = await takeOverHold(tx, { basketId: command.basketId, lines: claimsOf(split), expiresAt: payBy }, ports);
  if (!claimed.ok)
    return err({
      kind: 'insufficient-stock',
      shortfalls: lostTo(
        { facts },
        claimed.error.shortfalls,
        plan.parts.flatMap((part) => part.items),
      ),
    });

  const orderToken = token();
  const actor = { kind: 'shopper', id: shopper.personId } as const;
  const placed = { name: 'OrderPlaced', subject: orderId, facts: { basketId: command.basketId } } as const;
  const by = { actor, now, ids: ports.ids, quietly: command.isReplayed ?? false };
  const writing = writeOrder(
    tx,
    {
      order: {
        ...orderRow(shopper, command, { facts, toPay: toPay(plan, setAside), now, termsVersion: TERMS_VERSION }),
        id: orderId,
        token: orderToken,
        tenderedMinor: tenders.paidMinor,
        payBy,
      },
      split,
      reservations: claimed.value,
      decision: { asked: decision.asked, answered: answeredOf(plan) },
      actorId: shopper.personId,
      key,
    },
    ports.ids,
  );
  const [number] = await Promise.all([writing, appendEvents(tx, [placed], by)]);
  if (number === undefined) return err({ kind: 'answered-before' });
  await writeTenders(tx, orderId, tenders, { positions, now, ids: ports.ids });
  if (setAside.length === plan.parts.length && !(await offerUnpaid(tx, { orderId, book: facts.book, by }, ports)))
    return err({ kind: 'promise-gone' });
  return ok({ orderId, orderToken, number });
}

function isOutdated({ kind }: PlaceOrderRefusal): boolean {
  return kind === 'price-changed' || kind === 'insufficient-stock' || kind === 'shop-not-selling' || kind === 'promise-gone';
}

async function enterAgain(shopper: ShopperScope, ports: Ports): Promise<void> {
  await forgetAgreement(shopper, ports.clock.now());
  await enterCheckout(shopper, ports);
}
