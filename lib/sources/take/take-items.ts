import { createHash } from 'node:crypto';
import { and, eq, inArray, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import { listings, offers, sourceItems, variants } from '@/db/schema';
import type { OfferDraft, TakeOverItem } from '@/lib/catalogue';
import { lockCommons, readGtinSheets, takeOver } from '@/lib/catalogue';
import type { Instant, OfferId } from '@/lib/kernel';
import { ok } from '@/lib/kernel';
import { MOST_PICTURES, wantPictures } from '@/lib/pictures';
import type { Ports } from '@/lib/platform/ports';
import type { Reader, Tx } from '@/lib/platform/transaction';
import { reader, withTransaction } from '@/lib/platform/transaction';
import type { ConnectionRow } from '../connection-row';
import type { PulledPage, SourceItem } from '../connector';
import { draftOfItem } from './draft-of-item';

type ItemRow = typeof sourceItems.$inferSelect;

/** What became of one row of the source. */
type Taken = {
  readonly externalId: string;
  readonly productRef: string;
  readonly stockRef: string;
  readonly title: string;
  readonly draft: OfferDraft | undefined;
  readonly images: readonly string[];
  readonly digest: string | undefined;
  readonly offerId: OfferId | undefined;
  readonly reason: string | undefined;
  readonly value: string | undefined;
};

const digestOf = (draft: OfferDraft, images: readonly string[]): string =>
  createHash('sha256')
    .update(JSON.stringify(images.length === 0 ? draft : [draft, images]))
    .digest('base64url');

/** Addresses that can be asked at all, as many as a page shows. */
const imagesOf = ({ images = [] }: SourceItem): readonly string[] =>
  images.filter((address) => address.length < 2_000 && /^https?:/i.test(address) && URL.canParse(address)).slice(0, MOST_PICTURES);

/** The last word on each variant: a page that names one twice means the second. */
function lastOfEach(items: readonly SourceItem[]): readonly SourceItem[] {
  return [...new Map(items.map((item) => [item.externalId, item])).values()];
}

function readItem(item: SourceItem, known: ItemRow | undefined): Taken {
  const { externalId, productRef, title } = item;
  const images = imagesOf(item);
  const base = { externalId, productRef, stockRef: item.stockRef ?? externalId, title: title.slice(0, 200), images };
  const draft = draftOfItem(item);
  if (!draft.ok) return { ...base, draft: undefined, digest: undefined, offerId: known?.offerId ?? undefined, ...draft.error };
  // An offer keeps the code it was given, whatever the source calls it later: orders and labels bear it.
  const sku = known?.merchantSku ?? draft.value.sku;
  const settled = { ...draft.value, sku };
  return {
    ...base,
    draft: settled,
    digest: digestOf(settled, images),
    offerId: known?.offerId ?? undefined,
    reason: undefined,
    value: undefined,
  };
}

async function knownItems(from: Reader, { id }: ConnectionRow, externalIds: readonly string[]): Promise<ReadonlyMap<string, ItemRow>> {
  const rows = await from
    .select()
    .from(sourceItems)
    .where(and(eq(sourceItems.connectionId, id), inArray(sourceItems.externalId, [...externalIds])));
  return new Map(rows.map((row) => [row.externalId, row]));
}

/**
 * The shop's own offers these drafts may mean, by code and by bar code: what came by a file or by hand before is linked, not doubled.
 * An offer that another variant of this source stands for is not free.
 */
async function ownOffers(tx: Tx, { id, shopId }: ConnectionRow, drafts: readonly OfferDraft[]) {
  const skus = drafts.map(({ sku }) => sku);
  const gtins = drafts.flatMap(({ gtin }) => gtin ?? []);
  const rows = await tx
    .select({ offerId: offers.id, sku: offers.merchantSku, gtin: variants.gtin, linked: sourceItems.externalId })
    .from(offers)
    .innerJoin(listings, eq(listings.id, offers.listingId))
    .innerJoin(variants, eq(variants.id, listings.variantId))
    .leftJoin(sourceItems, and(eq(sourceItems.offerId, offers.id), eq(sourceItems.connectionId, id)))
    .where(and(eq(offers.shopId, shopId), or(inArray(offers.merchantSku, skus), inArray(variants.gtin, gtins))));
  const free = rows.filter(({ linked }) => linked === null);
  return {
    taken: new Set(rows.filter(({ linked }) => linked !== null).map(({ sku }) => sku)),
    bySku: new Map(free.map(({ sku, offerId }) => [sku, offerId])),
    byGtin: new Map(free.flatMap(({ gtin, offerId }) => (gtin === null ? [] : [[gtin, offerId] as const]))),
  };
}

/** Gives what is new its offer, where the shop has one, and a code that is its own: two variants never share one. */
async function settle(tx: Tx, row: ConnectionRow, items: readonly Taken[]): Promise<readonly Taken[]> {
  const fresh = items.flatMap(({ draft, offerId }) => (draft !== undefined && offerId === undefined ? [draft] : []));
  if (fresh.length === 0) return items;
  const own = await ownOffers(tx, row, fresh);
  const used = new Set(items.flatMap(({ draft, offerId }) => (offerId === undefined ? [] : (draft?.sku ?? []))));
  const claimed = new Set<OfferId>();
  return items.map((item) => {
    const { draft } = item;
    if (draft === undefined || item.offerId !== undefined) return item;
    const isDouble = own.taken.has(draft.sku) || used.has(draft.sku);
    const found = (isDouble ? undefined : own.bySku.get(draft.sku)) ?? (draft.gtin === undefined ? undefined : own.byGtin.get(draft.gtin));
    const offerId = found === undefined || claimed.has(found) ? undefined : found;
    if (offerId !== undefined) claimed.add(offerId);
    const settled = isDouble ? { ...draft, sku: `${draft.sku.slice(0, 40)}-${item.externalId.slice(-18)}` } : draft;
    used.add(settled.sku);
    return { ...item, offerId, draft: settled, digest: digestOf(settled, item.images) };
  });
}

async function writeItems(tx: Tx, { id }: ConnectionRow, items: readonly Taken[], seenAt: Instant): Promise<void> {
  const rows = items.map(({ draft, images: _images, ...rest }) => ({ ...rest, sku: draft?.sku, draft: draft ?? null }));
  await tx.execute(sql`
    insert into ${sourceItems} (connection_id, external_id, product_ref, stock_ref, merchant_sku, title, offer_id, draft, digest, reason, value, seen_at, is_gone)
    select ${id}, x."externalId", x."productRef", x."stockRef", x.sku, x.title, x."offerId", nullif(x.draft, 'null'::jsonb), x.digest, x.reason, x.value,
      ${new Date(seenAt).toISOString()}::timestamptz, false
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x("externalId" text, "productRef" text, "stockRef" text, sku text, title text,
      "offerId" text, draft jsonb, digest text, reason text, value text)
    on conflict (connection_id, external_id) do update set product_ref = excluded.product_ref, stock_ref = excluded.stock_ref,
      merchant_sku = coalesce(excluded.merchant_sku, source_items.merchant_sku), title = excluded.title,
      offer_id = coalesce(excluded.offer_id, source_items.offer_id), draft = coalesce(excluded.draft, source_items.draft),
      digest = excluded.digest, reason = excluded.reason, value = excluded.value, seen_at = excluded.seen_at, is_gone = false`);
}

/** Whether a row of the source says what it said, of an offer that is still the shop's. */
const isAsItWas = ({ digest, offerId }: Taken, before: ItemRow | undefined): boolean =>
  before !== undefined && digest === before.digest && offerId !== undefined && !before.isGone;

/** Bar codes of what is new or has changed: for a page that is as it was, the book of open data stays shut. */
async function changedGtins(row: ConnectionRow, items: readonly SourceItem[]): Promise<readonly string[]> {
  const known = await knownItems(reader(), row, items.map(({ externalId }) => externalId)); // prettier-ignore
  return items.flatMap((item) => {
    const before = known.get(item.externalId);
    const taken = readItem(item, before);
    return isAsItWas(taken, before) ? [] : (taken.draft?.gtin ?? []);
  });
}

/**
 * Takes a page over: what is new joins the commons and the shop's offers by the pipeline of imports, what changed is changed, what is as it
 * was costs one comparison. One transaction; the same page twice changes nothing the second time. Gives the number of offers written.
 */
export async function takeItems(
  row: ConnectionRow,
  page: Pick<PulledPage, 'items' | 'refused'>,
  seenAt: Instant,
  ports: Ports,
): Promise<number> {
  const items = lastOfEach(page.items);
  const sheets = await readGtinSheets(await changedGtins(row, items), ports);
  const outcome = await withTransaction(async (tx) => {
    await lockCommons(tx);
    const externalIds = [...items, ...page.refused].map(({ externalId }) => externalId);
    const known = await knownItems(tx, row, externalIds);
    const read = await settle(
      tx,
      row,
      items.map((item) => readItem(item, known.get(item.externalId))),
    );
    const changed = read.flatMap((item, position): readonly TakeOverItem[] => {
      const { draft, offerId, externalId } = item;
      if (draft === undefined || isAsItWas(item, known.get(externalId))) return [];
      return [{ position, draft, sheet: draft.gtin === undefined ? undefined : sheets.get(draft.gtin), offerId }];
    });
    const taken = await takeOver(tx, { shopId: row.shopId, items: changed }, ports);
    const made = new Map(taken.map(({ position, offerId }) => [position, offerId]));
    const settled = read.map((item, position) => ({ ...item, offerId: made.get(position) ?? item.offerId }));
    const refused = page.refused.map(({ externalId, title, reason, value }): Taken => {
      const before = known.get(externalId);
      const refs = { productRef: before?.productRef ?? externalId, stockRef: before?.stockRef ?? externalId };
      return {
        externalId,
        ...refs,
        title,
        reason,
        value,
        images: [],
        draft: undefined,
        digest: undefined,
        offerId: before?.offerId ?? undefined,
      };
    });
    await writeItems(tx, row, [...settled, ...refused], seenAt);
    const wanted = taken.map(({ position, offerId }) => ({ offerId, addresses: read[position]?.images ?? [] }));
    await wantPictures(tx, { shopId: row.shopId, origin: row.id }, wanted, ports.clock.now());
    return ok(taken.length);
  });
  return outcome.ok ? outcome.value : 0;
}

/** What was kept of a draft, as far as taking its offer off sale needs it: written by `writeItems`. */
const keptDraft = z
  .object({ priceMinor: z.number().int(), sku: z.string(), title: z.string(), productKey: z.string() })
  .catchall(z.unknown());

/** Takes offers off sale whose variants are no more at their source. The figures stay: who looks for them finds what was. */
export async function takeOffSale(tx: Tx, row: ConnectionRow, gone: readonly ItemRow[], ports: Ports): Promise<void> {
  if (gone.length === 0) return;
  const items = gone.flatMap((item, position): readonly TakeOverItem[] => {
    const kept = keptDraft.safeParse(item.draft);
    if (!kept.success || item.offerId === null) return [];
    return [{ position, offerId: item.offerId, sheet: undefined, draft: offDraft(kept.data) }];
  });
  if (items.length > 0) await takeOver(tx, { shopId: row.shopId, items }, ports);
  await tx
    .update(sourceItems)
    .set({ isGone: true })
    .where(
      and(
        eq(sourceItems.connectionId, row.id),
        inArray(
          sourceItems.externalId,
          gone.map(({ externalId }) => externalId),
        ),
      ),
    );
}

function offDraft({ priceMinor, sku, title, productKey }: z.output<typeof keptDraft>): OfferDraft {
  const none = undefined;
  return {
    productKey,
    title,
    sku,
    priceMinor,
    label: none,
    options: [],
    brand: none,
    description: none,
    category: none,
    gtin: none,
    vatRateBps: none,
    weightGrams: none,
    netContent: none,
    isActive: false,
    condition: 'new',
    manufacturer: none,
    responsiblePerson: none,
    warnings: none,
    shelf: none,
    attributes: {},
  };
}
