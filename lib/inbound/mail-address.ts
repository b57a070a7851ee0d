import { createHmac, timingSafeEqual } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { shops } from '@/db/schema';
import type { ShopId } from '@/lib/kernel';
import { env } from '@/lib/platform/env';
import { reader } from '@/lib/platform/transaction';

/** Small letters and digits only: the part of an address before its sign is read without regard to case by many. 80 bits. */
const tokenOf = (shopId: ShopId): string => createHmac('sha256', env().authSecret).update(`mail:${shopId}`).digest('hex').slice(0, 20);

/** Where a shop sends its files by mail; undefined when this installation receives none. Whoever writes there must also be of the shop. */
export function inboundAddress({ slug, shopId }: { readonly slug: string; readonly shopId: ShopId }): string | undefined {
  const mail = env().inboundMail;
  return mail && `${slug}.${tokenOf(shopId)}@${mail.domain}`;
}

/** The shop one of these addresses belongs to; undefined for others' addresses and for a token that does not fit. */
export async function shopAt(addresses: readonly string[]): Promise<{ readonly shopId: ShopId; readonly slug: string } | undefined> {
  for (const address of addresses) {
    const [, slug, token = ''] = /^([a-z0-9-]{1,80})\.([0-9a-f]{20})@/.exec(address.trim().toLowerCase()) ?? [];
    if (slug === undefined) continue;
    const [shop] = await reader().select({ shopId: shops.id, slug: shops.slug }).from(shops).where(eq(shops.slug, slug));
    if (shop && timingSafeEqual(Buffer.from(token), Buffer.from(tokenOf(shop.shopId)))) return shop;
  }
  return undefined;
}
