export type Position = { readonly latitude: number; readonly longitude: number };

/** Streets are longer than the crow flies: the usual detour in a European town, and a walker's metres per minute. */
const DETOUR = 1.3;
const METRES_PER_MINUTE = 80;

/** Metres as streets go, for a straight line in metres. */
export function streetMetres(metres: number): number {
  return metres * DETOUR;
}

/** Minutes on foot for a straight-line distance in metres, as they are. */
export function walkedMinutes(metres: number): number {
  return (metres * DETOUR) / METRES_PER_MINUTE;
}

/** The same in whole minutes, at least one: what people are told. */
export function walkingMinutes(metres: number): number {
  return Math.max(1, Math.round(walkedMinutes(metres)));
}

const EARTH_RADIUS_METRES = 6_371_008;

/** Straight-line metres between two positions (haversine). */
export function metresBetween(a: Position, b: Position): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const dLatitude = radians(b.latitude - a.latitude);
  const dLongitude = radians(b.longitude - a.longitude);
  const chord =
    Math.sin(dLatitude / 2) ** 2 + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(dLongitude / 2) ** 2;
  return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(chord)));
}
