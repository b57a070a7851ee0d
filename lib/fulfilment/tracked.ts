import type { orders, subOrderEvents, subOrders } from '@/db/schema';
import type { Instant } from '@/lib/kernel';
import { minor, sumMinor } from '@/lib/kernel';
import type { SubOrderState } from '@/lib/oms';
import { shopperStep } from '@/lib/oms';
import type { ShopBook, ShopFacts } from '@/lib/shops';
import { intervalsOnDay, openState } from '@/lib/shops';
import { canBeCancelled } from './end-sub-order';
import { passTokenOf } from './pass-token';
import { SWITCHED } from './replace-part';
import { isLate } from './queue-card';
import type {
  ChangeView,
  PickLineView,
  RescueView,
  StepView,
  TrackedLineView,
  TrackedShopView,
  TrackedSubOrderView,
  TrackingHeadView,
} from './views';
import { trackingSteps } from './views';

type SubOrderRow = typeof subOrders.$inferSelect;
type EventRow = typeof subOrderEvents.$inferSelect;

/** The shop as whoever fetches something needs it. */
export function trackedShop(shop: ShopFacts, now: Instant): TrackedShopView {
  const { isOpen, changesAt } = openState(shop, now);
  return {
    name: shop.name,
    slug: shop.slug,
    awning: shop.awning,
    street: shop.street,
    postcode: shop.postcode,
    town: shop.town,
    phone: shop.phone,
    latitude: shop.at.latitude,
    longitude: shop.at.longitude,
    isOpen,
    changesAt,
    openToday: intervalsOnDay(shop.openings, now, shop.timeZone),
  };
}

/** A line without what only the counter needs. */
export function trackedLine({ lineId: _line, listingId: _listing, shelf: _shelf, ...line }: PickLineView): TrackedLineView {
  return line;
}

/** What a living part still brings; what it lost is told by its rescue. */
function livingLines(lines: readonly PickLineView[], hasEnded: boolean): readonly TrackedLineView[] {
  if (hasEnded) return lines.map(trackedLine);
  return lines
    .filter((line) => line.refusedQuantity < line.quantity)
    .map((line) => ({ ...trackedLine(line), quantity: line.quantity - line.refusedQuantity, totalMinor: line.owedMinor }));
}

function stepsOf(events: readonly EventRow[], placedAt: Instant): readonly StepView[] {
  return trackingSteps.map((name) => ({
    name,
    at: name === 'received' ? placedAt : events.find((event) => shopperStep(event.toState) === name)?.occurredAt,
  }));
}

const stepNumbers = [1, 2, 3, 4, 5] as const;

/** The step reached; for what ended early the last one before the end. */
function stepNumber(state: SubOrderState, steps: readonly StepView[]): 1 | 2 | 3 | 4 | 5 {
  const step = shopperStep(state);
  const reached = step === 'ended' ? steps.findLastIndex((one) => one.at !== undefined) : trackingSteps.indexOf(step);
  return stepNumbers[Math.max(0, reached)] ?? 1;
}

type Changed = Pick<TrackedFacts, 'subOrder' | 'owedMinor' | 'rescues'>;

/** Why what the shopper gets is not what was ordered, and which money is not kept for it. */
function changeOf({ subOrder, owedMinor, rescues }: Changed, now: Instant): ChangeView | undefined {
  const { state, totalMinor, rescueMinor, stateChangedAt } = subOrder;
  const living = rescues.filter((rescue) => rescue.state !== 'refunded');
  const told = sumMinor(living.map((rescue) => rescue.amountMinor));
  const notTakenMinor = subOrder.isSetAside ? minor(0) : minor(Math.max(0, totalMinor - rescueMinor - owedMinor - told));
  if (living.length > 0 && (state === 'refused' || state === 'unanswered')) return { kind: 'moved', at: stateChangedAt, notTakenMinor };
  switch (state) {
    case 'cancelled':
      return { kind: subOrder.refusalReason === SWITCHED ? 'switched' : 'cancelled', at: stateChangedAt, notTakenMinor };
    case 'refused':
    case 'unanswered':
    case 'expired':
    case 'uncollected':
      return { kind: state, at: stateChangedAt, notTakenMinor };
    case 'placed':
    case 'offered':
      return undefined;
    default:
      if (notTakenMinor > 0) return { kind: 'less', at: stateChangedAt, notTakenMinor };
      return isLate(subOrder, now) ? { kind: 'late', at: subOrder.promisedTo ?? subOrder.promisedFrom, notTakenMinor } : undefined;
  }
}

export type TrackedFacts = {
  readonly order: typeof orders.$inferSelect;
  readonly subOrder: SubOrderRow;
  readonly lines: readonly PickLineView[];
  readonly events: readonly EventRow[];
  readonly owedMinor: number;
  /** What of this part looks, or looked, for another shop. */
  readonly rescues: readonly RescueView[];
  readonly book: ShopBook;
};

/** One part of the order as its shopper sees it; undefined when its shop is no more. */
export function trackedSubOrder({
  order,
  subOrder,
  lines,
  events,
  owedMinor,
  rescues,
  book,
}: TrackedFacts): TrackedSubOrderView | undefined {
  const shop = book.get(subOrder.shopId);
  if (!shop) return undefined;
  const now = book.now;
  const steps = stepsOf(events, order.placedAt);
  const hasEnded = shopperStep(subOrder.state) === 'ended';
  const isFetched = subOrder.method === 'pickup' && order.paidAt !== null && !hasEnded;
  const isBrought = subOrder.method === 'courier' && subOrder.state === 'despatched';
  return {
    subOrderId: subOrder.id,
    number: subOrder.number,
    state: subOrder.state,
    step: stepNumber(subOrder.state, steps),
    steps,
    hasEnded,
    shop: trackedShop(shop, now),
    method: subOrder.method,
    isSetAside: subOrder.isSetAside,
    promisedFrom: subOrder.promisedFrom,
    promisedTo: subOrder.promisedTo ?? undefined,
    keptUntil: subOrder.keptUntil ?? undefined,
    isLate: isLate(subOrder, now),
    lines: livingLines(lines, hasEnded),
    goodsMinor: subOrder.goodsMinor,
    deliveryMinor: subOrder.deliveryMinor,
    totalMinor: hasEnded ? subOrder.totalMinor : minor(owedMinor || subOrder.totalMinor - subOrder.rescueMinor),
    pickupCode: isFetched || isBrought ? subOrder.pickupCode : undefined,
    passToken: isFetched ? passTokenOf(subOrder.number) : undefined,
    canCancel: canBeCancelled(subOrder.state),
    canSwitch: order.paidAt !== null && canBeCancelled(subOrder.state) && subOrder.rescueMinor === 0 && rescues.length === 0,
    change: changeOf({ subOrder, owedMinor, rescues }, now),
  };
}

/** What the head line says about the whole order. */
export function trackingHead(
  order: Pick<typeof orders.$inferSelect, 'paidAt'>,
  parts: readonly TrackedSubOrderView[],
  rescues: readonly RescueView[],
): TrackingHeadView {
  const living = parts.filter((part) => !part.hasEnded);
  const done = living.filter((part) => part.step === 5);
  const readyOrDone = living.filter((part) => part.step >= 4);
  const rest = living.filter((part) => part.step < 4).toSorted((a, b) => b.promisedFrom - a.promisedFrom)[0];
  const counts = {
    living: living.length,
    readyOrDone: readyOrDone.length,
    done: done.length,
    restFrom: rest?.promisedFrom,
    restTo: rest?.promisedTo,
  };
  if (living.length === 0 && rescues.some(({ state }) => state !== 'rescued' && state !== 'refunded'))
    return { ...counts, state: 'undecided' };
  if (living.length === 0) return { ...counts, state: parts.every((part) => part.state === 'expired') ? 'expired' : 'ended' };
  if (order.paidAt === null) return { ...counts, state: 'unpaid' };
  if (done.length === living.length) return { ...counts, state: 'completed' };
  if (readyOrDone.length === living.length) return { ...counts, state: 'ready' };
  return { ...counts, state: living.every((part) => part.step === 1) ? 'waiting' : 'in-progress' };
}

/** Money of a whole payment given back so far. */
export function refundedOf(shares: readonly { readonly refundedMinor: number }[]) {
  return sumMinor(shares.map((share) => share.refundedMinor));
}
