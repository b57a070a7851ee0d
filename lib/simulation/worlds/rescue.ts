import type { Instant, ShopId } from '@/lib/kernel';
import { HOUR, minor } from '@/lib/kernel';
import type { SourcingPlan } from '@/lib/oms';
import { MOST_REROUTES } from '@/lib/oms';
import { methods } from '@/lib/promise/views';
import type { LostUnits } from '@/lib/sourcing';
import { decideLost, startingSettings } from '@/lib/sourcing';
import { candidatesFor, offerById, wordOf } from './choose';
import { askShop } from './shops-answer';
import type { Item, World } from './world';

/** What was to be had and cannot be: in our world it is sought elsewhere, in the others it is given up. */
export function loseItems(world: World, items: readonly Item[], why: 'missing' | 'shop', now: Instant): void {
  for (const item of items) {
    world.tally.refused += 1;
    if (item.fate.isCounted) continue;
    item.fate.isCounted = true;
    item.fate.couldBeRescued = couldServe(world, item, now);
    if (item.fate.couldBeRescued) world.tally.couldBeRescued += 1;
  }
  const hopeful = world.name === 'ours' ? items.filter((item) => item.reroutes < MOST_REROUTES) : [];
  if (hopeful.length > 0) rescue(world, hopeful, why, now);
}

/** Does another shop really have it now, whatever the records say? */
function couldServe(world: World, { offer, quantity: units }: Item, now: Instant): boolean {
  const scene = world.sceneAt(now);
  return (world.run.town.offersOf.get(offer.listingId) ?? []).some((other) => {
    const shelf = scene.shelfOf(other);
    return other.shop.id !== offer.shop.id && shelf.truth - shelf.setAside >= units;
  });
}

function rescue(world: World, items: readonly Item[], why: 'missing' | 'shop', now: Instant): void {
  const [first] = items;
  if (!first) return;
  const { journey } = first;
  const book = world.run.town.bookAt(now);
  const scene = world.sceneAt(now);
  const listingIds = items.map((item) => item.offer.listingId);
  const refused: readonly ShopId[] = why === 'shop' ? [first.offer.shop.id] : [];
  const answer = decideLost({
    id: journey.errand.key,
    book,
    settings: startingSettings,
    candidates: candidatesFor(scene, listingIds),
    lost: items.map((item) => lostUnits(world, item, refused)),
    place: journey.errand.home,
    address: undefined,
    visited: new Set(journey.items.filter((item) => item.state !== 'lost').map((item) => item.offer.shop.id)),
    methods: new Set(methods),
    wish: 'elsewhere',
    budgetMinor: minor(world.run.parameters.rescueBudgetMinor * items.length),
  });
  const byLine = new Map(items.map((item) => [item.id, item]));
  for (const { plan } of answer.rescued) follow(world, plan, byLine, now);
  for (const { lineId, options } of answer.asked) {
    const [best] = options;
    if (best && saysYes(world, `${first.id}:${lineId}`, best.lateMs)) follow(world, best.plan, byLine, now);
  }
}

/** The shopper is asked: the later it would be, the rarer the yes. */
function saysYes(world: World, name: string, lateMs: number): boolean {
  const { yesWithinHours } = world.run.parameters;
  const share = yesWithinHours.find(({ hours }) => lateMs <= hours * HOUR)?.share ?? 0;
  return world.chance('asked', name).isBelow(share);
}

function follow(world: World, plan: SourcingPlan, byLine: ReadonlyMap<string, Item>, now: Instant): void {
  for (const fulfilment of plan.fulfilments) {
    const moved = fulfilment.items.flatMap((planned): readonly Item[] => {
      const before = byLine.get(planned.lineId);
      const offer = before && offerById(world.run.town, before.offer.listingId, planned.offerId);
      if (!before || !offer) return [];
      const item: Item = {
        ...before,
        id: `${before.id}>${offer.id}`,
        offer,
        quantity: planned.quantity,
        priceMinor: planned.priceMinor,
        deliveryMinor: Math.round(fulfilment.deliveryMinor / fulfilment.items.length),
        method: fulfilment.method,
        promise: fulfilment.promise,
        reroutes: before.reroutes + 1,
        wasSure: wordOf(world.sceneAt(now), offer) === 'confirmed',
        state: 'offered',
      };
      before.journey.items.push(item);
      return [item];
    });
    askShop(world, moved, now, loseItems);
  }
}

function lostUnits(world: World, item: Item, refused: readonly ShopId[]): LostUnits {
  const { offer } = item;
  const paidMinor = minor(item.priceMinor + item.deliveryMinor);
  return {
    listingId: offer.listingId,
    condition: offer.product.condition,
    salesUnit: 'each',
    weightGrams: offer.product.weightGrams,
    volumeCm3: offer.product.volumeCm3,
    id: item.id,
    units: item.quantity,
    boughtFrom: offer.shop.id,
    paidMinor,
    mostMinor: item.priceMinor + world.run.parameters.rescueBudgetMinor,
    reroutes: item.reroutes,
    tried: new Set([offer.shop.id, ...refused]),
    told: { method: item.method, by: item.method === 'pickup' ? item.promise.from : item.promise.to, within: null },
    substitutes: [],
    awaited: [],
  };
}
