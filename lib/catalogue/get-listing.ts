import { and, asc, eq } from 'drizzle-orm';
import { categories, listings, productPictures, products, variants } from '@/db/schema';
import { parseId, type ListingId, type Locale } from '@/lib/kernel';
import { systemClock } from '@/lib/platform/clock';
import { kept } from '@/lib/platform/kept';
import { reader } from '@/lib/platform/transaction';
import { departmentOf, listDepartments } from './departments';
import { energyLabelOf } from './energy-label';
import type { ListingView } from './views';

/** The listing an address names: its last part is a slug for people and the id that counts. */
export function listingIdFrom(slugId: string): ListingId | undefined {
  return parseId('listing', slugId.slice(slugId.lastIndexOf('-') + 1));
}

function readRow(listingId: ListingId) {
  return reader()
    .select({ listing: listings, product: products, variant: variants, category: categories })
    .from(listings)
    .innerJoin(variants, eq(variants.id, listings.variantId))
    .innerJoin(products, eq(products.id, variants.productId))
    .innerJoin(categories, eq(categories.id, listings.categoryId))
    .where(and(eq(listings.id, listingId), eq(listings.isPublished, true)));
}

type Row = Awaited<ReturnType<typeof readRow>>[number];

async function siblingsOf({ product, listing }: Row): Promise<ListingView['siblings']> {
  const rows = await reader()
    .select({ listingId: listings.id, slug: listings.slug, label: variants.label })
    .from(variants)
    .innerJoin(listings, eq(listings.variantId, variants.id))
    .where(and(eq(variants.productId, product.id), eq(listings.isPublished, true)))
    .orderBy(asc(variants.id))
    .limit(24);
  const labelled = rows.flatMap(({ listingId, slug, label }) =>
    label === null ? [] : [{ label, slugId: `${slug}-${listingId}`, isThis: listingId === listing.id }],
  );
  return labelled.length > 1 ? labelled : [];
}

async function picturesOf({ product }: Row): Promise<readonly string[]> {
  const rows = await reader()
    .select({ key: productPictures.key })
    .from(productPictures)
    .where(eq(productPictures.productId, product.id))
    .orderBy(asc(productPictures.position), asc(productPictures.key));
  return rows.map(({ key }) => key);
}

async function viewOf(row: Row, locale: Locale): Promise<ListingView> {
  const { listing, product, variant, category } = row;
  const [departments, siblings, pictures] = await Promise.all([listDepartments(locale), siblingsOf(row), picturesOf(row)]);
  const told = { ...product.attributes, ...variant.attributes };
  const energy = energyLabelOf({ gates: category.legalGates, attributes: told, now: systemClock.now() });
  const isShownAsArrow = (name: string) =>
    name === 'energyKind' || (name === 'energyClass' && energy !== undefined) || (name === 'energySheet' && energy?.sheet !== undefined);
  const attributes = Object.entries(told).flatMap(([name, value]) => (isShownAsArrow(name) ? [] : [{ name, value }]));
  return {
    listingId: listing.id,
    slugId: `${listing.slug}-${listing.id}`,
    title: listing.title,
    brand: listing.brand ?? undefined,
    keyAttribute: listing.keyAttribute ?? undefined,
    description: product.description ?? undefined,
    attributes,
    gtin: variant.gtin ?? undefined,
    salesUnit: variant.salesUnit,
    family: category.family,
    glyph: product.glyph,
    categoryId: category.id,
    departments: (departmentOf(departments, category.id) ?? []).map(({ name, path }) => ({ name, path })),
    minimumAge: category.minimumAge ?? undefined,
    withdrawalException: category.withdrawalException ?? undefined,
    manufacturer: product.manufacturer ?? undefined,
    responsiblePerson: product.responsiblePerson ?? undefined,
    warnings: product.warnings ?? undefined,
    energy,
    source: product.source,
    licence: product.licence,
    pictures,
    siblings,
  };
}

const keptListing = kept(
  async (key) => {
    const [locale, id = ''] = key.split(':');
    const listingId = parseId('listing', id);
    const [row] = listingId ? await readRow(listingId) : [];
    return row && viewOf(row, locale === 'en' ? 'en' : 'fr');
  },
  { limit: 5_000 },
);

/** A product's words, kept a few seconds; undefined when it is not published. */
export function getListing(listingId: ListingId, locale: Locale): Promise<ListingView | undefined> {
  return keptListing(`${locale}:${listingId}`);
}
