import { foldAccents } from './names';

export type SeedAddress = {
  readonly street: string;
  readonly postcode: string;
  readonly town: string;
  readonly latitude: number;
  readonly longitude: number;
};

type SourceAddress = {
  readonly lat: number;
  readonly lng: number;
  readonly name: string;
  readonly postCode: string;
  readonly city: string;
};

const centre = { latitude: 45.1885, longitude: 5.7245 };
const metresPerDegree = 111_200;

export function metresFromCentre(latitude: number, longitude: number): number {
  const north = (latitude - centre.latitude) * metresPerDegree;
  const east = (longitude - centre.longitude) * metresPerDegree * Math.cos((centre.latitude * Math.PI) / 180);
  return Math.hypot(north, east);
}

/** Postal codes by INSEE commune code, in the order of La Poste's file. */
export function readPostcodes(csv: string): ReadonlyMap<string, readonly string[]> {
  const byCommune = new Map<string, string[]>();
  for (const line of csv.split('\n').slice(1)) {
    const [commune = '', , postcode = ''] = line.split(';');
    if (!commune || !postcode) continue;
    const known = byCommune.get(commune) ?? [];
    if (!known.includes(postcode)) known.push(postcode);
    byCommune.set(commune, known);
  }
  return byCommune;
}

/**
 * Grenoble has two postal codes and no table says which street has which: 38100 is the south (beyond the Grands Boulevards) and the
 * south-east (beyond the boulevard Jean-Pain), 38000 the rest. Streets on the line itself may be off by one; good enough for a demo.
 */
function postcodeOf(commune: string, latitude: number, longitude: number, known: readonly string[]): string | undefined {
  if (commune !== '38185') return known[0];
  return latitude < 45.1803 || (longitude > 5.7345 && latitude < 45.188) ? '38100' : '38000';
}

const smallWords = new Set(['de', 'du', 'des', 'et', 'aux', 'en', 'la', 'le', 'les']);

/** Names the source lost the accents of. */
const misspelt = new Map([
  ['Jaures', 'Jaurès'],
  ['Peri', 'Péri'],
  ['Ferre', 'Ferré'],
  ['Ham', 'Hameau'],
]);

/** A house number, a street type and a name, as La Poste wants it read: what lacks one of them is left out. */
function streetOf(name: string): string | undefined {
  const found = /^(\d{1,4})\s?(bis|ter|quater|[a-fA-F])?\s+(.+)$/.exec(name.replace(/['`]/g, '’').replace(/\s+/g, ' ').trim());
  if (!found) return undefined;
  const [, number = '', suffix, way = ''] = found;
  const spelt = way
    .replace(/^(all[eé]e)\b/i, 'Allée')
    .split(' ')
    .map((word) =>
      smallWords.has(word.toLowerCase()) || /^\p{Lu}/u.test(word) || /^[dl]’/.test(word)
        ? word
        : word.charAt(0).toUpperCase() + word.slice(1),
    )
    .map((word, at) => (at > 0 && ['De', 'Du', 'Des', 'Et'].includes(word) ? word.toLowerCase() : (misspelt.get(word) ?? word)))
    .join(' ');
  if (!/^(Rue|Place|Avenue|Boulevard|Cours|Quai|Allée|Chemin|Route|Square|Impasse|Grand-Rue|Montée|Mail|Parvis)\b/.test(spelt))
    return undefined;
  const lowered = spelt.replace(/^\p{L}+/u, (type) => type.toLowerCase());
  const tail = suffix === undefined ? '' : suffix.length > 1 ? ` ${suffix}` : ` ${suffix.toUpperCase()}`;
  return `${number}${tail} ${lowered}`;
}

/** Every usable address within `radiusMetres` of the centre, nearest first, without doubles. */
export function selectAddresses(
  sources: readonly (readonly SourceAddress[])[],
  postcodes: ReadonlyMap<string, readonly string[]>,
  radiusMetres: number,
): readonly SeedAddress[] {
  const seen = new Set<string>();
  const selected: SeedAddress[] = [];
  for (const { lat, lng, name, postCode: commune, city } of sources.flat()) {
    const street = streetOf(name);
    const postcode = postcodeOf(commune, lat, lng, postcodes.get(commune) ?? []);
    if (street === undefined || postcode === undefined || metresFromCentre(lat, lng) > radiusMetres) continue;
    const key = foldAccents(`${street} ${commune}`).toLowerCase();
    if (seen.has(key)) continue;
    seen.add(key);
    selected.push({ street, postcode, town: city.replace(/'/g, '’'), latitude: Number(lat.toFixed(6)), longitude: Number(lng.toFixed(6)) });
  }
  return selected.toSorted((a, b) => metresFromCentre(a.latitude, a.longitude) - metresFromCentre(b.latitude, b.longitude));
}
