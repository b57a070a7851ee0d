import { asc, eq, sql } from 'drizzle-orm';
import { listings, merchants, merchantVatRegimes, offers, shopBeginnings, shops } from '@/db/schema';
import type { Instant, OperatorScope, PersonId, Result, ShopId, ShopScope } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { isModuleOn } from '@/lib/modules';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Reader, Tx } from '@/lib/platform/transaction';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { describeMerchant, describeShop, findFounded } from '@/lib/shops';
import { getBeginning } from './get-beginning';
import type { AskedOpeningView, MissingPaper } from './views';

/** Whether a shop whose papers are complete opens at once; else somebody of the city looks first. */
export async function opensByItself(from: Reader = reader()): Promise<boolean> {
  return isModuleOn(from, 'automatic-openings');
}

export type AskRefusal =
  { readonly kind: 'papers-missing'; readonly missing: readonly MissingPaper[] } | { readonly kind: 'not-open-to-change' };

/**
 * Sends the papers to the city. From then on the shop is a window: people see its door, its hours and its phone, and nothing can be
 * ordered. Errors: what is missing, each named.
 */
export async function askOpening(
  scope: ShopScope,
  { clock }: Ports = systemPorts,
): Promise<Result<{ readonly state: 'asked' | 'approved' }, AskRefusal>> {
  return observed({ useCase: 'ask-opening', actor: scope.kind, ids: { shopId: scope.shopId } }, () =>
    withTransaction(async (tx): Promise<Result<{ readonly state: 'asked' | 'approved' }, AskRefusal>> => {
      const now = clock.now();
      const own = eq(shopBeginnings.shopId, scope.shopId);
      await tx.select({ id: shopBeginnings.shopId }).from(shopBeginnings).where(own).for('update');
      const beginning = await getBeginning(scope, tx);
      if (!beginning || !['preparing', 'refused'].includes(beginning.state)) return err({ kind: 'not-open-to-change' });
      if (beginning.missing.length > 0) return err({ kind: 'papers-missing', missing: beginning.missing });
      await tx.update(shopBeginnings).set({ state: 'asked', askedAt: now, reason: null }).where(own);
      if (await opensByItself(tx)) {
        await approve(tx, scope.shopId, { by: null, now });
        return ok({ state: 'approved' });
      }
      await describeShop(tx, scope.shopId, { level: 'window' }, now);
      return ok({ state: 'asked' });
    }),
  );
}

async function approve(tx: Tx, shopId: ShopId, { by, now }: { readonly by: PersonId | null; readonly now: Instant }): Promise<void> {
  const { merchant } = await findFounded(tx, shopId);
  await tx.update(shopBeginnings).set({ state: 'approved', decidedAt: now, decidedBy: by }).where(eq(shopBeginnings.shopId, shopId));
  await describeMerchant(tx, merchant.id, { verifiedAt: now });
  // Until the payment provider says yes the book shows it as a shop that sets aside (OP-25).
  await describeShop(tx, shopId, { level: 'sell' }, now);
}

export type OpeningDecision = { readonly shopId: ShopId; readonly verdict: 'approve' | 'refuse'; readonly reason: string };
export type DecisionRefusal = { readonly kind: 'not-asked' } | { readonly kind: 'reason-missing' };

/** The city's word on a shop that asked: open, or back to its keeper with the reason. */
export async function decideOpening(
  scope: OperatorScope,
  { shopId, verdict, reason }: OpeningDecision,
  { clock }: Ports = systemPorts,
): Promise<Result<{ readonly name: string }, DecisionRefusal>> {
  return observed({ useCase: 'decide-opening', actor: scope.kind, ids: { shopId } }, () =>
    withTransaction(async (tx): Promise<Result<{ readonly name: string }, DecisionRefusal>> => {
      const now = clock.now();
      const own = eq(shopBeginnings.shopId, shopId);
      const [beginning] = await tx.select({ state: shopBeginnings.state }).from(shopBeginnings).where(own).for('update');
      if (beginning?.state !== 'asked') return err({ kind: 'not-asked' });
      const { shop } = await findFounded(tx, shopId);
      if (verdict === 'approve') {
        await approve(tx, shopId, { by: scope.personId, now });
        return ok({ name: shop.name });
      }
      if (reason.length < 10) return err({ kind: 'reason-missing' });
      await tx.update(shopBeginnings).set({ state: 'refused', decidedAt: now, decidedBy: scope.personId, reason }).where(own);
      await describeShop(tx, shopId, { level: 'draft' }, now);
      return ok({ name: shop.name });
    }),
  );
}

/** Shops that wait for the city's word, the longest waiting first. */
export async function listAskedOpenings(_scope: OperatorScope): Promise<readonly AskedOpeningView[]> {
  const rows = await reader()
    .select({
      shop: shops,
      merchant: merchants,
      askedAt: shopBeginnings.askedAt,
      regime: sql<
        string | null
      >`(select ${merchantVatRegimes.regime} from ${merchantVatRegimes} where ${merchantVatRegimes.merchantId} = ${merchants.id} and ${merchantVatRegimes.validTo} is null limit 1)`,
      products: sql<number>`(select count(*) from ${offers} join ${listings} on ${listings.id} = ${offers.listingId} where ${offers.shopId} = ${shops.id} and ${offers.isActive} and ${listings.isPublished})::int`,
    })
    .from(shopBeginnings)
    .innerJoin(shops, eq(shops.id, shopBeginnings.shopId))
    .innerJoin(merchants, eq(merchants.id, shops.merchantId))
    .where(eq(shopBeginnings.state, 'asked'))
    .orderBy(asc(shopBeginnings.askedAt));
  return rows.flatMap(({ shop, merchant, askedAt, regime, products }) =>
    askedAt === null
      ? []
      : [
          {
            shopId: shop.id,
            slug: shop.slug,
            name: shop.name,
            trade: shop.trade,
            address: `${shop.street}, ${shop.postcode} ${shop.town}`,
            phone: shop.phone,
            keeper: shop.keeper,
            legalName: merchant.legalName,
            legalForm: merchant.legalForm,
            siren: merchant.registrationNumber,
            register: merchant.register,
            vatNumber: merchant.vatNumber ?? undefined,
            regime: regime ?? undefined,
            email: merchant.email,
            products,
            account: merchant.pspAccountState,
            askedAt,
          },
        ],
  );
}
