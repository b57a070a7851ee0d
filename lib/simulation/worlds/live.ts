import type { Instant } from '@/lib/kernel';
import { DAY, HOUR, MINUTE, plusMs } from '@/lib/kernel';
import { isOpenAt } from '@/lib/oms';
import type { Planned, Scene, Wish, WorldName } from './choose';
import { nearestOffer, offerById, plan, shownOffer, wordOf } from './choose';
import type { Errand } from './errands';
import { errandsOf } from './errands';
import { loseItems } from './rescue';
import { advance, availableOn, confidenceOf, count } from './shelf';
import { askShop } from './shops-answer';
import type { Measures } from './tally';
import { measuresOf } from './tally';
import { byDistance, type TownOffer } from './town';
import type { Item, Journey, Run, World } from './world';
import { exponential, newWorld } from './world';

/** Lives one world through from its first errand to its last bag. */
export function live(name: WorldName, run: Run): Measures {
  const world = newWorld(name, run);
  for (const errand of errandsOf(run.name, run.town, run)) world.agenda.note(errand.at, (now) => go(world, errand, now, false));
  if (name === 'ours')
    for (let day = 0; day < run.days; day += 1)
      world.agenda.note(plusMs(run.from, day * DAY + 10.5 * HOUR), (now) => countShelves(world, day, now));
  world.agenda.run();
  return measuresOf(world.tally);
}

/** Somebody wants things. Where the figure is doubtful our shopper may have the shop look first, and waits for it. */
function go(world: World, errand: Errand, now: Instant, hasAsked: boolean): void {
  const scene = world.sceneAt(now);
  const wishes = errand.lines.map((line, index): Wish => {
    for (const offer of world.run.town.offersOf.get(line.listingId) ?? []) scene.shelfOf(offer).wanted += 1;
    return { key: `${errand.key}-${index}`, line, ...settleOn(world, scene, errand, index) };
  });
  if (world.name === 'ours' && !hasAsked && haveThemLook(world, scene, errand, wishes)) {
    world.agenda.note(plusMs(now, 12 * MINUTE), (later) => go(world, errand, later, true));
    return;
  }
  world.tally.errands += 1;
  world.tally.wanted += wishes.length;
  world.tally.nowhere += wishes.filter((wish) => isNowhere(scene, wish)).length;
  const journey: Journey = { errand, fates: new Map(), arrivals: new Set(), stops: 0, items: [] };
  for (const wish of wishes) journey.fates.set(wish.key, { wish, got: 0, isDelivered: false, couldBeRescued: false, isCounted: false });
  const baskets = world.name === 'isolated' ? [...Map.groupBy(wishes, (wish) => wish.offer?.shop.id).values()] : [wishes];
  const book = world.run.town.bookAt(now);
  const ordered = new Set<string>();
  for (const basket of baskets) {
    const planned = plan(scene, errand, basket, book);
    if (planned) order(world, journey, planned, { now, ordered });
  }
  world.tally.ordered += ordered.size;
  world.tally.notOffered += wishes.length - ordered.size;
}

/** No shop of the city really has enough of it now, whatever the records say. */
function isNowhere(scene: Scene, { line }: Wish): boolean {
  return (scene.town.offersOf.get(line.listingId) ?? []).every((offer) => {
    const shelf = scene.shelfOf(offer);
    return shelf.truth - shelf.setAside < line.quantity;
  });
}

/** The offer a shopper of this world ends up with for a line. */
function settleOn(world: World, scene: Scene, errand: Errand, index: number): Pick<Wish, 'offer' | 'isBound'> {
  const line = errand.lines[index];
  if (!line) return { offer: undefined, isBound: true };
  switch (world.name) {
    case 'ours':
      return { offer: shownOffer(scene, line, errand.home), isBound: false };
    case 'nearest':
      return { offer: nearestOffer(scene, line, errand.home), isBound: true };
    case 'isolated':
      return { offer: ownShop(world, scene, errand, index), isBound: true };
  }
}

/** Without a federation one knows a shop or two: mostly the nearest, and with some patience one more. */
function ownShop(world: World, scene: Scene, errand: Errand, index: number): TownOffer | undefined {
  const line = errand.lines[index];
  const known = line ? byDistance(world.run.town.offersOf.get(line.listingId) ?? [], errand.home) : [];
  const chance = world.chance('habit', errand.key, String(index));
  const draw = chance.next();
  const first = known[draw < 0.6 ? 0 : draw < 0.85 ? Math.min(1, known.length - 1) : chance.between(0, Math.max(0, known.length - 1))];
  const has = (offer: TownOffer | undefined) =>
    offer !== undefined && line !== undefined && availableOn(scene.shelfOf(offer)) >= line.quantity;
  if (has(first)) return first;
  const second = known.filter((offer) => offer !== first)[0];
  return chance.isBelow(world.run.parameters.secondTry) && has(second) ? second : undefined;
}

/** "On vérifie pour vous": somebody looks at the shelf while the shopper waits. Says whether anybody was asked. */
function haveThemLook(world: World, scene: Scene, errand: Errand, wishes: readonly Wish[]): boolean {
  const { parameters, town } = world.run;
  const book = town.bookAt(scene.now);
  const asked = wishes.flatMap(({ offer, key }) => {
    if (!offer || wordOf(scene, offer) === 'confirmed' || !isOpenAt(book.get(offer.shop.id)?.openings ?? [], scene.now)) return [];
    return world.chance('ask', key).isBelow(parameters.askedShare) ? [{ offer, key }] : [];
  });
  for (const { offer, key } of asked) {
    const chance = world.chance('look', errand.key, key);
    const at = plusMs(scene.now, Math.round(Math.min(11, exponential(chance, 5)) * MINUTE));
    if (chance.isBelow(parameters.answeredChecks)) world.agenda.note(at, (now) => count(world.sceneAt(now).shelfOf(offer), now));
  }
  return asked.length > 0;
}

function order(
  world: World,
  journey: Journey,
  { plan: chosen, lineOf }: Planned,
  { now, ordered }: { now: Instant; ordered: Set<string> },
): void {
  const scene = world.sceneAt(now);
  const lacking = new Set(chosen.missing.map(({ lineId }) => lineId));
  for (const fulfilment of chosen.fulfilments) {
    const items = fulfilment.items.flatMap((planned): readonly Item[] => {
      const wish = lineOf.get(planned.lineId);
      const fate = wish && journey.fates.get(wish.key);
      const offer = wish && offerById(world.run.town, wish.line.listingId, planned.offerId);
      if (!wish || !fate || !offer) return [];
      if (!lacking.has(planned.lineId)) ordered.add(wish.key);
      return [
        {
          id: `${wish.key}:${offer.id}`,
          journey,
          fate,
          offer,
          soldBy: offer.shop,
          sendBy: undefined,
          quantity: planned.quantity,
          priceMinor: planned.priceMinor,
          deliveryMinor: Math.round(fulfilment.deliveryMinor / fulfilment.items.length),
          method: fulfilment.method,
          promise: fulfilment.promise,
          reroutes: 0,
          tried: new Set(),
          wasSure: wordOf(scene, offer) === 'confirmed',
          state: 'offered',
        },
      ];
    });
    journey.items.push(...items);
    askShop(world, items, now, loseItems);
  }
}

/** The five-a-day: shops that take part count what is wanted most and believed least. */
function countShelves(world: World, day: number, now: Instant): void {
  const { parameters, town } = world.run;
  const book = town.bookAt(now);
  const byShop = Map.groupBy(world.shelves.values(), ({ offer }) => offer.shop.id);
  for (const [shopId, shelves] of byShop) {
    if (!world.chance('counts', shopId, String(day)).isBelow(parameters.countingShops) || !isOpenAt(book.get(shopId)?.openings ?? [], now))
      continue;
    const doubt = ({ shelf }: (typeof shelves)[number]) =>
      (10_000 - confidenceOf(advance(shelf, now, parameters), now)) * (1 + shelf.wanted);
    const ranked = shelves
      .map((one) => ({ one, doubt: doubt(one) }))
      .toSorted((a, b) => b.doubt - a.doubt || (a.one.offer.id < b.one.offer.id ? -1 : 1));
    for (const { one } of ranked.slice(0, parameters.countedADay)) count(one.shelf, now);
  }
}
