import { and, asc, eq, isNull } from 'drizzle-orm';
import { providerAccounts, voucherIssuers, voucherSettlements } from '@/db/schema';
import { minor } from '@/lib/kernel';
import { logError } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { currentMerchantProvider, merchantProvider } from '@/lib/provider';

/**
 * Has settlements between issuers and merchants carried out by the provider, from the one's own account to the other's (OP-24), each under its own id:
 * asked again after a crash or an outage it is the same one. One the provider refuses does not keep the others waiting. Returns how many were sent.
 */
export async function sendSettlements(ports: Ports = systemPorts): Promise<number> {
  const name = currentMerchantProvider();
  const due = await reader()
    .select({ settlement: voucherSettlements, issuer: voucherIssuers.providerAccount, merchant: providerAccounts.reference })
    .from(voucherSettlements)
    .innerJoin(voucherIssuers, eq(voucherIssuers.id, voucherSettlements.issuerId))
    .innerJoin(providerAccounts, and(eq(providerAccounts.merchantId, voucherSettlements.merchantId), eq(providerAccounts.provider, name)))
    .where(isNull(voucherSettlements.sentAt))
    .orderBy(asc(voucherSettlements.createdAt), asc(voucherSettlements.id));
  const provider = merchantProvider(name, { clock: ports.clock });
  let sent = 0;
  for (const { settlement, issuer, merchant } of due) {
    const { id: settlementId, amountMinor, currency } = settlement;
    // Below zero the merchant gives back what was returned since.
    const [from, to] = amountMinor > 0 ? [issuer, merchant] : [merchant, issuer];
    try {
      const { reference } = await provider.settle({ settlementId, from, to, amountMinor: minor(Math.abs(amountMinor)), currency });
      await reader()
        .update(voucherSettlements)
        .set({ provider: name, providerReference: reference, sentAt: ports.clock.now() })
        .where(eq(voucherSettlements.id, settlementId));
      sent += 1;
    } catch (error) {
      logError(`voucher settlement ${settlementId}`, error); // an outage, or an account that is short: the next round asks again
    }
  }
  return sent;
}
