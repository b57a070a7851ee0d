import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Position } from '@/lib/kernel';
import { plainWords } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';

export type FoundPlace = Position & { readonly id: string; readonly label: string; readonly postcode: string; readonly town: string };

const row = z.object({
  id: z.string(),
  label: z.string(),
  postcode: z.string(),
  town: z.string(),
  latitude: z.number(),
  longitude: z.number(),
});

const SHORTEST = 3;

/** `12, rue du Port, 38000 Grenoble` and `12 r du port` name the same door: only words and numbers are compared. */
export function normalisedPlace(text: string): string {
  return plainWords(text).slice(0, 120);
}

/** Addresses of the city most like what was typed, best first. House numbers must agree when one is typed. */
export async function suggestPlaces(text: string, limit = 5): Promise<readonly FoundPlace[]> {
  const words = normalisedPlace(text);
  if (words.length < SHORTEST) return [];
  const number = /^\d{1,4}\b/.exec(words)?.[0];
  const rows = await reader().execute(sql`
    select id, label, postcode, town, latitude, longitude from addresses
    where folded %> ${words} ${number === undefined ? sql`` : sql`and folded like ${`${number} %`}`}
    order by word_similarity(${words}, folded) desc, length(folded), folded limit ${limit}`);
  return z.array(row).parse([...rows]);
}

/** The one address meant: the best match, if it is close enough; a street without number gives its first door. */
export async function findPlace(text: string): Promise<FoundPlace | undefined> {
  const [best] = await suggestPlaces(text, 1);
  if (best) return best;
  const street = normalisedPlace(text).replace(/^\d{1,4}\s*(bis|ter)?\s*/, '');
  const [near] = street === normalisedPlace(text) ? [] : await suggestPlaces(street, 1);
  return near;
}
