import { sql } from 'drizzle-orm';
import { categories, listings, products, shopProducts, variants } from '@/db/schema';
import type { Instant, ListingId, ProductId, ShopId, VariantId } from '@/lib/kernel';
import type { Tx } from '@/lib/platform/transaction';
import type { OfferDraft } from './draft-words';
import { DRAFT_UNIT, burdenOf, keyAttributeOf, slugOfTitle } from './draft-words';
import type { GtinSheet } from './gtin-sheets';
import type { CategorySuggestion } from './suggest-category';

/** A variant the commons lack, with its ids made. */
export type NewVariant = {
  readonly draft: OfferDraft;
  readonly gtin: string | undefined;
  readonly sheet: GtinSheet | undefined;
  readonly category: CategorySuggestion;
  readonly isNewProduct: boolean;
  readonly productId: ProductId;
  readonly variantId: VariantId;
  readonly listingId: ListingId;
};

/** Words a shop wrote may be shown under the terms it accepted; those of open data under their own. */
const OWN_WORDS = { source: 'shop', licence: 'Halles-merchant-terms' } as const;

const json = (rows: readonly object[]) => sql`${JSON.stringify(rows)}::jsonb`;

/** What a shop says of its own goods, and what open data says, each under its own licence. Units: basis points of confidence. */
function provenanceOf({ draft, sheet, category }: NewVariant) {
  const own = { ...OWN_WORDS, confidenceBps: 8_000 };
  const open = sheet && { source: sheet.source, licence: sheet.licence, confidenceBps: 7_000 };
  const given = { brand: draft.brand, description: draft.description, manufacturer: draft.manufacturer, netContent: draft.netContent };
  const fields = Object.entries(given).flatMap(([field, value]) => (value === undefined ? [] : [[field, own] as const]));
  const attributes = Object.keys(draft.attributes).map((field) => [field, own] as const);
  const content = draft.netContent === undefined && sheet?.netContent && open ? [['netContent', open] as const] : [];
  const department = { source: 'suggestion', licence: 'CC0-1.0', confidenceBps: Math.round(category.confidence * 10_000) };
  return Object.fromEntries([['title', open ?? own] as const, ['category', department] as const, ...fields, ...attributes, ...content]);
}

function productRow(variant: NewVariant) {
  const { draft, sheet, category, productId } = variant;
  const { source, licence } = sheet === undefined ? OWN_WORDS : sheet;
  return {
    id: productId,
    category: category.categoryId,
    title: sheet?.title ?? draft.title,
    brand: draft.brand,
    description: draft.description,
    attributes: draft.attributes,
    manufacturer: draft.manufacturer ?? null,
    source,
    licence,
    provenance: provenanceOf(variant),
  };
}

function variantRow({ draft, sheet, gtin, productId, variantId }: NewVariant) {
  const net = draft.netContent ?? sheet?.netContent;
  return {
    id: variantId,
    product: productId,
    gtin,
    label: draft.label,
    attributes: Object.fromEntries(draft.options.map(({ name, value }, index) => [name === '' ? `option ${index + 1}` : name, value])),
    weight: burdenOf(draft).weightGrams,
    volume: burdenOf(draft).volumeCm3,
    net: net?.amount,
    unit: net?.unit,
  };
}

function listingRow({ draft, sheet, category, variantId, listingId }: NewVariant) {
  const name = sheet?.title ?? draft.title;
  const title = draft.label === undefined ? name : `${name}, ${draft.label}`;
  const net = draft.netContent ?? sheet?.netContent;
  return {
    id: listingId,
    variant: variantId,
    category: category.categoryId,
    slug: slugOfTitle(title),
    title,
    key: keyAttributeOf({ ...draft, netContent: net }),
    brand: draft.brand,
    published: draft.isActive,
  };
}

/** Adds products, variants and their pages to the commons: four statements whatever their number. */
export async function writeVariants(tx: Tx, shopId: ShopId, rows: readonly NewVariant[], now: Instant): Promise<void> {
  if (rows.length === 0) return;
  const since = new Date(now).toISOString();
  const made = rows.filter(({ isNewProduct }) => isNewProduct);
  await tx.execute(sql`
    insert into ${products} (id, category_id, title, brand, description, attributes, glyph, manufacturer, source, licence, provenance, created_at)
    select x.id, x.category, x.title, x.brand, x.description, x.attributes, c.glyph, nullif(x.manufacturer, 'null'::jsonb), x.source, x.licence, x.provenance, ${since}::timestamptz
    from jsonb_to_recordset(${json(made.map(productRow))})
      as x(id text, category text, title text, brand text, description text, attributes jsonb, manufacturer jsonb, source text, licence text, provenance jsonb)
    join ${categories} c on c.id = x.category`);
  await tx.execute(sql`
    insert into ${shopProducts} (shop_id, product_key, product_id)
    select ${shopId}, x.key, x.id from jsonb_to_recordset(${json(made.map(({ draft, productId }) => ({ key: draft.productKey, id: productId })))}) as x(key text, id text)
    on conflict do nothing`);
  await tx.execute(sql`
    insert into ${variants} (id, product_id, gtin, label, attributes, sales_unit, weight_grams, volume_cm3, net_quantity, net_unit)
    select x.id, x.product, x.gtin, x.label, x.attributes, ${DRAFT_UNIT}, x.weight, x.volume, x.net, x.unit
    from jsonb_to_recordset(${json(rows.map(variantRow))})
      as x(id text, product text, gtin text, label text, attributes jsonb, weight int, volume int, net int, unit text)`);
  await tx.execute(sql`
    insert into ${listings} (id, variant_id, category_id, slug, title, key_attribute, brand, is_published)
    select x.id, x.variant, x.category, x.slug, x.title, x.key, x.brand, x.published
    from jsonb_to_recordset(${json(rows.map(listingRow))})
      as x(id text, variant text, category text, slug text, title text, key text, brand text, published boolean)`);
}
