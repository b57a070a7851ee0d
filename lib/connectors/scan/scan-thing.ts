import { and, eq } from 'drizzle-orm';
import { listings, offers, stockLevels, stockLocations, variants } from '@/db/schema';
import type { LegalField } from '@/lib/catalogue';
import { readGates, readGtinSheets } from '@/lib/catalogue';
import { recordCount } from '@/lib/inventory';
import type { OfferId, Result, ShopScope } from '@/lib/kernel';
import { err, ok, parseGtin } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import type { AddRefusal } from './add-thing';
import { addThing } from './add-thing';

/** What is known of a bar code before anything is said of it. `own`: the shop sells it already. Cents with VAT, pieces. */
type CodeView = {
  readonly gtin: string;
  readonly known: 'own' | 'commons' | 'open-data' | 'nobody';
  readonly title: string;
  readonly priceMinor: number | undefined;
  readonly onHand: number | undefined;
};

async function ownOffer(scope: ShopScope, gtin: string) {
  const [row] = await reader()
    .select({ offerId: offers.id, title: listings.title, priceMinor: offers.priceMinor, onHand: stockLevels.onHand })
    .from(offers)
    .innerJoin(listings, eq(listings.id, offers.listingId))
    .innerJoin(variants, eq(variants.id, listings.variantId))
    .leftJoin(stockLocations, and(eq(stockLocations.shopId, offers.shopId), eq(stockLocations.kind, 'shop')))
    .leftJoin(stockLevels, and(eq(stockLevels.offerId, offers.id), eq(stockLevels.locationId, stockLocations.id)))
    .where(and(eq(offers.shopId, scope.shopId), eq(variants.gtin, gtin)))
    .limit(1);
  return row;
}

/** Looks a bar code up: on the shop's own shelf, in the commons, in open data. Undefined for what is no bar code. */
export async function lookUpCode(scope: ShopScope, text: string, ports: Pick<Ports, 'clock'> = systemPorts): Promise<CodeView | undefined> {
  const gtin = parseGtin(text);
  if (gtin === undefined) return undefined;
  const own = await ownOffer(scope, gtin);
  if (own) return { gtin, known: 'own', title: own.title, priceMinor: own.priceMinor, onHand: own.onHand ?? undefined };
  const [page] = await reader()
    .select({ title: listings.title })
    .from(variants)
    .innerJoin(listings, eq(listings.variantId, variants.id))
    .where(eq(variants.gtin, gtin))
    .limit(1);
  const nothing = { priceMinor: undefined, onHand: undefined };
  if (page) return { gtin, known: 'commons', title: page.title, ...nothing };
  const sheet = (await readGtinSheets([gtin], ports)).get(gtin);
  return { gtin, known: sheet === undefined ? 'nobody' : 'open-data', title: sheet?.title ?? '', ...nothing };
}

/** One reading at the shelf: a count, a price, or both. `key` makes the same reading sent twice one fact. */
export type Reading = {
  readonly gtin: string;
  readonly title: string;
  readonly priceMinor: number | undefined;
  readonly quantity: number | undefined;
  readonly key: string;
};

export type ReadingRefusal =
  | AddRefusal
  | { readonly kind: 'price-needed' }
  | { readonly kind: 'manager-needed' }
  | { readonly kind: 'nothing-said' }
  | { readonly kind: 'absurd-quantity' };

/** What a reading did, and whether everybody sees the product now; if not, what the law still asks. */
type TakenReading = {
  readonly offerId: OfferId;
  readonly title: string;
  readonly did: 'counted' | 'updated' | 'added';
  readonly isPublic: boolean;
  readonly missing: readonly LegalField[];
};

/**
 * Takes a reading of the phone over: counts what the shop sells already, or puts it on sale with a price. Counting is everybody's,
 * prices are the manager's.
 */
export async function scanThing(
  scope: ShopScope,
  reading: Reading,
  ports: Ports = systemPorts,
): Promise<Result<TakenReading, ReadingRefusal>> {
  const { gtin: code, priceMinor, quantity, key } = reading;
  if (priceMinor === undefined) {
    const gtin = parseGtin(code);
    if (gtin === undefined) return err({ kind: 'gtin-wrong' });
    const own = await ownOffer(scope, gtin);
    if (!own) return err({ kind: 'price-needed' });
    if (quantity === undefined) return err({ kind: 'nothing-said' });
    const counted = await recordCount(scope, { offerId: own.offerId, counted: quantity, asOf: ports.clock.now(), key }, ports);
    return counted.ok ? taken(scope, { ...own, did: 'counted' }, ports) : err({ kind: 'absurd-quantity' });
  }
  if (scope.role === 'counter') return err({ kind: 'manager-needed' });
  const added = await addThing(scope, { ...reading, priceMinor }, ports);
  return added.ok ? taken(scope, { ...added.value, did: added.value.isNew ? 'added' : 'updated' }, ports) : added;
}

type Done = Pick<TakenReading, 'offerId' | 'title' | 'did'>;

async function taken(scope: ShopScope, { offerId, title, did }: Done, { clock }: Ports): Promise<Result<TakenReading, never>> {
  const [gate] = await readGates(reader(), { shopId: scope.shopId, offerIds: [offerId], now: clock.now() });
  return ok({ offerId, title, did, isPublic: gate?.isPublic ?? false, missing: gate?.missing ?? [] });
}
