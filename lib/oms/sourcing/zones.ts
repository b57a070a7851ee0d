import { metresBetween } from '@/lib/kernel';
import type { Position } from '@/lib/kernel';

/** Where a shop brings things: around it, or within a drawn area. */
export type DeliveryZone =
  | { readonly kind: 'circle'; readonly centre: Position; readonly radiusMetres: number }
  | { readonly kind: 'area'; readonly ring: readonly Position[] };

/**
 * Is a place within a zone? A place on the very edge of an area may fall on either side, always on the same.
 *
 * Guarantees: the ring may be given from any corner and in either direction. Source: crossing number of a ray to the east.
 */
export function isInZone(zone: DeliveryZone, place: Position): boolean {
  if (zone.kind === 'circle') return metresBetween(zone.centre, place) <= zone.radiusMetres;
  let isInside = false;
  zone.ring.forEach((corner, index) => {
    const next = zone.ring[(index + 1) % zone.ring.length] ?? corner;
    if (corner.latitude > place.latitude === next.latitude > place.latitude) return;
    const share = (place.latitude - corner.latitude) / (next.latitude - corner.latitude);
    if (place.longitude < corner.longitude + share * (next.longitude - corner.longitude)) isInside = !isInside;
  });
  return isInside;
}
