import { cookies } from 'next/headers';
import { currentPlace } from '@/app/_data/place';
import { setPlace } from '@/lib/basket';
import { BASKET_COOKIE } from '@/lib/identity';
import { DAY, type ShopperScope } from '@/lib/kernel';
import { env } from '@/lib/platform/env';

const KEPT_SECONDS = (60 * DAY) / 1000;

/** Gives a browser the key to its new basket; script cannot read it. What is known of the place goes along. Only an action can. */
export async function keepBasket(owner: ShopperScope, token: string): Promise<void> {
  const jar = await cookies();
  const secure = env().baseUrl.startsWith('https:');
  jar.set(BASKET_COOKIE, token, { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge: KEPT_SECONDS });
  const place = await currentPlace();
  if (place) await setPlace(owner, { label: place.label, latitude: place.latitude, longitude: place.longitude });
}
