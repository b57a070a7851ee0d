import { and, eq, sql } from 'drizzle-orm';
import { categories, listings, offers, priceHistory, variants } from '@/db/schema';
import type { Instant, ListingId, OfferId, Result, SalesUnit, ShopId, ShopScope } from '@/lib/kernel';
import { err, minor, ok } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import { openGate } from './publish-gate';
import type { Condition } from './views';

/** A price is for a piece, a kilogram or a metre. */
const stepsOf: Readonly<Record<SalesUnit, number>> = { each: 1, gram: 1_000, millimetre: 1_000 };

/** Which thing is sold: the page where its offers meet, or its barcode. */
type OfferOf = { readonly listingId: ListingId } | { readonly gtin: string };

type NewOffer = {
  readonly of: OfferOf;
  readonly merchantSku: string;
  readonly priceMinor: number;
  readonly condition: Condition;
  readonly shelf?: string | undefined;
};

type OfferChange = {
  readonly priceMinor?: number | undefined;
  readonly shelf?: string | null | undefined;
  readonly isActive?: boolean | undefined;
};

type SaveOfferRefusal =
  | { readonly kind: 'offer-not-found' }
  /** Nothing in the commons has this barcode or page yet. */
  | { readonly kind: 'product-not-found' }
  /** The shop's code is another thing already. */
  | { readonly kind: 'sku-taken'; readonly listingId: ListingId };

type Saved = Result<{ readonly offerId: OfferId; readonly isNew: boolean }, SaveOfferRefusal>;

/**
 * Puts a thing of the commons on sale in this shop, by the shop's own code: the same code again changes price, shelf and condition.
 * Every public price is kept (ME-07).
 */
export async function saveOffer(scope: ShopScope, wish: NewOffer, ports: Ports = systemPorts): Promise<Saved> {
  return observed({ useCase: 'save-offer', actor: scope.kind, ids: { shopId: scope.shopId } }, () =>
    withTransaction((tx) => putOffer(tx, scope.shopId, wish, ports)),
  );
}

/** As `saveOffer`, in the caller's transaction. */
export async function putOffer(tx: Tx, shopId: ShopId, wish: NewOffer, ports: Ports): Promise<Saved> {
  const thing = await findThing(tx, wish.of);
  if (!thing) return err({ kind: 'product-not-found' });
  const now = ports.clock.now();
  const said = {
    priceMinor: minor(wish.priceMinor),
    condition: wish.condition,
    shelf: wish.shelf ?? null,
    isActive: true,
    updatedAt: now,
  };
  const [row] = await tx
    .insert(offers)
    .values({
      id: ports.ids.make('offer'),
      listingId: thing.listingId,
      shopId,
      merchantSku: wish.merchantSku,
      priceSteps: stepsOf[thing.salesUnit],
      vatCategory: thing.vatCategory,
      ...said,
    })
    .onConflictDoUpdate({ target: [offers.shopId, offers.merchantSku], set: said, setWhere: eq(offers.listingId, thing.listingId) })
    .returning({ offerId: offers.id, isNew: sql<boolean>`xmax = 0` });
  if (!row) return err({ kind: 'sku-taken', listingId: await listingOfSku(tx, shopId, wish.merchantSku, thing.listingId) });
  await notePrice(tx, row.offerId, now);
  return ok(row);
}

/** Changes one offer of this shop. */
export async function changeOffer(
  scope: ShopScope,
  offerId: OfferId,
  change: OfferChange,
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<Result<{ readonly offerId: OfferId }, SaveOfferRefusal>> {
  return observed({ useCase: 'change-offer', actor: scope.kind, ids: { shopId: scope.shopId, offerId } }, () =>
    withTransaction(async (tx): Promise<Result<{ readonly offerId: OfferId }, SaveOfferRefusal>> => {
      const now = clock.now();
      const { priceMinor, shelf, isActive } = change;
      const [row] = await tx
        .update(offers)
        .set({
          ...(priceMinor === undefined ? {} : { priceMinor: minor(priceMinor) }),
          ...(shelf === undefined ? {} : { shelf }),
          ...(isActive === undefined ? {} : { isActive }),
          updatedAt: now,
        })
        .where(and(eq(offers.id, offerId), eq(offers.shopId, scope.shopId)))
        .returning({ offerId: offers.id });
      if (!row) return err({ kind: 'offer-not-found' });
      await notePrice(tx, offerId, now);
      if (isActive) await openGate(tx, { shopId: scope.shopId, which: eq(offers.id, offerId), now }); // a page made while it was off sale waits until now
      return ok(row);
    }),
  );
}

async function findThing(tx: Tx, of: OfferOf) {
  const [row] = await tx
    .select({ listingId: listings.id, salesUnit: variants.salesUnit, vatCategory: categories.vatCategory })
    .from(listings)
    .innerJoin(variants, eq(variants.id, listings.variantId))
    .innerJoin(categories, eq(categories.id, listings.categoryId))
    .where(
      and(eq(listings.isPublished, true), 'gtin' in of ? eq(variants.gtin, of.gtin.padStart(14, '0')) : eq(listings.id, of.listingId)),
    );
  return row;
}

async function listingOfSku(tx: Tx, shopId: ShopId, merchantSku: string, otherwise: ListingId): Promise<ListingId> {
  const [row] = await tx
    .select({ listingId: offers.listingId })
    .from(offers)
    .where(and(eq(offers.shopId, shopId), eq(offers.merchantSku, merchantSku)));
  return row?.listingId ?? otherwise;
}

/** The price of now joins the history, unless it is the one that stood last. */
export async function notePrice(tx: Tx, offerId: OfferId, now: Instant): Promise<void> {
  await tx.execute(sql`
    insert into ${priceHistory} (offer_id, price_minor, valid_from)
    select ${offers.id}, ${offers.priceMinor}, ${new Date(now).toISOString()}::timestamptz from ${offers}
    where ${offers.id} = ${offerId} and ${offers.priceMinor} is distinct from (
      select price_minor from ${priceHistory} where offer_id = ${offerId} order by valid_from desc limit 1)
    on conflict do nothing`);
}
