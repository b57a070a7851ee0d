import { and, asc, eq } from 'drizzle-orm';
import { cityPayouts, payouts, providerAccounts } from '@/db/schema';
import type { Currency, Minor, PayoutId, Result } from '@/lib/kernel';
import { ok } from '@/lib/kernel';
import { logError } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { currentMerchantProvider, merchantProvider } from '@/lib/provider';
import { settlePayoutIn } from './settle-payout';

type Due = {
  readonly payout: { readonly id: PayoutId; readonly amountMinor: Minor; readonly currency: Currency };
  /** Undefined for the city's own. */
  readonly account: string | undefined;
};

/**
 * Has the payouts that were made carried out by the provider, merchants' and the city's, each under its own id: asked again after a crash or an outage it is the
 * same payout. One the provider refuses does not keep the others waiting. Returns how many were sent.
 */
export async function sendPayouts(ports: Ports = systemPorts, { isSilent = false }: { readonly isSilent?: boolean } = {}): Promise<number> {
  const name = currentMerchantProvider();
  const provider = merchantProvider(name, { clock: ports.clock, isSilent });
  let sent = 0;
  for (const { payout, account } of await listDue(name)) {
    const table = account === undefined ? cityPayouts : payouts;
    try {
      const { id: payoutId, amountMinor, currency } = payout;
      const answer = await provider.payOut({ payoutId, account, amountMinor, currency });
      await withTransaction(async (tx): Promise<Result<void, never>> => {
        const facts = { state: 'sent' as const, provider: name, providerReference: answer.reference, sentAt: ports.clock.now() };
        // Its message may have been quicker than this answer: then its state is further on.
        await tx
          .update(table)
          .set(facts)
          .where(and(eq(table.id, payoutId), eq(table.state, 'created')));
        await tx.update(table).set({ provider: name, providerReference: answer.reference }).where(eq(table.id, payoutId));
        if (answer.state === 'paid') await settlePayoutIn(tx, payoutId, { state: 'paid', reason: undefined }, ports);
        return ok(undefined);
      });
      sent += 1;
    } catch (error) {
      logError(`payout ${payout.id}`, error); // an outage, or an account that is short: the next round asks again
    }
  }
  return sent;
}

async function listDue(name: ReturnType<typeof currentMerchantProvider>): Promise<readonly Due[]> {
  const merchants = await reader()
    .select({ payout: payouts, account: providerAccounts.reference })
    .from(payouts)
    .innerJoin(providerAccounts, and(eq(providerAccounts.merchantId, payouts.merchantId), eq(providerAccounts.provider, name)))
    .where(eq(payouts.state, 'created'))
    .orderBy(asc(payouts.createdAt), asc(payouts.id));
  const city = await reader().select().from(cityPayouts).where(eq(cityPayouts.state, 'created')).orderBy(asc(cityPayouts.createdAt));
  return [...merchants, ...city.map((payout) => ({ payout, account: undefined }))];
}
