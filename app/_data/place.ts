import { cookies } from 'next/headers';
import { cache } from 'react';
import { z } from 'zod';
import type { Position } from '@/lib/kernel';

const PLACE_COOKIE = 'halles_place';
const KEPT_SECONDS = 180 * 24 * 3600;

const place = z.object({
  label: z.string().min(1).max(160),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});

/** The street the shopper gave: kept in this browser only. */
export type Place = Position & { readonly label: string };

function parsed(value: string | undefined): Place | undefined {
  if (value === undefined) return undefined;
  try {
    return place.parse(JSON.parse(value));
  } catch {
    return undefined; // written by hand or by an older version: the same as none
  }
}

/** Where the shopper said they are, if they did. */
export const currentPlace = cache(async (): Promise<Place | undefined> => parsed((await cookies()).get(PLACE_COOKIE)?.value));

/** Keeps a place, or forgets it. Only an action can. */
export async function keepPlace(kept: Place | undefined): Promise<void> {
  const jar = await cookies();
  if (kept === undefined) jar.delete(PLACE_COOKIE);
  else jar.set(PLACE_COOKIE, JSON.stringify(place.parse(kept)), { maxAge: KEPT_SECONDS, httpOnly: true, sameSite: 'lax', path: '/' });
}
