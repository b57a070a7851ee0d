import { eq } from 'drizzle-orm';
import { addresses } from '@/db/schema';
import type { Result } from '@/lib/kernel';
import { err, ok, plainWords } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import type { FoundPlace } from '@/lib/search';
import { suggestPlaces } from '@/lib/search';

/** A place of the city something can be brought to. */
export type FoundAddress = { readonly label: string; readonly latitude: number; readonly longitude: number };

export type AddressRefusal = { readonly kind: 'address-unknown'; readonly near: readonly string[] };

const LONGEST = 200;
const MOST_NEAR = 5;

/** Addresses of the city most like what was typed, the likest first. */
export async function suggestAddresses(words: string, limit = 6): Promise<readonly { readonly label: string }[]> {
  const places = await suggestPlaces(words.slice(0, LONGEST), Math.min(limit, 10));
  return places.map(({ label }) => ({ label }));
}

/** The same for machines: with the id by which an address is chosen, and where it is. */
export async function listAddresses(words: string, limit: number): Promise<readonly (FoundAddress & { readonly addressId: string })[]> {
  const places = await suggestPlaces(words.slice(0, LONGEST), limit);
  return places.map(({ id, label, postcode, town, latitude, longitude }) => ({
    addressId: id,
    label: `${label}, ${postcode} ${town}`,
    latitude,
    longitude,
  }));
}

/** The address of an id. */
export async function findPlaceById(addressId: string): Promise<FoundAddress | undefined> {
  const [row] = await reader().select().from(addresses).where(eq(addresses.id, addressId));
  return row && { label: `${row.label}, ${row.postcode} ${row.town}`, latitude: row.latitude, longitude: row.longitude };
}

/**
 * The address that was meant: capitals, accents and signs do not matter, the town may be left out, the number may not.
 * Errors: `address-unknown` with the labels that come near it.
 */
export async function findAddress(text: string): Promise<Result<FoundAddress, AddressRefusal>> {
  const typed = plainWords(text.slice(0, LONGEST));
  const places = await suggestPlaces(text.slice(0, LONGEST), MOST_NEAR);
  const meant = places.filter((place) => isMeant(place, typed));
  const [only] = meant;
  const isClear = only !== undefined && (new Set(meant.map((place) => place.label)).size === 1 || plainWords(only.label) === typed);
  if (!isClear) return err({ kind: 'address-unknown', near: places.map((place) => place.label) });
  const { label, latitude, longitude } = only;
  return ok({ label, latitude, longitude });
}

function isMeant(place: FoundPlace, typed: string): boolean {
  const label = plainWords(place.label);
  return (
    typed !== '' &&
    (label === typed || label.startsWith(`${typed} `) || plainWords(`${place.label} ${place.postcode} ${place.town}`) === typed)
  );
}
