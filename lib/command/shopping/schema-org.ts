import { z } from 'zod';

/** The offers of a listing page as schema.org has them; `seller` is its word. */
const jsonLd = z.object({
  name: z.string(),
  offers: z.array(
    z.object({
      sku: z.string(),
      price: z.string(),
      availability: z.string(),
      inventoryLevel: z.object({ value: z.number() }),
      seller: z.object({ name: z.string() }),
    }),
  ),
});

export type DescribedOffer = { readonly offerId: string; readonly shopName: string; readonly priceMinor: number; readonly stock: number };

/** Offers in stock that a page describes to machines; undefined when it describes none. */
export function describedOffers(html: string): { readonly title: string; readonly offers: readonly DescribedOffer[] } | undefined {
  const block = /<script type="application\/ld\+json"[^>]*>([\s\S]*?)<\/script>/.exec(html)?.[1];
  const parsed = block === undefined ? undefined : jsonLd.safeParse(JSON.parse(block));
  if (parsed?.success !== true) return undefined;
  const offers = parsed.data.offers
    .filter(({ availability }) => availability.endsWith('/InStock'))
    .map(({ sku, price, inventoryLevel, seller }) => ({
      offerId: sku,
      shopName: seller.name,
      priceMinor: Math.round(Number(price) * 100),
      stock: inventoryLevel.value,
    }));
  return { title: parsed.data.name, offers };
}
