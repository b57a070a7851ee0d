import { asc, eq } from 'drizzle-orm';
import type { ClosingPeriod } from '@/db/schema';
import { closings, merchants } from '@/db/schema';
import { GENESIS_HASH, sealOf } from '@/lib/documents';
import type { Instant, MerchantId } from '@/lib/kernel';
import { invariant } from '@/lib/kernel';
import type { Reader, Tx } from '@/lib/platform/transaction';
import type { ClosingContent } from './content';
import { closingContent } from './content';
import type { Drawn } from './draw-closings';

export type ClosingRow = Omit<typeof closings.$inferSelect, 'content'> & { readonly content: ClosingContent };

/** All closings of a merchant, of each kind in their order. */
export async function listAll(from: Reader, merchantId: MerchantId): Promise<readonly ClosingRow[]> {
  const rows = await from
    .select()
    .from(closings)
    .where(eq(closings.merchantId, merchantId))
    .orderBy(asc(closings.period), asc(closings.sequence));
  return rows.map((row) => ({ ...row, content: closingContent.parse(row.content) }));
}

/** The last closing of a kind. */
export const lastOf = (rows: readonly ClosingRow[], period: ClosingPeriod): ClosingRow | undefined =>
  rows.findLast((row) => row.period === period);

/** Locks a merchant's closings, so that they are written by one at a time. */
export async function lockMerchant(tx: Tx, merchantId: MerchantId): Promise<ClosingContent['merchant']> {
  const [row] = await tx
    .select({ legalName: merchants.legalName, registrationNumber: merchants.registrationNumber })
    .from(merchants)
    .where(eq(merchants.id, merchantId))
    .for('no key update');
  invariant(row, 'closings are a merchant’s');
  return row;
}

type Writing = { readonly merchantId: MerchantId; readonly merchant: ClosingContent['merchant']; readonly now: Instant };

/** Seals closings of one kind after the last of it and writes them. */
export async function insertClosings(
  tx: Tx,
  drawn: readonly Drawn[],
  last: ClosingRow | undefined,
  { merchantId, merchant, now }: Writing,
): Promise<void> {
  let [sequence, previousHash] = [last?.sequence ?? 0, last?.hash ?? GENESIS_HASH];
  const rows = drawn.map((one) => {
    const content: ClosingContent = { ...one, merchant };
    sequence += 1;
    const sealed = { previousHash, hash: sealOf(previousHash, content) };
    previousHash = sealed.hash;
    return { merchantId, period: one.period, sequence, startsOn: one.startsOn, content, ...sealed, closedAt: now };
  });
  if (rows.length > 0) await tx.insert(closings).values(rows);
}
