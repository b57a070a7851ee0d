import { and, eq, ne } from 'drizzle-orm';
import { merchants, shops } from '@/db/schema';
import type { Locale } from '@/lib/kernel';
import { kept } from '@/lib/platform/kept';
import { reader } from '@/lib/platform/transaction';
import { merchantIdentity } from './merchant-identity';
import type { MerchantIdentityView } from './views';

/** The words of a shop's own page: its story, its keeper and the legal person behind it (ME-02). */
export type ShopPageView = {
  readonly story: string;
  readonly keeper: string;
  readonly email: string;
  readonly phone: string;
  readonly merchant: MerchantIdentityView;
};

const keptRow = kept(async (slug) => {
  const [row] = await reader()
    .select({ shop: shops, merchant: merchants })
    .from(shops)
    .innerJoin(merchants, eq(merchants.id, shops.merchantId))
    .where(and(eq(shops.slug, slug), ne(shops.level, 'draft')));
  return row;
});

/** A shop's page by its slug; undefined when there is none. Words only: hours and stock are read live. */
export async function getShopPage(slug: string, locale: Locale): Promise<ShopPageView | undefined> {
  const row = await keptRow(slug);
  if (!row) return undefined;
  const { shop, merchant } = row;
  return {
    story: shop.story[locale],
    keeper: shop.keeper,
    email: shop.email,
    phone: shop.phone,
    merchant: merchantIdentity(merchant),
  };
}
