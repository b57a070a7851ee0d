import type { Instant, Interval } from '@/lib/kernel';
import { DAY, HOUR, MINUTE, instant, plusMs } from '@/lib/kernel';
import { acceptBy, afterOpeningTime } from '@/lib/oms';
import { handOver, pick } from './shelf';
import type { Item, World } from './world';
import { exponential, normal } from './world';

/** What one shop is asked to supply for one errand, together. */
export type Part = { readonly items: readonly Item[] };

/** Why a shop does not serve: the thing is not there, or nobody has time for it. */
export type LostCause = 'missing' | 'unanswered';

type Lost = (world: World, items: readonly Item[], now: Instant, cause: LostCause) => void;

/** The shop is asked; it answers in its opening time, or does not. What it cannot supply goes to `lost`. */
export function askShop(world: World, items: readonly Item[], now: Instant, lost: Lost): void {
  const [first] = items;
  if (!first) return;
  const { shop } = first.offer;
  const scene = world.sceneAt(now);
  for (const item of items) scene.shelfOf(item.offer).claimed += item.quantity;
  world.tally.subOrders += 1;
  const facts = world.run.town.bookAt(now).get(shop.id);
  const habits = world.run.parameters.answer[world.run.town.shops.get(shop.id)?.isSolo === true ? 'solo' : 'staffed'];
  const chance = world.chance('answer', first.journey.errand.key, shop.id, String(first.reroutes));
  const openings = facts?.openings ?? [];
  const deadline = first.sendBy ?? answerBy(openings, now, facts?.acceptanceMinutes ?? 30);
  const minutes = exponential(chance, habits.meanMinutes);
  const isSilent = chance.isBelow(habits.silent);
  const isBusy = chance.isBelow(habits.busy);
  const answersAt = afterOpeningTime(openings, now, Math.round(minutes * MINUTE));
  if (deadline === undefined || answersAt === undefined) return giveUp(world, items, now, lost);
  if (isSilent || answersAt > deadline) return world.agenda.note(deadline, (at) => giveUp(world, items, at, lost));
  world.agenda.note(answersAt, (at) => {
    if (isBusy) return giveUp(world, items, at, lost);
    world.tally.acceptMinutes.push(minutes);
    takeFromShelf(world, items, at, lost);
  });
}

function answerBy(openings: readonly Interval[], now: Instant, minutes: number): Instant | undefined {
  const deadline = acceptBy(openings, now, minutes);
  return deadline.ok ? deadline.value : undefined;
}

function giveUp(world: World, items: readonly Item[], now: Instant, lost: Lost): void {
  release(world, items, now);
  lost(world, items, now, items.some(({ sendBy }) => sendBy !== undefined) ? 'missing' : 'unanswered'); // not carried: still missing where it was sold
}

function release(world: World, items: readonly Item[], now: Instant): void {
  const scene = world.sceneAt(now);
  for (const item of items) {
    scene.shelfOf(item.offer).claimed -= item.quantity;
    item.state = 'lost';
  }
}

function takeFromShelf(world: World, items: readonly Item[], now: Instant, lost: Lost): void {
  const scene = world.sceneAt(now);
  const { tally } = world;
  const there: Item[] = [];
  const missing: Item[] = [];
  for (const item of items) {
    const isThere = pick(scene.shelfOf(item.offer), item.quantity, now);
    (isThere ? there : missing).push(item);
    if (item.wasSure) tally.surePicks += 1;
    if (item.wasSure && isThere) tally.sureFound += 1;
  }
  tally.costMinor += missing.length * world.run.parameters.costMinor.failedPick;
  if (there.length > 0) prepare(world, there, now);
  if (missing.length === 0) return;
  release(world, missing, now);
  lost(world, missing, now, 'missing');
}

function prepare(world: World, items: readonly Item[], now: Instant): void {
  const [first] = items;
  if (!first) return;
  const { tally, run } = world;
  const { journey, offer, method, promise } = first;
  const facts = run.town.bookAt(now).get(offer.shop.id);
  const chance = world.chance('work', journey.errand.key, offer.shop.id, String(first.reroutes));
  const work = (facts?.preparationMinutes ?? 30) * run.parameters.workShare * Math.exp(run.parameters.preparationSpread * normal(chance));
  const readyAt = afterOpeningTime(facts?.openings ?? [], now, Math.round(work * MINUTE)) ?? plusMs(now, DAY);
  tally.promised += 1;
  if (readyAt <= (first.sendBy ?? neededBy(method, promise))) tally.kept += 1;
  const walkMinor = first.sendBy === undefined ? 0 : run.parameters.costMinor.carry;
  tally.costMinor += run.parameters.costMinor.bag + walkMinor + carriageCost(world, first);
  for (const item of items) settle(world, item);
  world.agenda.note(instant(Math.max(readyAt, promise.from) + HOUR), (at) => leave(world, items, at));
}

/** The moment goods must be ready for the promise to be kept: the hour told, the rider's start, the day before a parcel is due. */
function neededBy(method: Item['method'], { from, to }: Item['promise']): Instant {
  if (method === 'parcel') return plusMs(to, -DAY);
  return from;
}

function carriageCost(world: World, { journey, method }: Item): number {
  const { stop, nextStop, parcel } = world.run.parameters.costMinor;
  if (method === 'pickup') return 0;
  if (method === 'parcel') return parcel;
  const isShared = world.name !== 'isolated' && journey.stops > 0; // one tour for one door
  journey.stops += 1;
  return isShared ? nextStop : stop;
}

function settle({ tally }: World, item: Item): void {
  item.state = 'accepted';
  const { fate } = item;
  fate.got += item.quantity;
  if (fate.isDelivered || fate.got < fate.wish.line.quantity) return;
  fate.isDelivered = true;
  tally.delivered += 1;
  if (item.reroutes === 0) return;
  tally.rescued += 1;
  if (item.sendBy !== undefined) tally.carried += 1;
  if (fate.couldBeRescued) tally.rescuedOfThose += 1;
}

function leave(world: World, items: readonly Item[], now: Instant): void {
  const scene = world.sceneAt(now);
  const { tally } = world;
  const [first] = items;
  if (!first) return;
  const { journey, soldBy } = first;
  if (![...journey.items].some((item) => item.state === 'handed-over')) tally.ordersServed += 1;
  const isShared = first.method === 'courier' && world.name !== 'isolated';
  const arrival = isShared ? `ride ${first.promise.from}` : `${first.method} ${soldBy.id} ${first.promise.from}`;
  if (!journey.arrivals.has(arrival)) tally.arrivals += 1;
  journey.arrivals.add(arrival);
  if (first.method === 'parcel') tally.parcels += 1;
  tally.handOvers += 1;
  for (const item of items) {
    handOver(scene.shelfOf(item.offer), item.quantity);
    item.state = 'handed-over';
    tally.goodsMinor += item.priceMinor;
    tally.byShop.set(soldBy.id, (tally.byShop.get(soldBy.id) ?? 0) + item.priceMinor);
  }
}
