import type { OfferId, ShopId } from '@/lib/kernel';
import type { DeliveryZone } from './zones';
import { isInZone } from './zones';
import type { SourcingLocation, SourcingProblem } from './problem';

/** What a network, the city or the shopper lays down before anything is weighed. */
export type SourcingRules = {
  /** Who does not take part: a shop switched off for this channel, an offer withdrawn from routing. */
  readonly excludedShops: readonly ShopId[];
  readonly excludedOffers: readonly OfferId[];
  /** A shop bound to territories brings and posts nothing outside them; a shop that is not named is bound to none. */
  readonly territories: ReadonlyMap<ShopId, readonly DeliveryZone[]>;
  /** Shops at which the shopper would collect; null: at any. */
  readonly pickupShops: readonly ShopId[] | null;
  /** Ranking cents for using each shop (`fairShareBias`). */
  readonly fairShare: ReadonlyMap<ShopId, number>;
};

export const noRules: SourcingRules = {
  excludedShops: [],
  excludedOffers: [],
  territories: new Map(),
  pickupShops: null,
  fairShare: new Map(),
};

/**
 * A sourcing problem under rules.
 *
 * Guarantees: pure; rules only take away, or add ranking cents: no plan of the problem under rules was impossible without them. A place left
 *   without a service supplies nothing. Territories bind what is brought; whoever comes to the shop may come from anywhere. Where the
 *   shopper gave no place, nothing is brought by a bound shop. Source: routing model §5.
 */
export function underRules(problem: SourcingProblem, rules: SourcingRules): SourcingProblem {
  const excluded = new Set(rules.excludedShops);
  const locations = problem.locations
    .filter((location) => !excluded.has(location.shopId))
    .map((location) => ({
      ...location,
      biasMinor: location.biasMinor + (rules.fairShare.get(location.shopId) ?? 0),
      services: location.services.filter((service) => qualifies(service.method, location, problem, rules)),
    }));
  const kept = new Set(locations.map((location) => location.id));
  const gone = new Set(rules.excludedOffers);
  const lines = problem.lines.map((line) => ({
    ...line,
    offers: line.offers.filter((offer) => kept.has(offer.locationId) && !gone.has(offer.offerId)),
  }));
  return { ...problem, lines, locations };
}

function qualifies(method: string, { shopId }: SourcingLocation, { home }: SourcingProblem, rules: SourcingRules): boolean {
  if (method === 'pickup') return rules.pickupShops === null || rules.pickupShops.includes(shopId);
  const zones = rules.territories.get(shopId);
  return zones === undefined || (home !== null && zones.some((zone) => isInZone(zone, home)));
}
