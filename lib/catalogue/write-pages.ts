import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import { categories, listings, matchReviews, products, shopProducts, variants } from '@/db/schema';
import type { Instant, ShopId } from '@/lib/kernel';
import { dateOf } from '@/lib/kernel';
import type { Tx } from '@/lib/platform/transaction';
import { contradict } from './commons/similarity';
import { DRAFT_UNIT } from './draft-words';
import type { ItemSource } from './item-source';
import { lacksNothing } from './legal-gates';

/** A page that lacks what the law asks is made, and not shown before somebody completes it (OP-16, ME-13; ADR 0131). */
const isComplete = (of: SQL, now: Instant): SQL => {
  const columns = {
    gates: sql`c.legal_gates`,
    manufacturer: sql`${of}.manufacturer`,
    warnings: sql`${of}.warnings`,
    netQuantity: sql`${of}.net_quantity`,
    attributes: sql`${of}.attributes`,
  };
  return lacksNothing(columns, now);
};

type PagesWish = { readonly shopId: ShopId; readonly source: ItemSource; readonly now: Instant };

/** One import at a time adds to the commons, so that two shops cannot make the same product twice at the same moment. Until commit. */
export async function lockCommons(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('halles:commons'))`);
}

/**
 * The product of an `item` by the shop's own key. A question an item, not a join: what the planner knows of a table that a long import fills
 * is old, and joining would read all of the shop's products again for every piece.
 */
export const ownProduct = (shopId: ShopId): SQL => sql`
  (select s.product_id from ${shopProducts} s where s.shop_id = ${shopId} and s.product_key = item.product_key)`;

const bare = (title: string) => ({ title, brand: undefined });

/** Items whose bar code is that of another thing by its words: one of the commons (with or without a page yet), or of an item before it. By position. */
async function disputedItems(tx: Tx, source: ItemSource): Promise<readonly number[]> {
  const met = await tx.execute<{ position: number; own: string; other: string }>(sql`
    with item as materialized (select position, title, name, shared_gtin from ${source} i where i.offer_id is null and i.shared_gtin is not null)
    select item.position, item.title as own, coalesce(l.title, p.title) as other
    from item join ${variants} v on v.gtin = item.shared_gtin join ${products} p on p.id = v.product_id left join ${listings} l on l.variant_id = v.id
    where item.title <> ''
    union all
    select item.position, item.title, before.name from item
    join (select distinct on (shared_gtin) shared_gtin, position, name from item order by shared_gtin, position) before using (shared_gtin)
    where before.position < item.position and item.title <> ''`);
  return [...new Set(met.filter(({ own, other }) => contradict(bare(own), bare(other))).map(({ position }) => position))];
}

/** One bar code, two things: the newcomer has a page of its own without the code, and a person looks at both. */
async function queueDisputes(tx: Tx, source: ItemSource, disputed: readonly number[], now: Instant): Promise<void> {
  if (disputed.length === 0) return;
  await tx.execute(sql`
    insert into ${matchReviews} (id, kind, listing_id, other_listing_id, likeness_bps, state, moved, created_at)
    select 'mrv_' || i.made, 'same-code', own.id, other.id, 0, 'open', '[]'::jsonb, ${dateOf(now).toISOString()}::timestamptz
    from ${source} i join ${variants} v on v.gtin = i.shared_gtin join ${listings} other on other.variant_id = v.id
    join ${listings} own on own.id = 'lst_' || i.made
    where i.position = any(${sql.param(disputed)}::int[]) and own.id <> other.id
    on conflict do nothing`);
}

/** The bar code whose page an item belongs on: none where its words dispute it. */
const pageGtin = (disputed: readonly number[]): SQL => sql`
  case when i.position = any(${sql.param(disputed)}::int[]) then null else i.shared_gtin end as page_gtin`;

/** Items without an offer as `item`, and as `place` the variant each belongs to: the one it made, else that of its bar code, else the shop's own. For a `with` clause. */
export const placesOf = ({ shopId, source }: Pick<PagesWish, 'shopId' | 'source'>, disputed: readonly number[]): SQL => sql`
  item as materialized (
    select i.position, i.made, i.product_key, i.label, i.sku, i.price_minor, i.vat_rate_bps, i.condition, i.shelf, i.is_active, ${pageGtin(disputed)}
    from ${source} i where i.offer_id is null
  ), place as materialized (
    select item.position, coalesce((select v.id from ${variants} v where v.id = 'var_' || item.made), (select v.id from ${variants} v where v.gtin = item.page_gtin), (
      select min(v.id) from ${variants} v where v.product_id = ${ownProduct(shopId)} and v.label is not distinct from item.label
    )) as variant_id from item
  )`;

/**
 * Makes products and variants for those that have none, in one statement; gives how many lack one and how many were made. Of several
 * that belong to one variant the first makes it, and the next call finds it: the caller asks again until as many were made as lacked one.
 */
async function makeVariants(tx: Tx, { shopId, source, now }: PagesWish, disputed: readonly number[]) {
  const since = sql`${dateOf(now).toISOString()}::timestamptz`;
  const [counts] = await tx.execute<{ missing: number; made: number }>(sql`
    with item as materialized (
      select i.position, i.made, i.product_key, i.label, ${pageGtin(disputed)} from ${source} i where i.offer_id is null
    ), own as materialized (
      select item.*, ${ownProduct(shopId)} as own_product from item
    ), missing as materialized (
      select own.*, min(position) over (partition by product_key, label) as first_of_key,
        case when page_gtin is null then position else min(position) over (partition by page_gtin) end as first_of_gtin
      from own where not exists (select from ${variants} v where v.gtin = own.page_gtin offset 0)
        and not exists (select from ${variants} v where v.product_id = own.own_product and v.label is not distinct from own.label offset 0)
    ), maker as materialized (
      select position, page_gtin, coalesce(own_product, 'prd_' || first_value(made) over of_product) as product_id,
        own_product is null and row_number() over of_product = 1 as is_new_product
      from missing where position = first_of_key and position = first_of_gtin
      window of_product as (partition by product_key order by position)
    ), new_products as (
      insert into ${products} (id, category_id, title, brand, description, attributes, glyph, manufacturer, responsible_person, warnings,
        source, licence, provenance, created_at)
      select m.product_id, i.category_id, i.name, i.brand, i.description, i.attributes, c.glyph, i.manufacturer, i.responsible_person, i.warnings,
        i.source, i.licence, i.provenance, ${since}
      from maker m join ${source} i using (position) join ${categories} c on c.id = i.category_id where m.is_new_product
    ), new_keys as (
      insert into ${shopProducts} (shop_id, product_key, product_id)
      select ${shopId}, i.product_key, m.product_id from maker m join item i using (position) where m.is_new_product
    ), new_variants as (
      insert into ${variants} (id, product_id, gtin, label, attributes, sales_unit, weight_grams, volume_cm3, net_quantity, net_unit)
      select 'var_' || i.made, m.product_id, m.page_gtin, i.label, i.options, ${DRAFT_UNIT}, i.weight_grams, i.volume_cm3, i.net_quantity, i.net_unit
      from maker m join ${source} i using (position)
    )
    select (select count(*) from missing)::int as missing, (select count(*) from maker)::int as made`);
  return counts ?? { missing: 0, made: 0 };
}

/**
 * Sees to it that every item without an offer has a variant: found by bar code, by the shop's own product, or made. The caller holds
 * `lockCommons`. Gives the disputed ones, which must not be sold on the page of their bar code.
 * Guarantees: a bar code leads to the thing that has it already, unless the words contradict each other; the same items again make nothing.
 */
export async function writeProducts(tx: Tx, wish: PagesWish): Promise<readonly number[]> {
  const disputed = await disputedItems(tx, wish.source);
  for (let counts = await makeVariants(tx, wish, disputed); counts.made < counts.missing;) counts = await makeVariants(tx, wish, disputed);
  return disputed;
}

/**
 * Makes the pages of variants that have none (`writeProducts` made them, or somebody's import that has not come so far). In the order of the
 * variants, so that two that meet wait for each other in one direction only. A page of a thing that another row made, or of a row without
 * words, is the one the thing's own row would make: its words, its department, and what the law asks of it.
 */
export async function writeListings(tx: Tx, wish: PagesWish, disputed: readonly number[]): Promise<void> {
  const { source } = wish;
  await tx.execute(sql`
    with ${placesOf(wish, disputed)}, lacking as materialized (
      select distinct on (variant_id) variant_id, position from place
      where variant_id is not null and not exists (select from ${listings} l where l.variant_id = place.variant_id offset 0)
      order by variant_id, position
    )
    insert into ${listings} (id, variant_id, category_id, slug, title, key_attribute, brand, is_published)
    select 'lst_' || i.made, lacking.variant_id, c.id, i.slug, coalesce(known.title, i.page_title), i.key_attribute,
      case when known.title is null then i.brand else known.brand end,
      i.is_active and case when known.title is null then ${isComplete(sql`i`, wish.now)} else ${isComplete(sql`known`, wish.now)} end
    from lacking join ${source} i using (position) left join lateral (
      select concat_ws(', ', p.title, v.label) as title, p.brand, p.category_id, p.manufacturer, p.warnings, v.net_quantity, p.attributes
      from ${variants} v join ${products} p on p.id = v.product_id
      where v.id = lacking.variant_id and (i.title = '' or v.id <> 'var_' || i.made) offset 0
    ) known on true join ${categories} c on c.id = coalesce(known.category_id, i.category_id)
    order by lacking.variant_id
    on conflict do nothing`);
  await queueDisputes(tx, source, disputed, wish.now);
}

/**
 * Sees to it that every item without an offer has a page to be sold on. The caller holds `lockCommons`. Gives the disputed ones, as
 * `writeProducts`, whose guarantees hold.
 */
export async function writePages(tx: Tx, wish: PagesWish): Promise<readonly number[]> {
  const disputed = await writeProducts(tx, wish);
  await writeListings(tx, wish, disputed);
  return disputed;
}
