import { eq } from 'drizzle-orm';
import type { Chance } from '@/db/seed';
import { chanceOf } from '@/db/seed';
import type { subOrders } from '@/db/schema';
import { orderLines } from '@/db/schema';
import { acceptSubOrder, despatch, handOver, markDelivered, markReady, refuseSubOrder, startPreparing, tickLine } from '@/lib/fulfilment';
import type { Instant, ShopScope } from '@/lib/kernel';
import { DAY, HOUR, MINUTE, instant, plusMs } from '@/lib/kernel';
import { capturePayment, returnMoney } from '@/lib/payments';
import { reader } from '@/lib/platform/transaction';
import type { Replay, Step } from './replay-step';
import { portsAt } from './replay-step';

export type SubOrder = typeof subOrders.$inferSelect;

type Part = {
  readonly replay: Replay;
  readonly subOrder: SubOrder;
  readonly lane: string;
  readonly chance: Chance;
  readonly scope: ShopScope;
};

const step = (part: Part, name: string, at: Instant, run: () => Promise<readonly Step[]>): Step => ({
  at,
  lane: part.lane,
  name: `${part.subOrder.number}:${name}`,
  run,
});
const ports = ({ replay, subOrder }: Part, name: string, at: Instant) => portsAt(replay.seed, `${subOrder.number}:${name}`, at);

/** What one shop does with its part of an order: answers in its opening minutes, prepares, hands over; sometimes it cannot. */
export function serveSubOrder(replay: Replay, subOrder: SubOrder, lane: string): Step {
  const chance = chanceOf(replay.seed, 'service', subOrder.number);
  const personId = replay.people.get(subOrder.shopId);
  if (!personId) throw new Error('every shop has an owner');
  const part: Part = { replay, subOrder, lane, chance, scope: { kind: 'shop', shopId: subOrder.shopId, personId, role: 'owner' } };
  const answerAt = answerTime(subOrder, replay.acceptanceMinutes.get(subOrder.shopId) ?? 30, chance);
  return step(part, 'answer', answerAt, () => answer(part, answerAt));
}

/**
 * The deadline counts opening minutes, so as many minutes before it lie in opening hours, whenever the order was placed. Shops mostly answer
 * early in them, and in time for what was promised.
 */
function answerTime({ acceptBy, stateChangedAt, promisedFrom }: SubOrder, minutes: number, chance: Chance): Instant {
  const deadline = acceptBy ?? plusMs(stateChangedAt, minutes * MINUTE);
  const first = deadline - Math.min((minutes - 1) * MINUTE, deadline - stateChangedAt - MINUTE);
  const last = Math.max(first + MINUTE, Math.min(deadline - MINUTE, promisedFrom - 6 * MINUTE));
  return instant(Math.round(first + (last - first) * chance.next() ** 1.6));
}

async function answer(part: Part, at: Instant): Promise<readonly Step[]> {
  const { replay, subOrder, scope, chance } = part;
  if (chance.isBelow(0.012)) return []; // nobody looked: the round ends it at its deadline
  if (chance.isBelow(0.035)) {
    const reason = chance.pick(['missing', 'missing', 'missing', 'overloaded', 'closing', 'other'] as const);
    const refused = await refuseSubOrder(scope, { subOrderId: subOrder.id, reason }, ports(part, 'answer', at));
    if (refused.ok) replay.tally.refusedByShop += 1;
    await capturePayment(subOrder.orderId, ports(part, 'capture', at));
    return [];
  }
  const accepted = await acceptSubOrder(scope, subOrder.id, ports(part, 'answer', at));
  if (!accepted.ok) return [];
  await capturePayment(subOrder.orderId, ports(part, 'capture', at));
  const readyAt = readyTime(part, at);
  const ready = step(part, 'ready', readyAt, () => makeReady(part, readyAt));
  if (chance.isBelow(0.6)) return [ready]; // many counters tap once, when all is in the bag
  const startAt = instant(Math.round(at + (readyAt - at) * 0.6));
  const start = step(part, 'start', startAt, async () => {
    await startPreparing(scope, subOrder.id, ports(part, 'start', startAt));
    return [];
  });
  return [start, ready];
}

/** Mostly a while before the promised hour; one in fifteen is late. */
function readyTime({ subOrder, chance }: Part, from: Instant): Instant {
  const soonest = from + 4 * MINUTE;
  if (chance.isBelow(0.065)) return instant(Math.max(soonest, subOrder.promisedFrom + chance.between(5, 50) * MINUTE));
  const promised = Math.max(soonest, subOrder.promisedFrom - 2 * MINUTE);
  const lead = Math.min(promised - soonest, 90 * MINUTE);
  return instant(Math.round(promised - lead * chance.next()));
}

async function makeReady(part: Part, at: Instant): Promise<readonly Step[]> {
  const { subOrder, scope, chance } = part;
  const lines = await reader().select().from(orderLines).where(eq(orderLines.subOrderId, subOrder.id)).orderBy(orderLines.id);
  const missing = lines.length > 1 && chance.isBelow(0.02) ? lines[0] : undefined;
  for (const line of lines) {
    await tickLine(
      scope,
      { lineId: line.id, pickedQuantity: line.id === missing?.id ? 0 : line.quantity },
      ports(part, `tick-${line.id}`, at),
    );
  }
  const bag = chance.isBelow(0.6) ? String(chance.between(1, 12)) : undefined;
  const ready = await markReady(scope, { subOrderId: subOrder.id, bag, withMissing: missing !== undefined }, ports(part, 'ready', at));
  if (!ready.ok) return [];
  if (missing) await returnMoney(subOrder.orderId, ports(part, 'return', at));
  return subOrder.method === 'pickup' ? [collect(part, at)] : [bring(part, at)];
}

/** Collected from the promised hour on: most within the afternoon, some the next day. */
function collect(part: Part, readyAt: Instant): Step {
  const { replay, subOrder, scope, chance } = part;
  const first = Math.max(readyAt + 5 * MINUTE, subOrder.promisedFrom);
  const at = instant(
    Math.round(first + (chance.isBelow(0.7) ? chance.next() * 2.5 * HOUR : DAY * chance.between(0, 2) + chance.next() * 2 * HOUR)),
  );
  return step(part, 'collect', at, async () => {
    const given = await handOver(
      scope,
      { subOrderId: subOrder.id, proof: { pass: subOrder.pickupCode }, ageChecked: true },
      ports(part, 'collect', at),
    );
    if (given.ok) replay.tally.handedOver += 1;
    return [];
  });
}

/** A rider within the promised window, a parcel by the end of it. */
function bring(part: Part, readyAt: Instant): Step {
  const { replay, subOrder, scope, chance } = part;
  const leaves = plusMs(readyAt, chance.between(5, 40) * MINUTE);
  const window = (subOrder.promisedTo ?? plusMs(subOrder.promisedFrom, 3 * HOUR)) - subOrder.promisedFrom;
  const arrives = instant(Math.round(Math.max(leaves + 12 * MINUTE, subOrder.promisedFrom + window * chance.next() * 1.04)));
  return step(part, 'despatch', leaves, async () => {
    const left = await despatch(scope, subOrder.id, ports(part, 'despatch', leaves));
    if (!left.ok) return [];
    return [
      step(part, 'deliver', arrives, async () => {
        const delivered = await markDelivered(scope, subOrder.id, ports(part, 'deliver', arrives));
        if (delivered.ok) replay.tally.handedOver += 1;
        return [];
      }),
    ];
  });
}
