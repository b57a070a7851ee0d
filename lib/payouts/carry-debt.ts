import { eq, sql } from 'drizzle-orm';
import { ledgerEntries, merchants } from '@/db/schema';
import type { Instant, MerchantId, Minor, OperatorScope, Result } from '@/lib/kernel';
import { err, minor, ok, parseId } from '@/lib/kernel';
import { posting } from '@/lib/oms';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Reader, Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import { insertTransactions, sumUnpaid } from '@/lib/settlement';
import { mayHandleMoney } from './finance-roles';

export type CarryRefusal =
  | { readonly kind: 'merchant-not-found' }
  | { readonly kind: 'finance-only' }
  /** Nothing is owed, or is not any more. */
  | { readonly kind: 'nothing-owed' };

/**
 * The city carries what a merchant owes: its balance is at zero, and the debt is the guarantee's, never another shop's (BO-17). Nothing moves at the provider, which
 * goes on taking back what is owed there; what was carried comes out of the merchant's next payouts (`recoverDebts`). Asked twice it carries once.
 */
export async function carryDebt(
  scope: OperatorScope,
  merchantId: MerchantId,
  ports: Ports = systemPorts,
): Promise<Result<{ readonly carriedMinor: Minor }, CarryRefusal>> {
  return observed({ useCase: 'carry-debt', actor: 'operator', ids: { merchantId } }, () =>
    withTransaction(async (tx): Promise<Result<{ readonly carriedMinor: Minor }, CarryRefusal>> => {
      if (!mayHandleMoney(scope)) return err({ kind: 'finance-only' });
      const [merchant] = await tx.select({ id: merchants.id }).from(merchants).where(eq(merchants.id, merchantId)).for('no key update');
      if (!merchant) return err({ kind: 'merchant-not-found' });
      const carriedMinor = minor(-((await sumUnpaid(tx, [merchantId])).get(merchantId) ?? 0));
      if (carriedMinor <= 0) return err({ kind: 'nothing-owed' });
      const now = ports.clock.now();
      const cause = `carried:${ports.ids.make('ledgerTransaction')}`;
      const carried = { ...posting.carried(merchantId, carriedMinor), cause, merchantId, occurredAt: now };
      await insertTransactions(tx, [carried], { now, ids: ports.ids });
      return ok({ carriedMinor });
    }),
  );
}

/**
 * Takes what merchants were carried with out of what they earned since, as far as it reaches, before a payout is made of the rest; once for each cut-off.
 */
export async function recoverDebts(tx: Tx, cutOffAt: Instant, ports: Ports): Promise<void> {
  const debts = await sumCarried(tx);
  if (debts.size === 0) return;
  const earned = await sumUnpaid(tx, [...debts.keys()]);
  const now = ports.clock.now();
  const drafts = [...debts].flatMap(([merchantId, debtMinor]) => {
    const amountMinor = minor(Math.min(debtMinor, Math.max(0, earned.get(merchantId) ?? 0)));
    if (amountMinor === 0) return [];
    return [{ ...posting.recovered(merchantId, amountMinor), cause: `recovered:${merchantId}:${cutOffAt}`, merchantId, occurredAt: now }];
  });
  await insertTransactions(tx, drafts, { now, ids: ports.ids });
}

/** What the guarantee still carries, by merchant; those it carries nothing for are left out. Minor units, above zero. */
export async function sumCarried(from: Reader): Promise<ReadonlyMap<MerchantId, Minor>> {
  const rows = await from
    .select({ holder: ledgerEntries.holder, sum: sql<number>`-sum(${ledgerEntries.amountMinor})::float8` })
    .from(ledgerEntries)
    .where(eq(ledgerEntries.account, 'guarantee'))
    .groupBy(ledgerEntries.holder)
    .having(sql`sum(${ledgerEntries.amountMinor}) <> 0`);
  return new Map(
    rows.flatMap(({ holder, sum }): [MerchantId, Minor][] => {
      const merchantId = parseId('merchant', holder ?? '');
      return merchantId ? [[merchantId, minor(sum)]] : [];
    }),
  );
}
