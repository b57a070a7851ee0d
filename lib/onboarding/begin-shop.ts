import { and, eq, ne, sql } from 'drizzle-orm';
import { shopBeginnings } from '@/db/schema';
import { grantOwner } from '@/lib/identity';
import type { SessionView } from '@/lib/identity/views';
import { placeOnDemand } from '@/lib/inventory';
import type { Result } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { withTransaction } from '@/lib/platform/transaction';
import { foundShop, getCity, type FoundedShop } from '@/lib/shops';
import { findPlace, suggestPlaces } from '@/lib/search';
import type { ShopSign } from '@/lib/shops';
import type { SignWish } from './schemas';

/** One person opens this many shops at once; more is a slip or a nuisance. */
export const MOST_BEGUN = 5;

export type SignRefusal = { readonly kind: 'address-unknown'; readonly like: readonly string[] };
export type BeginRefusal = SignRefusal | { readonly kind: 'too-many-begun'; readonly most: number };

const doorNumber = (text: string): string | undefined => /^\s*(\d{1,4})/.exec(text)?.[1];

/** Where a shop is: an address of the city's own list, its number included. Errors: none is like it, with those that are near. */
export async function placeOfSign({ address, ...words }: SignWish): Promise<Result<ShopSign, SignRefusal>> {
  const found = await findPlace(address);
  if (!found || doorNumber(found.label) !== doorNumber(address)) {
    const street = address.replace(/^\s*\d{1,4}\s*(bis|ter)?,?\s*/i, '');
    const like = [...(await suggestPlaces(address, 4)), ...(await suggestPlaces(street, 4))].map(({ label }) => label);
    return err({ kind: 'address-unknown', like: [...new Set(like)].slice(0, 4) });
  }
  const { label, postcode, town, latitude, longitude } = found;
  return ok({ ...words, street: label.split(',')[0] ?? label, postcode, town, at: { latitude, longitude } });
}

/** Begins a shop: from now on it has an address, a shelf and an owner, and nobody else sees it. */
export async function beginShop(
  session: SessionView,
  wish: SignWish,
  ports: Ports = systemPorts,
): Promise<Result<FoundedShop, BeginRefusal>> {
  return observed({ useCase: 'begin-shop', actor: 'shop', ids: { personId: session.personId } }, async () => {
    const sign = await placeOfSign(wish);
    if (!sign.ok) return sign;
    const { timeZone, country } = await getCity();
    const now = ports.clock.now();
    return withTransaction(async (tx): Promise<Result<FoundedShop, BeginRefusal>> => {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${session.personId}))`);
      const begun = await tx
        .select({ shopId: shopBeginnings.shopId })
        .from(shopBeginnings)
        .where(and(eq(shopBeginnings.personId, session.personId), ne(shopBeginnings.state, 'approved')));
      if (begun.length >= MOST_BEGUN) return err({ kind: 'too-many-begun', most: MOST_BEGUN });
      const founded = await foundShop(tx, { sign: sign.value, email: session.email, now, ids: ports.ids, timeZone, country });
      await placeOnDemand(tx, founded.shopId, 0, ports);
      await grantOwner(tx, session.personId, founded.shopId, now);
      await tx.insert(shopBeginnings).values({ shopId: founded.shopId, personId: session.personId, state: 'preparing', createdAt: now });
      return ok(founded);
    });
  });
}
