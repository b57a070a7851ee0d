import type { Carry, CarryQuestion } from '@/lib/fulfilment';
import { findCarried, findSoonestCarried, rescuePolicy } from '@/lib/fulfilment';
import type { Instant } from '@/lib/kernel';
import { plusMs, quantity } from '@/lib/kernel';
import { candidatesFor, offerById } from './choose';
import type { Item, World } from './world';

/** What of these lines the network carries to the counter in time, by the site's own rule. */
export function carriedInTime(world: World, items: readonly Item[], now: Instant): Carry | undefined {
  const question = pose(world, items, now);
  const [first] = items;
  return question && first && findCarried(question, first.promise.from);
}

/** What the network could bring at another hour, and how much later that is. */
export function carriedLater(world: World, item: Item, now: Instant): { readonly carry: Carry; readonly lateMs: number } | undefined {
  const question = pose(world, [item], now);
  const carry = question && findSoonestCarried(question);
  if (!carry || carry.promisedFrom > plusMs(now, rescuePolicy.waitMs)) return undefined;
  return { carry, lateMs: Math.max(0, carry.promisedFrom - item.promise.from) };
}

/** Nothing is asked for a shop that stands alone, nor where another shop serves already. */
function pose(world: World, items: readonly Item[], now: Instant): CarryQuestion | undefined {
  const [first] = items;
  if (first?.method !== 'pickup' || first.tried.size > 0 || world.run.town.shops.get(first.soldBy.id)?.networkId === undefined)
    return undefined;
  const { journey, soldBy } = first;
  const declined = journey.items.filter(({ state, sendBy }) => state === 'lost' && sendBy !== undefined);
  return {
    shopId: soldBy.id,
    missing: items.map(({ id, offer: { listingId, product }, quantity: units, tried }) => ({
      id,
      listingId,
      condition: product.condition,
      quantity: quantity(units),
      tried: new Set([...tried, soldBy.id]),
    })),
    candidates: candidatesFor(
      world.sceneAt(now),
      items.map((item) => item.offer.listingId),
    ),
    book: world.run.town.bookAt(now),
    policy: rescuePolicy,
    declined: new Set(declined.map(({ offer }) => offer.shop.id)),
  };
}

/** The lines as the shop of the network is to carry them: who sells, the counter and the price stay. */
export function carriedItems(world: World, items: readonly Item[], { shelves, sendBy, promisedFrom }: Carry): readonly Item[] {
  return items.flatMap((before): readonly Item[] => {
    const shelf = shelves.get(before.id);
    const offer = shelf && offerById(world.run.town, before.offer.listingId, shelf.offerId);
    if (!offer) return [];
    const promise = { from: promisedFrom, to: promisedFrom };
    const moved = { id: `${before.id}>${offer.id}`, offer, sendBy, promise, reroutes: before.reroutes + 1 };
    return [{ ...before, ...moved, wasSure: false, state: 'offered' }]; // nobody was shown a word about that shelf
  });
}
