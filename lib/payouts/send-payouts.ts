import { and, asc, eq } from 'drizzle-orm';
import { payouts, providerAccounts } from '@/db/schema';
import type { Result } from '@/lib/kernel';
import { ok } from '@/lib/kernel';
import { logError } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { currentMerchantProvider, merchantProvider } from '@/lib/provider';
import { settlePayoutIn } from './settle-payout';

/**
 * Has the payouts that were made carried out by the provider, each under its own id: asked again after a crash or an outage it is the same payout.
 * One the provider refuses does not keep the others waiting. Returns how many were sent.
 */
export async function sendPayouts(ports: Ports = systemPorts, { isSilent = false }: { readonly isSilent?: boolean } = {}): Promise<number> {
  const name = currentMerchantProvider();
  const due = await reader()
    .select({ payout: payouts, account: providerAccounts.reference })
    .from(payouts)
    .innerJoin(providerAccounts, and(eq(providerAccounts.merchantId, payouts.merchantId), eq(providerAccounts.provider, name)))
    .where(eq(payouts.state, 'created'))
    .orderBy(asc(payouts.createdAt), asc(payouts.id));
  const provider = merchantProvider(name, { clock: ports.clock, isSilent });
  let sent = 0;
  for (const { payout, account } of due) {
    try {
      const { id: payoutId, amountMinor, currency } = payout;
      const answer = await provider.payOut({ payoutId, account, amountMinor, currency });
      await withTransaction(async (tx): Promise<Result<void, never>> => {
        const facts = { state: 'sent' as const, provider: name, providerReference: answer.reference, sentAt: ports.clock.now() };
        // Its message may have been quicker than this answer: then its state is further on.
        await tx
          .update(payouts)
          .set(facts)
          .where(and(eq(payouts.id, payoutId), eq(payouts.state, 'created')));
        await tx.update(payouts).set({ provider: name, providerReference: answer.reference }).where(eq(payouts.id, payoutId));
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
