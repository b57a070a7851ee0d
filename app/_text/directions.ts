/** Way to a shop on the open map: a plain link, nothing is loaded from there. */
export function directionsUrl(at: { readonly latitude: number; readonly longitude: number }): string {
  return `https://www.openstreetmap.org/directions?to=${at.latitude}%2C${at.longitude}`;
}
