import type { Instant, ShopId } from '@/lib/kernel';
import { HOUR, minor } from '@/lib/kernel';
import type { Carry } from '@/lib/fulfilment';
import { mostPriceOf, rescueBudgetOf, rescueMethods, rescuePolicy, sameHourOf, shopsNear } from '@/lib/fulfilment';
import type { SourcingPlan } from '@/lib/oms';
import { MOST_REROUTES } from '@/lib/oms';
import type { LostUnits } from '@/lib/sourcing';
import { decideLost, startingSettings } from '@/lib/sourcing';
import { candidatesFor, offerById, wordOf } from './choose';
import { carriedInTime, carriedItems, carriedLater } from './carry';
import type { LostCause } from './shops-answer';
import { askShop } from './shops-answer';
import type { Item, World } from './world';

/** What was to be had and cannot be: in our world it is sought elsewhere, in the others it is given up. */
export function loseItems(world: World, items: readonly Item[], now: Instant, cause: LostCause): void {
  for (const item of items) {
    world.tally.refused += 1;
    if (item.fate.isCounted) continue;
    item.fate.isCounted = true;
    item.fate.couldBeRescued = couldServe(world, item, now);
    if (item.fate.couldBeRescued) world.tally.couldBeRescued += 1;
  }
  const hopeful = world.name === 'ours' ? items.filter((item) => item.reroutes < MOST_REROUTES) : [];
  if (hopeful.length > 0) rescue(world, hopeful, now, cause);
}

/** Does another shop really have it now, whatever the records say? */
function couldServe(world: World, { offer, quantity: units }: Item, now: Instant): boolean {
  const scene = world.sceneAt(now);
  return (world.run.town.offersOf.get(offer.listingId) ?? []).some((other) => {
    const shelf = scene.shelfOf(other);
    return other.shop.id !== offer.shop.id && shelf.truth - shelf.setAside >= units;
  });
}

/**
 * The chain of the site, by its own rules: what the network carries to the counter in time, elsewhere at the same hour without a question, then the
 * shopper is asked line by line, about a later carry or another shop, whichever is sooner.
 */
function rescue(world: World, items: readonly Item[], now: Instant, cause: LostCause): void {
  const left = cause === 'missing' ? bringInTime(world, items, now) : items;
  const [first] = left;
  if (!first) return;
  const searching = { world, first, now };
  const answer = decide(searching, left, 'elsewhere');
  const byLine = new Map(left.map((item) => [item.id, item]));
  for (const { plan } of answer.rescued) follow(world, plan, byLine, now);
  for (const { lineId } of answer.asked) {
    const asked = byLine.get(lineId);
    if (!asked) continue;
    const [best] = decide(searching, [asked], 'ask').asked[0]?.options ?? [];
    const later = cause === 'missing' ? carriedLater(world, asked, now) : undefined;
    if (later && later.lateMs <= (best?.lateMs ?? Infinity)) {
      if (saysYes(world, `${first.id}:${lineId}`, later.lateMs)) bring(world, [asked], later.carry, now);
    } else if (best && saysYes(world, `${first.id}:${lineId}`, best.lateMs)) follow(world, best.plan, byLine, now);
  }
}

type Searching = { readonly world: World; readonly first: Item; readonly now: Instant };

function decide({ world, first, now }: Searching, items: readonly Item[], wish: 'elsewhere' | 'ask') {
  const { journey, method, soldBy } = first;
  const book = world.run.town.bookAt(now);
  const { latitude, longitude } = soldBy.address;
  const place = method === 'pickup' ? { latitude, longitude } : journey.errand.home;
  const limits = {
    by: sameHourOf({ method, ...first.promise }, rescuePolicy),
    within: wish === 'elsewhere' && method === 'pickup' ? shopsNear(place, book, rescuePolicy) : null,
  };
  return decideLost({
    id: journey.errand.key,
    book,
    settings: startingSettings,
    candidates: candidatesFor(
      world.sceneAt(now),
      items.map((item) => item.offer.listingId),
    ),
    lost: items.map((item) => lostUnits(item, limits)),
    place,
    address: undefined,
    visited: new Set(journey.items.filter((item) => item.state !== 'lost').map((item) => item.soldBy.id)),
    methods: rescueMethods(method),
    wish,
    budgetMinor: rescueBudgetOf(
      items.map((item) => item.priceMinor),
      rescuePolicy,
    ),
  });
}

/** The shopper is asked: the later it would be, the rarer the yes. */
function saysYes(world: World, name: string, lateMs: number): boolean {
  const { yesWithinHours } = world.run.parameters;
  const share = yesWithinHours.find(({ hours }) => lateMs <= hours * HOUR)?.share ?? 0;
  return world.chance('asked', name).isBelow(share);
}

/** Whoever of the network can bring something of it for the hour that was told, one after the other. Says what is left. */
function bringInTime(world: World, items: readonly Item[], now: Instant): readonly Item[] {
  const carry = carriedInTime(world, items, now);
  if (!carry) return items;
  bring(world, items, carry, now);
  return bringInTime(
    world,
    items.filter(({ id }) => !carry.shelves.has(id)),
    now,
  );
}

function bring(world: World, items: readonly Item[], carry: Carry, now: Instant): void {
  const brought = carriedItems(world, items, carry);
  for (const item of brought) item.journey.items.push(item);
  askShop(world, brought, now, loseItems);
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
        soldBy: offer.shop,
        sendBy: undefined,
        quantity: planned.quantity,
        priceMinor: planned.priceMinor,
        deliveryMinor: Math.round(fulfilment.deliveryMinor / fulfilment.items.length),
        method: fulfilment.method,
        promise: fulfilment.promise,
        reroutes: before.reroutes + 1,
        tried: new Set([...before.tried, before.soldBy.id]),
        wasSure: wordOf(world.sceneAt(now), offer) === 'confirmed',
        state: 'offered',
      };
      before.journey.items.push(item);
      return [item];
    });
    askShop(world, moved, now, loseItems);
  }
}

type Limits = { readonly by: Instant; readonly within: ReadonlySet<ShopId> | null };

function lostUnits(item: Item, { by, within }: Limits): LostUnits {
  const { offer, soldBy } = item;
  return {
    listingId: offer.listingId,
    condition: offer.product.condition,
    salesUnit: 'each',
    weightGrams: offer.product.weightGrams,
    volumeCm3: offer.product.volumeCm3,
    id: item.id,
    units: item.quantity,
    boughtFrom: soldBy.id,
    paidMinor: minor(item.priceMinor + item.deliveryMinor),
    mostMinor: mostPriceOf(item.priceMinor, rescuePolicy),
    reroutes: item.reroutes,
    tried: new Set([...item.tried, soldBy.id, ...(item.sendBy === undefined ? [] : [offer.shop.id])]), // who did not carry it sells it no more
    told: { method: item.method, by, within },
    substitutes: [],
    awaited: [],
  };
}
