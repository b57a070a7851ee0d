import { and, asc, eq, sql } from 'drizzle-orm';
import { categories, listings, offers, products, variants } from '@/db/schema';
import type { OfferId, ShopScope } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { energyScaleOf } from './energy-label';
import type { LegalField } from './legal-gates';
import { missingOf } from './publish-gate';
import type { EnergyScaleView } from './views';

/** A product of a shop nobody sees yet, with what the law still asks. */
export type IncompleteView = {
  readonly offerId: OfferId;
  readonly title: string;
  readonly category: string;
  readonly missing: readonly LegalField[];
  /** What is written, and the scale its energy class has to stand on: what lacks is said by them. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly energyScale: EnergyScaleView | undefined;
};

/** Everything a shop has to complete, and the part that is shown. */
type IncompleteList = { readonly total: number; readonly rows: readonly IncompleteView[] };

const MOST_ROWS = 200;

/** A shop's offers whose page lacks something the law asks, by department so that alike things stand together; the first two hundred. */
export async function listMissing(
  scope: ShopScope,
  locale: 'fr' | 'en',
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<IncompleteList> {
  const hidden = and(eq(offers.shopId, scope.shopId), eq(offers.isActive, true), eq(listings.isPublished, false));
  const rows = await reader()
    .select({
      offerId: offers.id,
      title: listings.title,
      category: categories,
      product: products,
      net: variants.netQuantity,
      total: sql<number>`count(*) over ()::int`,
    })
    .from(offers)
    .innerJoin(listings, eq(listings.id, offers.listingId))
    .innerJoin(variants, eq(variants.id, listings.variantId))
    .innerJoin(products, eq(products.id, variants.productId))
    .innerJoin(categories, eq(categories.id, listings.categoryId))
    .where(hidden)
    .orderBy(asc(categories.id), asc(listings.title), asc(offers.id))
    .limit(MOST_ROWS);
  const now = clock.now();
  const views = rows.map(({ offerId, title, category, product, net }) => ({
    offerId,
    title,
    category: category.name[locale],
    attributes: product.attributes,
    energyScale: energyScaleOf({ gates: category.legalGates, attributes: product.attributes, now }),
    missing: missingOf({ product, net, gates: category.legalGates }, now),
  }));
  return { total: rows[0]?.total ?? 0, rows: views };
}
