import { sql } from 'drizzle-orm';
import { offers, priceHistory, shopProducts, stockLevels, variants, listings, vatRates } from '@/db/schema';
import type { Instant, ListingId, OfferId, ProductId, ShopId } from '@/lib/kernel';
import { isInStoreGtin, parseGtin } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { categoryChooser } from './choose-category';
import type { ProposedMatch } from './commons/propose-matches';
import { queueMatches } from './commons/propose-matches';
import { contradict } from './commons/similarity';
import type { OfferDraft } from './draft-words';
import type { GtinSheet } from './gtin-sheets';
import type { NewVariant } from './write-variants';
import { writeVariants } from './write-variants';

/** One thing to write: an offer that is there already, or a draft of which the shop has none. */
export type TakeOverItem = {
  readonly position: number;
  readonly draft: OfferDraft;
  /** What open data knows of its bar code; it carries its own source and licence. */
  readonly sheet: GtinSheet | undefined;
  readonly offerId: OfferId | undefined;
};

/** What an offer was before; a new one was nothing. */
export type Former = { readonly priceMinor: number; readonly isActive: boolean; readonly onHand: number | null };

export type TakenOver = { readonly position: number; readonly offerId: OfferId; readonly before: Former | undefined };

type Place = { readonly listingId: ListingId; readonly vatCategory: string; readonly title: string };

const iso = (at: Instant): string => new Date(at).toISOString();

/** Whether a number names the same thing in every shop: those a shop gives itself do not. */
function sharedGtin({ gtin }: OfferDraft): string | undefined {
  const read = gtin === undefined ? undefined : parseGtin(gtin);
  return read === undefined || isInStoreGtin(read) ? undefined : read;
}

async function currentRates(tx: Tx, now: Instant): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.execute<{ category: string; rate: number }>(sql`
    select category, rate_bps as rate from ${vatRates}
    where territory = 'FR-mainland' and valid_from <= ${iso(now)}::date and (valid_to is null or valid_to > ${iso(now)}::date)`);
  return new Map(rows.map(({ category, rate }) => [category, rate]));
}

/** Pages of the commons that meet these bar codes. */
async function placesByGtin(tx: Tx, gtins: readonly string[]): Promise<ReadonlyMap<string, Place>> {
  const rows = await tx.execute<{ gtin: string; id: ListingId; title: string; vat: string }>(sql`
    select v.gtin, l.id, l.title, c.vat_category as vat from ${variants} v join ${listings} l on l.variant_id = v.id join categories c on c.id = l.category_id
    where v.gtin = any(${sql.param(gtins)}::text[])`);
  return new Map(rows.map(({ gtin, id, title, vat }) => [gtin, { listingId: id, vatCategory: vat, title }]));
}

const labelKey = (productId: string, label: string | null | undefined): string => `${productId}|${label ?? ''}`;

/** Products this shop's own groups of variants stand for, and the pages of their variants. */
async function placesByKey(tx: Tx, shopId: ShopId, keys: readonly string[]) {
  const products = await tx.execute<{ key: string; id: ProductId }>(sql`
    select product_key as key, product_id as id from ${shopProducts} where shop_id = ${shopId} and product_key = any(${sql.param(keys)}::text[])`);
  const pages = await tx.execute<{ product: string; label: string | null; id: ListingId; title: string; vat: string }>(sql`
    select v.product_id as product, v.label, l.id, l.title, c.vat_category as vat
    from ${variants} v join ${listings} l on l.variant_id = v.id join categories c on c.id = l.category_id
    where v.product_id = any(${sql.param(products.map(({ id }) => id))}::text[])`);
  return {
    products: new Map(products.map(({ key, id }) => [key, id])),
    pages: new Map(
      pages.map(({ product, label, id, title, vat }) => [labelKey(product, label), { listingId: id, vatCategory: vat, title }]),
    ),
  };
}

type Request = {
  readonly shopId: ShopId;
  readonly items: readonly TakeOverItem[];
};

/** One import at a time adds to the commons, so that two shops cannot make the same product twice at the same moment. Until commit. */
export async function lockCommons(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('halles:commons'))`);
}

/**
 * Writes a piece of an import into the commons and the shop's offers, in the caller's transaction and a dozen statements whatever its size.
 *
 * Guarantees: a bar code leads to the page that has it already; numbers given in the store never join two shops; the same piece written
 *   twice changes nothing the second time; each new public price is kept (ME-07). The caller holds `lockCommons`.
 */
export async function takeOver(tx: Tx, { shopId, items }: Request, ports: Ports): Promise<readonly TakenOver[]> {
  const now = ports.clock.now();
  const fresh = items.filter(({ offerId }) => offerId === undefined);
  const places = await placesFor(tx, { shopId, items: fresh }, ports);
  const created = await writeOffers(tx, shopId, fresh, places, ports);
  const changed = await changeOffers(tx, shopId, items.filter(({ offerId }) => offerId !== undefined), now); // prettier-ignore
  const all = [...created, ...changed];
  await notePrices(tx, all.map(({ offerId }) => offerId), now); // prettier-ignore
  return all;
}

const bare = (title: string) => ({ title, brand: undefined });

/** Open data's words for a bar code, unless the shop's own words speak of something else. */
function agreeing(draft: OfferDraft, sheet: GtinSheet | undefined): GtinSheet | undefined {
  return sheet !== undefined && draft.title !== '' && contradict(bare(draft.title), bare(sheet.title)) ? undefined : sheet;
}

/** The page of each draft: found by bar code, by the shop's own product, or made. */
async function placesFor(tx: Tx, { shopId, items }: Request, ports: Ports): Promise<ReadonlyMap<number, Place>> {
  if (items.length === 0) return new Map();
  const byGtin = new Map(await placesByGtin(tx, items.flatMap(({ draft }) => sharedGtin(draft) ?? []))); // prettier-ignore
  const { products, pages } = await placesByKey(tx, shopId, [...new Set(items.map(({ draft }) => draft.productKey))]);
  const choose = await categoryChooser(tx, shopId, await currentRates(tx, ports.clock.now()));
  const own = new Map(products);
  const ownPages = new Map<string, Place>(pages);
  const places = new Map<number, Place>();
  const missing: NewVariant[] = [];
  const doubtful: ProposedMatch[] = [];
  for (const { position, draft, sheet: ownSheet } of items) {
    const gtin = sharedGtin(draft);
    const coded = gtin === undefined ? undefined : byGtin.get(gtin);
    // One bar code, two things: the newcomer gets a page of its own without the code, and a person looks at both.
    const isDisputed = coded !== undefined && contradict(bare(draft.title), bare(coded.title));
    const productId = own.get(draft.productKey);
    const known = (isDisputed ? undefined : coded) ?? (productId && ownPages.get(labelKey(productId, draft.label)));
    if (known) {
      places.set(position, known);
      continue;
    }
    const sheet = gtin === undefined || isDisputed ? undefined : agreeing(draft, ownSheet);
    const category = choose(draft.title === '' && sheet ? { ...draft, title: sheet.title } : draft, sheet?.leaf);
    const variant: NewVariant = {
      draft,
      gtin: isDisputed ? undefined : gtin,
      sheet,
      category,
      isNewProduct: productId === undefined,
      productId: productId ?? ports.ids.make('product'),
      variantId: ports.ids.make('variant'),
      listingId: ports.ids.make('listing'),
    };
    missing.push(variant);
    own.set(draft.productKey, variant.productId);
    const place = { listingId: variant.listingId, vatCategory: category.vatCategory, title: draft.title };
    if (isDisputed) doubtful.push({ kind: 'same-code', listingId: place.listingId, otherListingId: coded.listingId, likenessBps: 0 });
    else if (gtin !== undefined) byGtin.set(gtin, place);
    ownPages.set(labelKey(variant.productId, draft.label), place);
    places.set(position, place);
  }
  await writeVariants(tx, shopId, missing, ports.clock.now());
  await queueMatches(tx, doubtful, ports);
  return places;
}

async function writeOffers(
  tx: Tx,
  shopId: ShopId,
  items: readonly TakeOverItem[],
  places: ReadonlyMap<number, Place>,
  ports: Ports,
): Promise<readonly TakenOver[]> {
  const bySku = new Map(items.map(({ position, draft }) => [draft.sku, position]));
  const rows = items.flatMap(({ position, draft }) => {
    const place = places.get(position);
    if (place === undefined) return [];
    const { sku, priceMinor, condition, shelf, isActive } = draft;
    return [
      {
        id: ports.ids.make('offer'),
        listing: place.listingId,
        vat: place.vatCategory,
        sku,
        price: priceMinor,
        condition,
        shelf,
        active: isActive,
      },
    ];
  });
  if (rows.length === 0) return [];
  const written = await tx.execute<{ id: OfferId; sku: string }>(sql`
    insert into ${offers} (id, listing_id, shop_id, merchant_sku, price_minor, price_steps, vat_category, condition, shelf, is_active, updated_at)
    select x.id, x.listing, ${shopId}, x.sku, x.price, 1, x.vat, x.condition, x.shelf, x.active, ${iso(ports.clock.now())}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as x(id text, listing text, vat text, sku text, price bigint, condition text, shelf text, active boolean)
    on conflict (shop_id, merchant_sku) do update
      set price_minor = excluded.price_minor, is_active = excluded.is_active, updated_at = excluded.updated_at
    returning id, merchant_sku as sku`);
  return written.map(({ id, sku }) => ({ position: bySku.get(sku) ?? 0, offerId: id, before: undefined }));
}

async function changeOffers(tx: Tx, shopId: ShopId, items: readonly TakeOverItem[], now: Instant): Promise<readonly TakenOver[]> {
  if (items.length === 0) return [];
  const rows = items.map(({ position, offerId, draft }) => ({
    position,
    id: offerId,
    price: draft.priceMinor,
    active: draft.isActive,
    shelf: draft.shelf,
  }));
  const changed = await tx.execute<{ position: number; id: OfferId; price: string; active: boolean; on_hand: number | null }>(sql`
    with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(position int, id text, price bigint, active boolean, shelf text)
    ), former as (
      select o.id, o.price_minor, o.is_active, (select sum(on_hand)::int from ${stockLevels} s where s.offer_id = o.id) as on_hand
      from ${offers} o join wanted using (id) where o.shop_id = ${shopId} order by o.id for update of o
    ), changed as (
      update ${offers} o set price_minor = wanted.price, is_active = wanted.active, shelf = coalesce(wanted.shelf, o.shelf), updated_at = ${iso(now)}::timestamptz
      from wanted, former where o.id = wanted.id and former.id = wanted.id returning o.id
    )
    select wanted.position, former.id, former.price_minor as price, former.is_active as active, former.on_hand
    from changed join former using (id) join wanted using (id)`);
  return changed.map(({ position, id, price, active, on_hand: onHand }) => ({
    position,
    offerId: id,
    before: { priceMinor: Number(price), isActive: active, onHand },
  }));
}

/** The prices of now join the history where they are not the ones that stood last. */
async function notePrices(tx: Tx, ids: readonly OfferId[], now: Instant): Promise<void> {
  if (ids.length === 0) return;
  await tx.execute(sql`
    insert into ${priceHistory} (offer_id, price_minor, valid_from)
    select o.id, o.price_minor, ${iso(now)}::timestamptz from ${offers} o
    where o.id = any(${sql.param(ids)}::text[]) and o.price_minor is distinct from (
      select h.price_minor from ${priceHistory} h where h.offer_id = o.id order by h.valid_from desc limit 1)
    on conflict do nothing`);
}

/** Gives back what an import changed, where nobody has changed it since; offers it made are taken off sale. */
export async function giveBack(
  tx: Tx,
  shopId: ShopId,
  items: readonly {
    readonly offerId: OfferId;
    readonly priceMinor: number;
    readonly isActive: boolean;
    readonly before: Former | undefined;
  }[],
  now: Instant,
): Promise<void> {
  if (items.length === 0) return;
  const rows = items.map(({ offerId, priceMinor, isActive, before }) => ({
    id: offerId,
    price: priceMinor,
    active: isActive,
    former_price: before?.priceMinor ?? priceMinor,
    former_active: before?.isActive ?? false,
  }));
  await tx.execute(sql`
    update ${offers} o set price_minor = x.former_price, is_active = x.former_active, updated_at = ${iso(now)}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(id text, price bigint, active boolean, former_price bigint, former_active boolean)
    where o.id = x.id and o.shop_id = ${shopId} and o.price_minor = x.price and o.is_active = x.active`);
  await notePrices(tx, items.map(({ offerId }) => offerId), now); // prettier-ignore
}
