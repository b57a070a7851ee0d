import type { orders, subOrders } from '@/db/schema';
import type { Instant } from '@/lib/kernel';
import { MINUTE } from '@/lib/kernel';
import { shopperStep } from '@/lib/oms';
import type { PickLineView, QueueCardView } from './views';

type CardFacts = {
  readonly subOrder: typeof subOrders.$inferSelect;
  readonly order: Pick<typeof orders.$inferSelect, 'shopperName' | 'paidAt'>;
  readonly lines: readonly PickLineView[];
  readonly now: Instant;
};

/** "Camille Roux" becomes "Camille R.": enough to call somebody, no more than the counter needs. */
export function shortName(name: string): string {
  const [first = '', ...others] = name.trim().split(/\s+/);
  const last = others.at(-1);
  return last === undefined ? first : `${first} ${[...last][0] ?? ''}.`;
}

/** Promised times already behind us while the goods are not there yet. */
export function isLate(
  subOrder: Pick<typeof subOrders.$inferSelect, 'state' | 'method' | 'promisedFrom' | 'promisedTo'>,
  now: Instant,
): boolean {
  const step = shopperStep(subOrder.state);
  if (step === 'done' || step === 'ended' || subOrder.state === 'placed') return false;
  if (subOrder.method === 'pickup') return step !== 'ready' && subOrder.promisedFrom < now;
  return (subOrder.promisedTo ?? subOrder.promisedFrom) < now;
}

const SOON_MINUTES = 30;
const SOON_SHARE_BPS = 5_000;

function urgencyOf(subOrder: CardFacts['subOrder'], usedBps: number | undefined, now: Instant): QueueCardView['urgency'] {
  if (usedBps !== undefined) return usedBps >= 10_000 ? 'late' : usedBps >= SOON_SHARE_BPS ? 'soon' : 'calm';
  if (isLate(subOrder, now)) return 'late';
  const isWaiting = subOrder.state === 'ready' || subOrder.state === 'despatched';
  return !isWaiting && subOrder.promisedFrom - now < SOON_MINUTES * MINUTE ? 'soon' : 'calm';
}

function answerTimeUsed({ state, acceptBy, stateChangedAt }: CardFacts['subOrder'], now: Instant): number | undefined {
  if (state !== 'offered' || acceptBy === null) return undefined;
  const whole = Math.max(1, acceptBy - stateChangedAt);
  return Math.max(0, Math.min(10_000, Math.round(((now - stateChangedAt) * 10_000) / whole)));
}

/** The card of a sub-order on the counter. */
export function queueCard({ subOrder, order, lines, now }: CardFacts): QueueCardView {
  const usedBps = answerTimeUsed(subOrder, now);
  const ages = lines.flatMap((line) => line.minimumAge ?? []);
  return {
    subOrderId: subOrder.id,
    number: subOrder.number,
    state: subOrder.state,
    shopperName: shortName(order.shopperName),
    method: subOrder.method,
    isSetAside: subOrder.isSetAside,
    articleCount: lines.reduce((sum, line) => sum + (line.salesUnit === 'each' ? line.quantity - line.refusedQuantity : 1), 0),
    pickedLines: lines.filter((line) => line.pickedQuantity !== undefined).length,
    lineCount: lines.length,
    totalMinor: subOrder.totalMinor,
    currency: subOrder.currency,
    offeredAt: order.paidAt ?? undefined,
    acceptBy: subOrder.acceptBy ?? undefined,
    answerTimeUsedBps: usedBps,
    urgency: urgencyOf(subOrder, usedBps, now),
    promisedFrom: subOrder.promisedFrom,
    promisedTo: subOrder.promisedTo ?? undefined,
    keptUntil: subOrder.keptUntil ?? undefined,
    bag: subOrder.bag ?? undefined,
    minimumAge: ages.length > 0 ? Math.max(...ages) : undefined,
    titles: lines.map((line) => line.title),
  };
}
