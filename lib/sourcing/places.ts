import type { Instant, Position, ShopId, StockLocationId } from '@/lib/kernel';
import { minor, quantity } from '@/lib/kernel';
import type { SourcingLine, SourcingLocation } from '@/lib/oms';
import { fairShareBias, riskCents } from '@/lib/oms';
import type { Method } from '@/lib/promise';
import type { ShopBook } from '@/lib/shops';
import type { Candidate } from './candidates';
import { servicesOf } from './services';
import type { RoutingPolicy, RoutingSettings } from './settings';

/** Which shop and shelf an engine's location is. */
export type Place = { readonly shopId: ShopId; readonly locationId: StockLocationId; readonly leadTimeMinutes: number };
export type Places = Map<string, Place>;

/** One warehouse may serve many shops: to the engine it is a place of its own for each. */
export function engineLocation(candidate: Pick<Candidate, 'shopId' | 'locationId' | 'isShelf'>): StockLocationId {
  const id = candidate.isShelf ? candidate.locationId : `${candidate.locationId}@${candidate.shopId}`;
  return isLocationId(id) ? id : candidate.locationId;
}

export type Wanted = {
  readonly id: string;
  /** Steps still to be had; what no single place has whole may be shared, unless it is priced by several steps. */
  readonly units: number;
  readonly salesUnit: 'each' | 'gram' | 'millimetre';
  readonly weightGrams: number;
  readonly volumeCm3: number;
  readonly chosenShopId: ShopId | null;
};

/**
 * A wish and who could serve it as a line for the engine; the same for a basket and for what a shop could not serve.
 * `ranking` adds ranking cents per step to an offer, beside those for the doubt about its shelf.
 */
export function lineOf(
  wanted: Wanted,
  usable: readonly Candidate[],
  { policy, ranking = () => 0 }: { readonly policy: RoutingPolicy; readonly ranking?: (candidate: Candidate, units: number) => number },
): SourcingLine {
  const isWhole = usable.some((candidate) => candidate.available >= wanted.units);
  const isPriced = usable.some((candidate) => candidate.priceSteps !== 1);
  // A price by the kilogram is one bundle from one place: what no place has whole is asked as far as the fullest has it.
  const units = isPriced && !isWhole ? Math.max(0, ...usable.map((candidate) => candidate.available)) : wanted.units;
  const perStep = wanted.salesUnit === 'each' && !isPriced ? 1 : Math.max(1, units);
  return {
    id: wanted.id,
    quantity: quantity(units),
    weightGrams: wanted.weightGrams,
    volumeCm3: wanted.volumeCm3,
    isSplittable: !isWhole && !isPriced,
    chosenShopId: wanted.chosenShopId,
    offers: usable.map((candidate) => ({
      offerId: candidate.offerId,
      locationId: engineLocation(candidate),
      available: quantity(candidate.available),
      priceMinor: minor(candidate.priceMinor),
      priceSteps: candidate.priceSteps,
      riskMinor: Math.round(
        riskCents(candidate.confidenceBps, policy.perFailedPick, policy.nextBestExtra) / perStep + ranking(candidate, units),
      ),
    })),
  };
}

export type LocationFacts = {
  readonly book: ShopBook;
  readonly settings: RoutingSettings;
  readonly now: Instant;
  readonly place: Position | undefined;
  readonly methodByShop: Readonly<Record<string, Method>>;
  /** As of when a shop's promises were shown, where they are to be kept. */
  readonly shownAsOf?: ReadonlyMap<ShopId, Instant>;
  /** Shops that are visited anyway: another bag there is no further stop. */
  readonly visited?: ReadonlySet<ShopId>;
};

/** The places that could supply these lines, with every way of receiving, the policy's cents for another stop and for fair shares. */
export function locationsOf(
  facts: LocationFacts,
  places: ReadonlyMap<string, Place>,
  lines: readonly SourcingLine[],
): readonly SourcingLocation[] {
  const units = unitsByPlace(lines);
  const shares = sharesOf(facts, places);
  return [...places].flatMap(([id, { shopId, leadTimeMinutes }]): readonly SourcingLocation[] => {
    const shop = facts.book.get(shopId);
    const wanted = units.get(id);
    if (!shop || !isLocationId(id) || wanted === undefined) return [];
    const now = facts.shownAsOf?.get(shopId) ?? facts.now;
    const { policy } = facts.settings;
    const services = servicesOf({
      shop,
      now,
      place: facts.place,
      leadTimeMinutes,
      units: wanted,
      fixed: facts.methodByShop[shopId],
      policy,
    });
    const biasMinor = (facts.visited?.has(shopId) ? 0 : policy.perShop) + (shares.get(shopId) ?? 0);
    return [{ id, shopId, merchantId: shop.merchantId, at: shop.at, biasMinor, unitBiasMinor: 0, services }];
  });
}

/** How much of the lines each place could be asked for: a bundle is one piece of work. */
function unitsByPlace(lines: readonly SourcingLine[]): ReadonlyMap<string, number> {
  const units = new Map<string, number>();
  for (const line of lines) {
    const wanted = line.offers.some((offer) => offer.priceSteps !== 1) ? 1 : line.quantity;
    for (const id of new Set(line.offers.map((offer) => offer.locationId))) units.set(id, (units.get(id) ?? 0) + wanted);
  }
  return units;
}

/** Among those that could serve: who received more than its share lately is used a little less readily. */
function sharesOf({ settings }: LocationFacts, places: ReadonlyMap<string, Place>): ReadonlyMap<string, number> {
  const shops = [...new Set([...places.values()].map((place) => place.shopId))];
  return fairShareBias(
    shops.map((shop) => ({ shop, weight: 1, received: settings.received.get(shop) ?? 0 })),
    { strengthCents: settings.policy.fairShareStrength, capCents: settings.policy.fairShareCap },
  );
}

export function isLocationId(text: string): text is StockLocationId {
  return text.startsWith('loc_');
}
