import { cookies } from 'next/headers';
import { cache } from 'react';
import { BASKET_COOKIE, currentSession, SESSION_COOKIE, shopperScope } from '@/lib/identity';
import type { SessionView } from '@/lib/identity/views';
import type { ShopperScope } from '@/lib/kernel';

export type CurrentShopper = { readonly shopper: ShopperScope; readonly session: SessionView | undefined };

/** Who shops at this browser, asked once a render: the account's session if there is one, and the basket of the cookie. */
export const currentShopper = cache(async (): Promise<CurrentShopper> => {
  const jar = await cookies();
  const session = await currentSession(jar.get(SESSION_COOKIE)?.value);
  return { session, shopper: await shopperScope({ session, basketToken: jar.get(BASKET_COOKIE)?.value }) };
});
