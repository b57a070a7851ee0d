import { and, asc, gt, isNull, ne } from 'drizzle-orm';
import { merchants, payoutHolds } from '@/db/schema';
import type { Instant, MerchantId } from '@/lib/kernel';
import type { Reader } from '@/lib/platform/transaction';

export type HoldRow = typeof payoutHolds.$inferSelect;

/** The holds in force at a moment, oldest first. */
export async function listHolds(from: Reader, now: Instant): Promise<readonly HoldRow[]> {
  return from
    .select()
    .from(payoutHolds)
    .where(and(isNull(payoutHolds.liftedAt), gt(payoutHolds.freedAt, now)))
    .orderBy(asc(payoutHolds.placedAt));
}

/** Whose payouts wait: by a hold, or because the provider does not pay this merchant (OP-25). */
export async function listHeldMerchants(from: Reader, now: Instant): Promise<ReadonlySet<MerchantId>> {
  const waiting = await from.select({ id: merchants.id }).from(merchants).where(ne(merchants.pspAccountState, 'enabled'));
  return new Set([...(await listHolds(from, now)).map((hold) => hold.merchantId), ...waiting.map((merchant) => merchant.id)]);
}
