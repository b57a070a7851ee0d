import { and, eq } from 'drizzle-orm';
import { listings, offers, variants } from '@/db/schema';
import type { OfferDraft } from '@/lib/catalogue';
import { emptyDraft, lockCommons, readGtinSheets, takeOver } from '@/lib/catalogue';
import { recordStockBatch } from '@/lib/inventory';
import type { OfferId, Result, ShopScope } from '@/lib/kernel';
import { err, invariant, ok, parseGtin } from '@/lib/kernel';
import { idempotencyKey, once } from '@/lib/platform/idempotency';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { codeOf } from '../rows/words-of-cells';

/** What somebody types or scans at the shelf. `key` makes the same form sent twice the same fact. Cents with VAT, pieces. */
type NewThing = {
  readonly gtin: string;
  readonly title: string;
  readonly priceMinor: number;
  readonly quantity: number | undefined;
  readonly key: string;
};

export type AddRefusal =
  { readonly kind: 'gtin-wrong' } | { readonly kind: 'title-needed'; readonly gtin: string } | { readonly kind: 'nothing-named' };

type AddedThing = { readonly offerId: OfferId; readonly title: string; readonly isNew: boolean };

type Added = Result<AddedThing, AddRefusal>;

const draftOf = (thing: NewThing, gtin: string | undefined): OfferDraft => ({
  ...emptyDraft,
  productKey: gtin ?? codeOf(thing.title),
  title: thing.title,
  gtin,
  sku: gtin ?? codeOf(thing.title),
  priceMinor: thing.priceMinor,
});

async function isInCommons(gtin: string): Promise<boolean> {
  const [row] = await reader().select({ id: variants.id }).from(variants).where(eq(variants.gtin, gtin)).limit(1);
  return row !== undefined;
}

/** The shop's own offer of this bar code, if it has one: then only price and count change. */
async function ownOffer(tx: Tx, scope: ShopScope, gtin: string | undefined): Promise<OfferId | undefined> {
  if (gtin === undefined) return undefined;
  const [row] = await tx
    .select({ id: offers.id })
    .from(offers)
    .innerJoin(listings, eq(listings.id, offers.listingId))
    .innerJoin(variants, eq(variants.id, listings.variantId))
    .where(and(eq(offers.shopId, scope.shopId), eq(variants.gtin, gtin)))
    .limit(1);
  return row?.id;
}

async function titleOf(offerId: OfferId): Promise<string> {
  const [row] = await reader()
    .select({ title: listings.title })
    .from(offers)
    .innerJoin(listings, eq(listings.id, offers.listingId))
    .where(eq(offers.id, offerId));
  return row?.title ?? '';
}

/**
 * Puts one thing on sale: a bar code, a price and a count are enough where the commons or open data know the code; else it is named.
 * The same code again changes price and count. Errors: the code is wrong, or nobody knows it and no name was given.
 */
export async function addThing(scope: ShopScope, thing: NewThing, ports: Ports = systemPorts): Promise<Added> {
  return observed({ useCase: 'add-thing', actor: scope.kind, ids: { shopId: scope.shopId } }, async (): Promise<Added> => {
    const gtin = thing.gtin === '' ? undefined : parseGtin(thing.gtin);
    if (thing.gtin !== '' && gtin === undefined) return err({ kind: 'gtin-wrong' });
    if (gtin === undefined && thing.title === '') return err({ kind: 'nothing-named' });
    const sheet = gtin === undefined ? undefined : (await readGtinSheets([gtin], ports)).get(gtin);
    if (gtin !== undefined && thing.title === '' && sheet === undefined && !(await isInCommons(gtin)))
      return err({ kind: 'title-needed', gtin });
    type Written = Result<{ readonly offerId: OfferId; readonly isNew: boolean }, AddRefusal>;
    const claim = { caller: `shelf:${scope.shopId}`, key: idempotencyKey(thing.key), now: ports.clock.now() };
    const written = await withTransaction((tx): Promise<Written> => {
      const write = async (): Promise<Written> => {
        await lockCommons(tx);
        const offerId = await ownOffer(tx, scope, gtin);
        const [taken] = await takeOver(
          tx,
          { shopId: scope.shopId, items: [{ position: 0, draft: draftOf(thing, gtin), sheet, offerId }] },
          ports,
        );
        invariant(taken, 'one thing makes one offer');
        return ok({ offerId: taken.offerId, isNew: offerId === undefined });
      };
      return claim.key === undefined ? write() : once(tx, { ...claim, key: claim.key }, write);
    });
    if (!written.ok) return written;
    const { offerId, isNew } = written.value;
    if (thing.quantity !== undefined) {
      const fact = { kind: 'count' as const, quantity: thing.quantity, occurredAt: ports.clock.now(), key: thing.key };
      await recordStockBatch(
        { kind: 'shop', id: scope.personId },
        { shopId: scope.shopId, source: 'scan', grade: 'E', rows: [{ of: { offerId }, ...fact }] },
        ports,
      );
    }
    return ok({ offerId, title: await titleOf(offerId), isNew });
  });
}
