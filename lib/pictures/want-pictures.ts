import { and, eq, inArray, not, sql } from 'drizzle-orm';
import { listings, offers, pictureWishes, productPictures, variants } from '@/db/schema';
import type { ConnectionId, ImportId, Instant, OfferId, ShopId } from '@/lib/kernel';
import { dateOf, ok } from '@/lib/kernel';
import { forgetPhoto } from '@/lib/platform/files/photos';
import type { Tx } from '@/lib/platform/transaction';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { digestOf } from './address-digest';
import { MOST_PICTURES } from './pictures';
import { announcePictures } from './pictures-queue';

/** Addresses of an offer's pictures, in their order, as a file or a source named them. */
type WantedPictures = { readonly offerId: OfferId; readonly addresses: readonly string[] };

type WishOrigin = { readonly shopId: ShopId; readonly origin: ImportId | ConnectionId };

const rowsOf = (wanted: readonly WantedPictures[]) =>
  wanted.flatMap(
    ({ offerId, addresses }, place) =>
    addresses.slice(0, MOST_PICTURES).map((address, index) => ({ id: offerId, digest: digestOf(address), address, at: place * MOST_PICTURES + index })), // prettier-ignore
  );

const named = (wanted: readonly WantedPictures[]) =>
  sql`jsonb_to_recordset(${JSON.stringify(rowsOf(wanted))}::jsonb) as x(id text, digest text, address text, at int)`;

/**
 * Writes down which pictures a shop's file or source names for its offers' products, and wakes the worker. Nothing is fetched here.
 * Guarantees: an address of one product is wished once, however many variants and files name it; one that failed is tried again. What a
 *   product has too many of is written down as spared. Offers of another shop are not there.
 */
export async function wantPictures(
  tx: Tx,
  { shopId, origin }: WishOrigin,
  wanted: readonly WantedPictures[],
  now: Instant,
): Promise<number> {
  if (wanted.every(({ addresses }) => addresses.length === 0)) return 0;
  const at = sql`${dateOf(now).toISOString()}::timestamptz`;
  const written = await tx.execute<{ state: string }>(sql`
    with wish as (
      select v.product_id, x.digest, min(x.address) as address, min(x.at) as at
      from ${named(wanted)} join ${offers} o on o.id = x.id and o.shop_id = ${shopId}
      join ${listings} l on l.id = o.listing_id join ${variants} v on v.id = l.variant_id group by v.product_id, x.digest
    ), ranked as (
      select wish.*, row_number() over (partition by product_id order by at) as rank,
        (select coalesce(max(p.position), 0) from ${productPictures} p where p.product_id = wish.product_id) as base from wish
    )
    insert into ${pictureWishes} (product_id, shop_id, digest, address, origin, position, state, reason, next_try_at, created_at)
    select product_id, ${shopId}, digest, address, ${origin}, base + rank, case when rank > ${MOST_PICTURES} then 'spared' else 'waiting' end,
      case when rank > ${MOST_PICTURES} then 'enough' end, ${at}, ${at} from ranked
    on conflict on constraint one_wish_per_address do update
      set state = 'waiting', origin = excluded.origin, attempts = 0, reason = null, next_try_at = ${at} where picture_wishes.state = 'failed'
    returning state`);
  const waiting = written.filter(({ state }) => state === 'waiting').length;
  if (waiting > 0) await announcePictures(tx);
  return waiting;
}

/** Which of these offers name a picture that was never heard of: then a file has news even if price and stock stand as they were. */
export async function offersWithNewPictures(shopId: ShopId, wanted: readonly WantedPictures[]): Promise<ReadonlySet<OfferId>> {
  if (wanted.every(({ addresses }) => addresses.length === 0)) return new Set();
  const rows = await reader().execute<{ id: OfferId }>(sql`
    select distinct o.id from ${named(wanted)} join ${offers} o on o.id = x.id and o.shop_id = ${shopId}
    join ${listings} l on l.id = o.listing_id join ${variants} v on v.id = l.variant_id
    where not exists (select from ${pictureWishes} w where w.product_id = v.product_id and w.shop_id = ${shopId} and w.digest = x.digest)`);
  return new Set(rows.map(({ id }) => id));
}

/** Takes back what an import brought: wishes that wait are dropped, pictures it gave leave their pages. Gives how many pictures left. */
export async function dropWishes({ shopId, origin }: WishOrigin): Promise<number> {
  // In one step: a wish is all that tells which pictures the import gave.
  const gone = await withTransaction(async (tx) => {
    const dropped = await tx
      .delete(pictureWishes)
      .where(and(eq(pictureWishes.origin, origin), eq(pictureWishes.shopId, shopId)))
      .returning({ key: pictureWishes.key });
    const keys = dropped.flatMap(({ key }) => key ?? []);
    if (keys.length === 0) return ok([]);
    const isOthersToo = sql`exists (select from ${pictureWishes} w where w.key = ${productPictures.key})`;
    const pictures = await tx
      .delete(productPictures)
      .where(and(inArray(productPictures.key, keys), eq(productPictures.shopId, shopId), not(isOthersToo)))
      .returning({ key: productPictures.key });
    return ok(pictures);
  });
  const left = gone.ok ? gone.value : [];
  for (const { key } of left) await forgetPhoto(key);
  return left.length;
}
