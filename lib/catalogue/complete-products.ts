import { and, eq, inArray, sql } from 'drizzle-orm';
import { listings, offers, products, variants } from '@/db/schema';
import type { OfferId, Result, ShopScope } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import type { Responsible } from './draft-words';
import { OWN } from './prepare-page';
import { openGate } from './publish-gate';

/** What a shop says of its products because the law asks; nothing where it says nothing. Contents in grams, millilitres or millimetres. */
export type LegalFacts = {
  readonly manufacturer: Responsible | undefined;
  readonly responsiblePerson: Responsible | undefined;
  readonly warnings: string | undefined;
  readonly net: { readonly amount: number; readonly unit: 'g' | 'ml' | 'mm' } | undefined;
  /** By the names of the fields: ingredients, allergens, age, composition. */
  readonly attributes: Readonly<Record<string, string>>;
};

/** Facts before anything is said. */
export const nothingSaid: LegalFacts = {
  manufacturer: undefined,
  responsiblePerson: undefined,
  warnings: undefined,
  net: undefined,
  attributes: {},
};

type CompleteRefusal = { readonly kind: 'nothing-chosen' } | { readonly kind: 'nothing-said' };
type Completed = { readonly products: number; readonly shown: number };

const MOST_AT_ONCE = 500;

/** Whether only this shop sells a product: then its words are the shop's to change. */
const isSharedBy = (scope: ShopScope) => sql`exists (select 1 from ${offers} other join ${listings} l on l.id = other.listing_id
  join ${variants} v on v.id = l.variant_id where v.product_id = ${products.id} and other.shop_id <> ${scope.shopId})`;

/**
 * Writes facts on the products of some of a shop's offers, each with its source.
 * Guarantees: a word that others read already is never overwritten by one of several shops, only added where it lacks; a product only
 *   this shop sells is the shop's to change.
 */
export async function writeFacts(tx: Tx, scope: ShopScope, offerIds: readonly OfferId[], facts: LegalFacts): Promise<number> {
  const { manufacturer, responsiblePerson, warnings, net, attributes } = facts;
  const own = tx
    .select({ variantId: variants.id, productId: variants.productId })
    .from(offers)
    .innerJoin(listings, eq(listings.id, offers.listingId))
    .innerJoin(variants, eq(variants.id, listings.variantId))
    .where(and(eq(offers.shopId, scope.shopId), inArray(offers.id, [...offerIds])));
  const of = await own;
  if (of.length === 0) return 0;
  const json = (value: unknown) => (value === undefined ? sql`null::jsonb` : sql`${JSON.stringify(value)}::jsonb`);
  const said = [...Object.keys(attributes), ...Object.entries({ manufacturer, responsiblePerson, warnings, netContent: net }).flatMap(([name, value]) => (value === undefined ? [] : [name]))]; // prettier-ignore
  const sources = json(Object.fromEntries(said.map((name) => [name, OWN])));
  const shared = isSharedBy(scope);
  const either = (
    column: typeof products.manufacturer | typeof products.responsiblePerson | typeof products.warnings,
    value: ReturnType<typeof json>,
  ) => sql`case when ${shared} then coalesce(${column}, ${value}) else coalesce(${value}, ${column}) end`;
  await tx
    .update(products)
    .set({
      manufacturer: either(products.manufacturer, json(manufacturer)),
      responsiblePerson: either(products.responsiblePerson, json(responsiblePerson)),
      warnings: either(products.warnings, warnings === undefined ? sql`null::text` : sql`${warnings}::text`),
      attributes: sql`case when ${shared} then ${json(attributes)} || ${products.attributes} else ${products.attributes} || ${json(attributes)} end`,
      provenance: sql`case when ${shared} then ${sources} || ${products.provenance} else ${products.provenance} || ${sources} end`,
    })
    .where(inArray(products.id, [...new Set(of.map(({ productId }) => productId))]));
  if (net !== undefined)
    await tx
      .update(variants)
      .set({ netQuantity: net.amount, netUnit: net.unit })
      .where(and(inArray(variants.id, of.map(({ variantId }) => variantId)), sql`${variants.netQuantity} is null`)); // prettier-ignore
  return of.length;
}

const saysNothing = ({ manufacturer, responsiblePerson, warnings, net, attributes }: LegalFacts): boolean =>
  [manufacturer, responsiblePerson, warnings, net].every((fact) => fact === undefined) && Object.keys(attributes).length === 0;

/** Says the same of many products at once; those that now lack nothing are shown to everybody. Another shop's offers are not there. */
export async function completeProducts(
  scope: ShopScope,
  { offerIds, facts }: { readonly offerIds: readonly OfferId[]; readonly facts: LegalFacts },
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<Result<Completed, CompleteRefusal>> {
  return observed({ useCase: 'complete-products', actor: scope.kind, ids: { shopId: scope.shopId } }, () =>
    withTransaction(async (tx): Promise<Result<Completed, CompleteRefusal>> => {
      const chosen = offerIds.slice(0, MOST_AT_ONCE);
      if (chosen.length === 0) return err({ kind: 'nothing-chosen' });
      if (saysNothing(facts)) return err({ kind: 'nothing-said' });
      const count = await writeFacts(tx, scope, chosen, facts);
      const shown = await openGate(tx, { shopId: scope.shopId, which: inArray(offers.id, chosen), now: clock.now() });
      return ok({ products: count, shown: shown.length });
    }),
  );
}
