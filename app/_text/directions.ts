/** Way to a shop on the open map: a plain link, nothing is loaded from there. */
export function directionsUrl(at: { readonly latitude: number; readonly longitude: number }): string {
  return `https://www.openstreetmap.org/directions?to=${at.latitude}%2C${at.longitude}`;
}

/** A standard address of a place: the phone opens its own map. */
export function placeUrl({
  at,
  street,
  postcode,
  town,
}: {
  readonly at: { readonly latitude: number; readonly longitude: number };
  readonly street: string;
  readonly postcode: string;
  readonly town: string;
}): string {
  return `geo:${at.latitude},${at.longitude}?q=${encodeURIComponent(`${street}, ${postcode} ${town}`)}`;
}
