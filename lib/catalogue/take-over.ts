import { sql } from 'drizzle-orm';
import { categories, listings, offers, priceHistory, stockLevels, vatRates } from '@/db/schema';
import type { Instant, OfferId, ShopId } from '@/lib/kernel';
import { dateOf } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { CATCH_ALL, categoryChooser, ensureCatchAll, generalVatOf } from './choose-category';
import type { OfferDraft } from './draft-words';
import type { GtinSheet } from './open-data/gtin-sheet';
import type { ItemSource } from './item-source';
import { sourceOf } from './item-source';
import { prepareItem } from './prepare-page';
import { placesOf, writePages } from './write-pages';

/** One thing to write: an offer that is there already, or a draft of which the shop has none. */
export type TakeOverItem = {
  readonly position: number;
  readonly draft: OfferDraft;
  /** What open data knows of its bar code; it carries its own source and licence. */
  readonly sheet: GtinSheet | undefined;
  readonly offerId: OfferId | undefined;
};

/** What an offer was before; a new one was nothing. */
type Former = { readonly priceMinor: number; readonly isActive: boolean; readonly onHand: number | null };

/** `isNew` where this transaction made the offer, at the id its item was prepared with. */
export type TakenOver = {
  readonly position: number;
  readonly offerId: OfferId;
  readonly isNew: boolean;
  readonly before: Former | undefined;
};

const iso = (at: Instant) => sql`${dateOf(at).toISOString()}::timestamptz`;

type OffersWish = { readonly shopId: ShopId; readonly source: ItemSource; readonly disputed: readonly number[]; readonly now: Instant };

/**
 * Writes new offers at the pages they have by now. The rate of VAT a shop's own file tells goes before what the department usually has.
 * One whose code the shop has used meanwhile changes that offer.
 */
async function writeOffers(tx: Tx, { shopId, source, disputed, now }: OffersWish): Promise<readonly TakenOver[]> {
  const general = sql`(select * from jsonb_to_recordset(${JSON.stringify(generalVatOf)}::jsonb) as g(rate int, category text))`;
  const written = await tx.execute<{ position: number; id: OfferId; is_new: boolean }>(sql`
    with ${placesOf({ shopId, source }, disputed)}, rate as materialized (
      select category, rate_bps from ${vatRates}
      where territory = 'FR-mainland' and valid_from <= ${iso(now)}::date and (valid_to is null or valid_to > ${iso(now)}::date)
    ), written as (
      insert into ${offers} (id, listing_id, shop_id, merchant_sku, price_minor, price_steps, currency, vat_category, condition, shelf, is_active, updated_at)
      select 'off_' || item.made, l.id, ${shopId}, item.sku, item.price_minor, 1, 'EUR',
        case when item.vat_rate_bps is null or item.vat_rate_bps = rate.rate_bps then c.vat_category else coalesce(general.category, c.vat_category) end,
        item.condition, item.shelf, item.is_active, ${iso(now)}
      from item join place using (position) join ${listings} l on l.variant_id = place.variant_id join ${categories} c on c.id = l.category_id
      left join rate on rate.category = c.vat_category left join ${general} general on general.rate = item.vat_rate_bps
      on conflict (shop_id, merchant_sku) do update
        set price_minor = excluded.price_minor, is_active = excluded.is_active, updated_at = excluded.updated_at
      returning id, merchant_sku, price_minor, xmax = 0 as is_new
    ), first_price as (
      insert into ${priceHistory} (offer_id, price_minor, valid_from) select id, price_minor, ${iso(now)} from written where is_new
    )
    select item.position, written.id, written.is_new from written join item on item.sku = written.merchant_sku`);
  await notePrices(tx, written.filter((one) => !one.is_new).map(({ id }) => id), now); // prettier-ignore
  return written.map(({ position, id, is_new: isNew }) => ({ position, offerId: id, isNew, before: undefined }));
}

async function changeOffers(tx: Tx, { shopId, source, now }: OffersWish): Promise<readonly TakenOver[]> {
  const changed = await tx.execute<{ position: number; id: OfferId; price: string; active: boolean; on_hand: number | null }>(sql`
    with wanted as materialized (
      select i.position, i.offer_id as id, i.price_minor, i.is_active, i.shelf from ${source} i where i.offer_id is not null
    ), former as materialized (
      select o.id, o.price_minor, o.is_active, (select sum(on_hand)::int from ${stockLevels} s where s.offer_id = o.id) as on_hand
      from ${offers} o join wanted using (id) where o.shop_id = ${shopId} order by o.id for update of o
    ), changed as (
      update ${offers} o set price_minor = wanted.price_minor, is_active = wanted.is_active, shelf = coalesce(wanted.shelf, o.shelf), updated_at = ${iso(now)}
      from wanted, former where o.id = wanted.id and former.id = wanted.id returning o.id
    )
    select wanted.position, former.id, former.price_minor as price, former.is_active as active, former.on_hand
    from changed join former using (id) join wanted using (id)`);
  await notePrices(tx, changed.map(({ id }) => id), now); // prettier-ignore
  return changed.map(({ position, id, price, active, on_hand: onHand }) => ({
    position,
    offerId: id,
    isNew: false,
    before: { priceMinor: Number(price), isActive: active, onHand },
  }));
}

/** The prices of now join the history where they are not the ones that stood last. */
async function notePrices(tx: Tx, ids: readonly OfferId[], now: Instant): Promise<void> {
  if (ids.length === 0) return;
  await tx.execute(sql`
    insert into ${priceHistory} (offer_id, price_minor, valid_from)
    select o.id, o.price_minor, ${iso(now)} from ${offers} o
    where o.id = any(${sql.param(ids)}::text[]) and o.price_minor is distinct from (
      select h.price_minor from ${priceHistory} h where h.offer_id = o.id order by h.valid_from desc limit 1)
    on conflict do nothing`);
}

/**
 * Writes the offers of items whose pages exist (`writePages`), new ones and changed ones: a handful of statements whatever their number.
 * Guarantees: the same items again change nothing; each new public price is kept (ME-07). Gives what each was before.
 */
export async function placeOffers(tx: Tx, wish: OffersWish): Promise<readonly TakenOver[]> {
  return [...(await writeOffers(tx, wish)), ...(await changeOffers(tx, wish))];
}

/**
 * Takes some drafts over into the commons and the shop's offers, in the caller's transaction. The caller holds `lockCommons`.
 * Guarantees: those of `writePages` and `placeOffers`; numbers given in the store never join two shops.
 */
export async function takeOver(
  tx: Tx,
  { shopId, items }: { readonly shopId: ShopId; readonly items: readonly TakeOverItem[] },
  ports: Ports,
): Promise<readonly TakenOver[]> {
  const now = ports.clock.now();
  const choose = await categoryChooser(tx, shopId);
  const prepared = items.map(({ draft, ...facts }) => prepareItem(draft, facts, choose, ports.ids));
  if (prepared.some(({ categoryId }) => categoryId === CATCH_ALL)) await ensureCatchAll(tx);
  const source = sourceOf(prepared);
  const disputed = await writePages(tx, { shopId, source, now });
  return placeOffers(tx, { shopId, source, disputed, now });
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
    update ${offers} o set price_minor = x.former_price, is_active = x.former_active, updated_at = ${iso(now)}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(id text, price bigint, active boolean, former_price bigint, former_active boolean)
    where o.id = x.id and o.shop_id = ${shopId} and o.price_minor = x.price and o.is_active = x.active`);
  await notePrices(tx, items.map(({ offerId }) => offerId), now); // prettier-ignore
}
