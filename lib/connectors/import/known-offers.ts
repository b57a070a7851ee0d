import { sql } from 'drizzle-orm';
import { listings, offers, stockLevels, variants } from '@/db/schema';
import type { OfferId, ShopId } from '@/lib/kernel';
import { offersWithNewPictures } from '@/lib/pictures';
import { reader } from '@/lib/platform/transaction';
import type { Draft } from '../rows/draft';

/** What the shop sells already of what a draft speaks of; found by its own code, else by the bar code. */
export type KnownOffer = { readonly offerId: OfferId; readonly by: 'sku' | 'gtin'; readonly isSame: boolean };

type Row = { key: string; id: OfferId; price: string; active: boolean; on_hand: number | null };

const figures = sql`o.id, o.price_minor as price, o.is_active as active,
  (select sum(s.on_hand)::int from ${stockLevels} s where s.offer_id = o.id) as on_hand`;

async function bySku(shopId: ShopId, skus: readonly string[]): Promise<readonly Row[]> {
  return reader().execute<Row>(sql`
    select o.merchant_sku as key, ${figures} from ${offers} o where o.shop_id = ${shopId} and o.merchant_sku = any(${sql.param(skus)}::text[])`);
}

async function byGtin(shopId: ShopId, gtins: readonly string[]): Promise<readonly Row[]> {
  return reader().execute<Row>(sql`
    select v.gtin as key, ${figures}
    from ${variants} v join ${listings} l on l.variant_id = v.id join ${offers} o on o.listing_id = l.id and o.shop_id = ${shopId}
    where v.gtin = any(${sql.param(gtins)}::text[])`);
}

const isSame = (row: Row, { priceMinor, isActive, quantity }: Draft): boolean =>
  Number(row.price) === priceMinor && row.active === isActive && (quantity === undefined || row.on_hand === quantity);

/** Compares drafts with what the shop sells; by place in `drafts`. Three statements, none where the shop sells nothing yet. */
export async function knownOffers(shopId: ShopId, drafts: readonly Draft[]): Promise<ReadonlyMap<number, KnownOffer>> {
  const skus = new Map((await bySku(shopId, drafts.map(({ sku }) => sku))).map((row) => [row.key, row])); // prettier-ignore
  const others = drafts.flatMap(({ sku, gtin }) => (skus.has(sku) || gtin === undefined ? [] : [gtin]));
  const gtins = new Map(others.length === 0 ? [] : (await byGtin(shopId, others)).map((row) => [row.key, row]));
  const found = drafts.flatMap((draft, place) => {
    const own = skus.get(draft.sku);
    const row = own ?? (draft.gtin === undefined ? undefined : gtins.get(draft.gtin));
    return row === undefined ? [] : [{ place, draft, row, by: own ? ('sku' as const) : ('gtin' as const) }];
  });
  const pictured = found.flatMap(({ draft, row }) => (draft.images.length > 0 && isSame(row, draft) ? [{ offerId: row.id, addresses: draft.images }] : [])); // prettier-ignore
  const news = await offersWithNewPictures(shopId, pictured);
  return new Map(found.map(({ place, draft, row, by }) => [place, { offerId: row.id, by, isSame: isSame(row, draft) && !news.has(row.id) }])); // prettier-ignore
}

/** Whether a shop has any offer at all. */
export async function sellsAnything(shopId: ShopId): Promise<boolean> {
  const [row] = await reader().execute(sql`select from ${offers} where shop_id = ${shopId} limit 1`);
  return row !== undefined;
}

/** Which of these bar codes the commons have a page for. */
export async function codesOfCommons(gtins: readonly string[]): Promise<ReadonlySet<string>> {
  if (gtins.length === 0) return new Set();
  const rows = await reader().execute<{ gtin: string }>(sql`
    select gtin from ${variants} where gtin = any(${sql.param(gtins)}::text[])`);
  return new Set(rows.map(({ gtin }) => gtin));
}
