import { and, desc, eq, isNull } from 'drizzle-orm';
import { invoiceMandates } from '@/db/schema';
import type { Instant, MerchantId } from '@/lib/kernel';
import type { Reader, Tx } from '@/lib/platform/transaction';

/** Version of the mandate's words, and how long the merchant may object to a document (ME-22). */
export const MANDATE_VERSION = '2026-11';
export const OBJECTION_DAYS = 15;

/** The mandate in force; `isCurrent`: its words are those of now. */
export type MandateView = { readonly signedAt: Instant; readonly signer: string; readonly isCurrent: boolean };

/** The mandate a merchant has given, undefined for none. */
export async function mandateOf(from: Reader, merchantId: MerchantId): Promise<MandateView | undefined> {
  const [row] = await from
    .select()
    .from(invoiceMandates)
    .where(and(eq(invoiceMandates.merchantId, merchantId), isNull(invoiceMandates.revokedAt)))
    .orderBy(desc(invoiceMandates.signedAt))
    .limit(1);
  return row && { signedAt: row.signedAt, signer: row.signer, isCurrent: row.version === MANDATE_VERSION };
}

/** Signs the mandate to invoice. One whose words are those of now is not signed again; an older one ends where the new one begins. */
export async function signMandate(
  tx: Tx,
  { merchantId, signer }: { readonly merchantId: MerchantId; readonly signer: string },
  now: Instant,
): Promise<void> {
  const signed = await mandateOf(tx, merchantId);
  if (signed?.isCurrent) return;
  if (signed)
    await tx
      .update(invoiceMandates)
      .set({ revokedAt: now })
      .where(and(eq(invoiceMandates.merchantId, merchantId), isNull(invoiceMandates.revokedAt)));
  await tx.insert(invoiceMandates).values({ merchantId, version: MANDATE_VERSION, signer, objectionDays: OBJECTION_DAYS, signedAt: now });
}
