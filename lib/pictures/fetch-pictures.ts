import { createHash } from 'node:crypto';
import { and, eq, gt, sql } from 'drizzle-orm';
import { pictureWishes, productPictures, products, shops } from '@/db/schema';
import type { Result } from '@/lib/kernel';
import { dateOf, err, MINUTE, ok, plusMs } from '@/lib/kernel';
import { env } from '@/lib/platform/env';
import { forgetPhoto, keepPhoto, MOST_PHOTO_BYTES } from '@/lib/platform/files/photos';
import type { GuardedLimits } from '@/lib/platform/guarded-request';
import { guardedRequest } from '@/lib/platform/guarded-request';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Reader, Tx } from '@/lib/platform/transaction';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { digestOf } from './address-digest';
import { MOST_PICTURES } from './pictures';

type Wish = typeof pictureWishes.$inferSelect;

/** Why a picture is not kept. The first four may be better the next time; for the others somebody has to change something. */
export type PictureFault =
  | 'unreachable'
  | 'timed-out'
  | 'server-error'
  | 'asked-to-wait'
  | 'address-not-allowed'
  | 'too-large'
  | 'not-there'
  | 'refused'
  | 'no-picture';

/** What lies at an address for whoever keeps the shop's keys; `anybodys`: no key is needed, or none may go there. `none`: no picture, no fault. */
export type OwnPicture =
  | { readonly kind: 'file'; readonly bytes: Buffer; readonly more: readonly string[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'anybodys' };

/** Fetches a picture that lies behind a shop's own key: done by whoever keeps the keys, never here. */
export type OwnPictures = (wish: Pick<Wish, 'origin' | 'shopId' | 'address'>) => Promise<Result<OwnPicture, PictureFault>>;

/** How pictures are fetched: within which limits, and who fetches those that need a key. */
type FetchWays = { readonly limits: GuardedLimits; readonly own: OwnPictures };

const passing: ReadonlySet<PictureFault> = new Set<PictureFault>(['unreachable', 'timed-out', 'server-error', 'asked-to-wait']);

/** Pictures fetched beside each other: enough to be quick, few enough not to be rude to a small shop's server. */
const AT_ONCE = 4;
const MOST_ATTEMPTS = 5;
/** While one worker fetches a picture no other takes it up; one that died is followed by another after that. */
const LEASE_MS = 10 * MINUTE;
const MOST_REDIRECTS = 3;

/** The real limits: eight megabytes, twenty seconds, HTTPS to public addresses. */
export const pictureLimits = (): GuardedLimits => ({
  allowPrivate: env().sourcesAtPrivateAddresses,
  waitMs: 20_000,
  mostBytes: MOST_PHOTO_BYTES,
});

function faultOfStatus(status: number): PictureFault | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status === 404 || status === 410) return 'not-there';
  if (status === 429) return 'asked-to-wait';
  return status >= 500 ? 'server-error' : 'refused';
}

/** The file at an address. Many lists still say http of sites that have long answered by https; a redirect is judged like an address. */
async function download(address: string, limits: GuardedLimits): Promise<Result<Buffer, PictureFault>> {
  let url = limits.allowPrivate ? address : address.replace(/^http:/i, 'https:');
  for (let step = 0; step <= MOST_REDIRECTS; step++) {
    const asked = await guardedRequest({ method: 'GET', url, headers: { accept: 'image/*', 'user-agent': 'Halles-Pictures/1' } }, limits);
    if (!asked.ok) return err(asked.error.kind);
    const { status, headers, body } = asked.value;
    const to = headers['location'];
    if (status < 300 || status >= 400 || to === undefined) {
      const fault = faultOfStatus(status);
      return fault === undefined ? ok(body) : err(fault);
    }
    if (!URL.canParse(to, url)) return err('refused');
    url = new URL(to, url).href;
  }
  return err('refused');
}

/**
 * Takes up wishes whose time has come, of each shop in its turn: a large file keeps nobody else waiting. Whoever comes at the same moment
 * finds them no longer due, so that two workers never fetch the same.
 */
async function claimDue({ clock }: Ports): Promise<readonly Wish[]> {
  const isDue = sql`state = 'waiting' and next_try_at <= ${dateOf(clock.now()).toISOString()}::timestamptz`;
  // Shop by shop along the index: numbering all that waits, to take four, would read a long file anew for each four of it.
  const ofShop = sql`select *, row_number() over (order by next_try_at, product_id, position) as turn from ${pictureWishes} where shop_id = s.id and ${isDue} order by next_try_at, product_id, position limit ${AT_ONCE}`; // prettier-ignore
  const next = sql`(select product_id, shop_id, digest from (select due.* from ${shops} s cross join lateral (${ofShop}) due) as due order by turn, next_try_at limit ${AT_ONCE})`; // prettier-ignore
  return reader()
    .update(pictureWishes)
    .set({ attempts: sql`${pictureWishes.attempts} + 1`, nextTryAt: plusMs(clock.now(), LEASE_MS) })
    .where(sql`(${pictureWishes.productId}, ${pictureWishes.shopId}, ${pictureWishes.digest}) in ${next} and ${isDue}`)
    .returning();
}

const thisWish = ({ productId, shopId, digest }: Wish) =>
  and(eq(pictureWishes.productId, productId), eq(pictureWishes.shopId, shopId), eq(pictureWishes.digest, digest), eq(pictureWishes.state, 'waiting')); // prettier-ignore

/** Whether the page still needs a picture of this shop: another shop's pictures of the same thing stand for all. */
async function sparedBecause(from: Reader, { productId, shopId }: Wish): Promise<'others' | 'enough' | undefined> {
  const [row] = await from.execute<{ own: number; others: number }>(sql`
    select count(*) filter (where shop_id = ${shopId})::int as own, count(*) filter (where shop_id <> ${shopId})::int as others
    from ${productPictures} where product_id = ${productId}`);
  if ((row?.others ?? 0) > 0) return 'others';
  return (row?.own ?? 0) >= MOST_PICTURES ? 'enough' : undefined;
}

/** The same file under another address of the same product. */
async function keptTwin(tx: Tx, { productId, shopId }: Wish, checksum: string): Promise<string | undefined> {
  const [twin] = await tx
    .select({ key: pictureWishes.key })
    .from(pictureWishes)
    .where(
      and(
        eq(pictureWishes.productId, productId),
        eq(pictureWishes.shopId, shopId),
        eq(pictureWishes.checksum, checksum),
        eq(pictureWishes.state, 'kept'),
      ),
    ) // prettier-ignore
    .limit(1);
  return twin?.key ?? undefined;
}

/** Of two addresses of one file the earlier one says where it stands, whichever arrived first. */
async function stepForward(tx: Tx, key: string, position: number): Promise<void> {
  await tx
    .update(productPictures)
    .set({ position })
    .where(and(eq(productPictures.key, key), gt(productPictures.position, position)));
}

/** Puts a fetched file on its product's page. Gives whether the file is used: one that is not must be forgotten. */
async function place(wish: Wish, { key, checksum }: { readonly key: string; readonly checksum: string }, ports: Ports): Promise<boolean> {
  const placed = await withTransaction(async (tx) => {
    // Two pictures of one page, or of two shops, arrive one after the other.
    await tx.select({ id: products.id }).from(products).where(eq(products.id, wish.productId)).for('no key update');
    const reason = await sparedBecause(tx, wish);
    const twin = reason === undefined ? await keptTwin(tx, wish, checksum) : undefined;
    const done = reason === undefined ? ({ state: 'kept', key: twin ?? key, checksum, reason: null } as const) : ({ state: 'spared', reason } as const); // prettier-ignore
    const moved = await tx.update(pictureWishes).set(done).where(thisWish(wish)).returning({ digest: pictureWishes.digest });
    if (twin !== undefined) await stepForward(tx, twin, wish.position);
    if (moved.length === 0 || reason !== undefined || twin !== undefined) return ok(false);
    await tx.insert(productPictures).values({
      key,
      productId: wish.productId,
      shopId: wish.shopId,
      position: wish.position,
      source: wish.address,
      licence: 'Halles-merchant-terms',
      createdAt: ports.clock.now(),
    });
    return ok(true);
  });
  return placed.ok && placed.value;
}

async function fail(wish: Wish, fault: PictureFault, { clock }: Ports): Promise<void> {
  const isLast = !passing.has(fault) || wish.attempts >= MOST_ATTEMPTS;
  const nextTryAt = plusMs(clock.now(), 5 ** (wish.attempts - 1) * MINUTE); // 1, 5, 25 minutes, two hours
  await reader()
    .update(pictureWishes)
    .set({ reason: fault, ...(isLast ? { state: 'failed' as const } : { nextTryAt }) })
    .where(thisWish(wish));
}

/** More pictures of the same product that only showed when this one was there. */
async function wishFor(more: readonly string[], wish: Wish, { clock }: Ports): Promise<void> {
  if (more.length === 0) return;
  const now = clock.now();
  const of = {
    productId: wish.productId,
    shopId: wish.shopId,
    origin: wish.origin,
    state: 'waiting',
    nextTryAt: now,
    createdAt: now,
  } as const;
  await reader()
    .insert(pictureWishes)
    .values(more.map((address, index) => ({ ...of, address, digest: digestOf(address), position: wish.position + 1 + index })))
    .onConflictDoNothing();
}

async function fetchOne(wish: Wish, { limits, own }: FetchWays, ports: Ports): Promise<void> {
  const reason = await sparedBecause(reader(), wish);
  if (reason !== undefined) {
    await reader().update(pictureWishes).set({ state: 'spared', reason }).where(thisWish(wish));
    return;
  }
  const asked = await own(wish);
  if (!asked.ok) return fail(wish, asked.error, ports);
  if (asked.value.kind === 'none') {
    await reader().delete(pictureWishes).where(thisWish(wish)); // wished again when its product changes: it may have got one
    return;
  }
  const file = asked.value.kind === 'file' ? ok(asked.value.bytes) : await download(wish.address, limits);
  if (!file.ok) return fail(wish, file.error, ports);
  const kept = await keepPhoto(file.value);
  if (!kept.ok) return fail(wish, kept.error.kind === 'photo-too-large' ? 'too-large' : 'no-picture', ports);
  const checksum = createHash('sha256').update(file.value).digest('base64url');
  if (!(await place(wish, { key: kept.value, checksum }, ports))) return forgetPhoto(kept.value);
  // Only what is new leads further: a source that shows one picture at every number would be asked without end.
  if (asked.value.kind === 'file') await wishFor(asked.value.more, wish, ports);
}

/**
 * Fetches a few of the pictures that are due. Gives how many it took up; 0 means that nothing is due. Each is judged by what is in it, made
 * small, and kept under the address it came from; one that cannot be had says why and is tried again later where that may help.
 */
export async function fetchDuePictures(ways: FetchWays, ports: Ports = systemPorts): Promise<number> {
  const wishes = await claimDue(ports);
  await Promise.all(wishes.map((wish) => fetchOne(wish, ways, ports)));
  return wishes.length;
}
