import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { merchants, shops } from '@/db/schema';
import type { MerchantId, OperatorScope, Result, ShopScope } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import type { CompanyWish, MoneyWish } from '@/lib/onboarding';
import { mandateOf, parseSiren, signMandate } from '@/lib/onboarding';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { describeMerchant, findFounded, localDay, lockShop, stateVatRegime } from '@/lib/shops';
import type { ChangedPapersView, PapersView } from './views';

/** Another number is another company: its shop is opened anew, with its own contracts, invoices and account. */
export type CompanyRefusal = { readonly kind: 'other-company' };

/** The papers of the merchant behind a shop. */
export async function getPapers(scope: ShopScope): Promise<PapersView> {
  const { merchant, regime } = await findFounded(reader(), scope.shopId);
  const { legalName, legalForm, register, address, email, mediatorName, mediatorUrl } = merchant;
  return {
    company: {
      siren: merchant.registrationNumber,
      legalName,
      legalForm,
      capital: merchant.capital ?? '',
      register,
      address,
      email,
      vatNumber: merchant.vatNumber ?? '',
      regime,
    },
    mediatorName,
    mediatorUrl,
    declaredAt: merchant.selfCertifiedAt ?? undefined,
    verifiedAt: merchant.verifiedAt ?? undefined,
    mandate: await mandateOf(reader(), merchant.id),
  };
}

const sirenOf = (text: string): string => parseSiren(text) ?? text.replaceAll(/\s/g, '');

/**
 * What the owner states of the legal person, from now on: shown on every page, written on documents to come. The two declarations are
 * dated anew. Name, form, register or address other than before are looked at by the city again.
 */
export async function changeCompany(
  scope: ShopScope,
  wish: CompanyWish,
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<Result<{ readonly isLookedAtAgain: boolean }, CompanyRefusal>> {
  return observed({ useCase: 'change-company', actor: scope.kind, ids: { shopId: scope.shopId } }, () =>
    withTransaction(async (tx): Promise<Result<{ readonly isLookedAtAgain: boolean }, CompanyRefusal>> => {
      const now = clock.now();
      await lockShop(tx, scope.shopId);
      const { shop, merchant } = await findFounded(tx, scope.shopId);
      if (sirenOf(merchant.registrationNumber) !== wish.siren) return err({ kind: 'other-company' });
      const { legalName, legalForm, register, legalAddress: address, email, vatNumber, capital } = wish;
      const before = [merchant.legalName, merchant.legalForm, merchant.register, merchant.address];
      const isLookedAtAgain = [legalName, legalForm, register, address].some((words, index) => words !== before[index]);
      await describeMerchant(tx, merchant.id, {
        legalName,
        legalForm,
        register,
        address,
        email,
        vatNumber,
        capital: capital === '' ? undefined : capital,
        declaredAt: now,
        ...(isLookedAtAgain && { verifiedAt: null }),
      });
      await stateVatRegime(tx, merchant.id, wish.regime, localDay(now, shop.timeZone));
      return ok({ isLookedAtAgain });
    }),
  );
}

/** Another mediator (ME-02), and the mandate to invoice in its newest words (ME-22), signed by whoever keeps the shop. */
export async function changeMoneyPapers(
  scope: ShopScope,
  { mediatorName, mediatorUrl }: Pick<MoneyWish, 'mediatorName' | 'mediatorUrl'>,
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<Result<void, never>> {
  return observed({ useCase: 'change-money-papers', actor: scope.kind, ids: { shopId: scope.shopId } }, () =>
    withTransaction(async (tx): Promise<Result<void, never>> => {
      await lockShop(tx, scope.shopId);
      const { shop, merchant } = await findFounded(tx, scope.shopId);
      await describeMerchant(tx, merchant.id, { mediatorName, mediatorUrl });
      await signMandate(tx, { merchantId: merchant.id, signer: shop.keeper }, clock.now());
      return ok(undefined);
    }),
  );
}

/** Merchants of open shops whose statement changed since the city held it against the register; the first to change first. */
export async function listChangedPapers(_scope: OperatorScope): Promise<readonly ChangedPapersView[]> {
  const rows = await reader()
    .select({ merchant: merchants, names: sql<string>`string_agg(${shops.name}, ', ' order by ${shops.name})` })
    .from(merchants)
    .innerJoin(shops, and(eq(shops.merchantId, merchants.id), inArray(shops.level, ['reserve', 'sell'])))
    .where(isNull(merchants.verifiedAt))
    .groupBy(merchants.id)
    .orderBy(merchants.selfCertifiedAt, merchants.id)
    .limit(100);
  return rows.map(({ merchant, names }) => ({
    merchantId: merchant.id,
    shops: names,
    legalName: merchant.legalName,
    legalForm: merchant.legalForm,
    siren: merchant.registrationNumber,
    register: merchant.register,
    address: merchant.address,
    declaredAt: merchant.selfCertifiedAt ?? undefined,
  }));
}

/** The city held the statement of now against the register. One that changed meanwhile is not what was looked at. */
export async function confirmPapers(
  scope: OperatorScope,
  { merchantId, declaredAt }: { readonly merchantId: MerchantId; readonly declaredAt: number | undefined },
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<Result<{ readonly legalName: string }, { readonly kind: 'changed-meanwhile' }>> {
  return observed({ useCase: 'confirm-papers', actor: scope.kind, ids: {} }, () =>
    withTransaction(async (tx): Promise<Result<{ readonly legalName: string }, { readonly kind: 'changed-meanwhile' }>> => {
      const [row] = await tx.select().from(merchants).where(eq(merchants.id, merchantId)).for('update');
      if (!row || (row.selfCertifiedAt ?? undefined) !== declaredAt) return err({ kind: 'changed-meanwhile' });
      await describeMerchant(tx, merchantId, { verifiedAt: clock.now() });
      return ok({ legalName: row.legalName });
    }),
  );
}
