import type { Instant, Interval, Position } from '@/lib/kernel';
import { metresBetween } from '@/lib/kernel';
import type { ShopFacts } from './views';

/** How one shop's goods are brought by bike to one place. Minor units, local times. */
export type CourierReach = {
  readonly priceMinor: number;
  readonly slots: readonly (readonly [string, string])[];
  /** The city's zone whose rounds bring them, sharing a price with other shops' goods; undefined where the shop rides by itself. */
  readonly zone: { readonly slug: string; readonly furtherShopMinor: number } | undefined;
  /** Has the slot that begins then no door left? */
  readonly isFull: (from: Instant) => boolean;
};

/**
 * Who rides from a shop to a place, and for how much: inside a zone of the city its rounds, elsewhere the shop's own bike within its radius.
 * Undefined when nobody does. Where zones overlap the one whose middle is nearest rides.
 */
export function courierReach(shop: Pick<ShopFacts, 'at' | 'services' | 'zones'>, place: Position | undefined): CourierReach | undefined {
  const { courier } = shop.services;
  if (!courier || !place) return undefined;
  const zone = shop.zones
    .map((one) => ({ one, metres: metresBetween(one.centre, place) }))
    .filter(({ one, metres }) => one.slots.length > 0 && metres <= one.radiusMetres)
    .toSorted((a, b) => a.metres - b.metres || (a.one.slug < b.one.slug ? -1 : 1))[0]?.one;
  if (zone) {
    const { slug, priceMinor, furtherShopMinor, slots, full } = zone;
    return { priceMinor, slots, zone: { slug, furtherShopMinor }, isFull: (from) => full.has(from) };
  }
  if (metresBetween(shop.at, place) > courier.radiusMetres) return undefined;
  return { priceMinor: courier.priceMinor, slots: courier.slots, zone: undefined, isFull: () => false };
}

/** The slots that still have a door. */
export function withRoom(reach: CourierReach, slots: readonly Interval[]): readonly Interval[] {
  return slots.filter((slot) => !reach.isFull(slot.from));
}
