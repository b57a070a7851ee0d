import { and, asc, desc, eq, gte, lt, sql } from 'drizzle-orm';
import type { ClosingPeriod } from '@/db/schema';
import { closingHeads, closings, merchants } from '@/db/schema';
import { GENESIS_HASH, sealOf } from '@/lib/documents';
import type { Instant, MerchantId } from '@/lib/kernel';
import { invariant } from '@/lib/kernel';
import type { Reader, Tx } from '@/lib/platform/transaction';
import type { ClosingContent } from './content';
import { closingContent } from './content';
import type { Drawn } from './draw-closings';

export type ClosingRow = Omit<typeof closings.$inferSelect, 'content'> & { readonly content: ClosingContent };

/** The closings of a merchant, of each kind in their order: all, or those that begin on a day of a span. */
export async function listAll(
  from: Reader,
  merchantId: MerchantId,
  span?: { readonly first: string; readonly next: string },
): Promise<readonly ClosingRow[]> {
  const rows = await from
    .select()
    .from(closings)
    .where(and(eq(closings.merchantId, merchantId), span && gte(closings.startsOn, span.first), span && lt(closings.startsOn, span.next)))
    .orderBy(asc(closings.period), asc(closings.sequence));
  return rows.map(readClosing);
}

/** What the next closings of a merchant go on from: the last of each kind, and the days that are in no closed year. */
export async function listOpen(from: Reader, merchantId: MerchantId): Promise<readonly ClosingRow[]> {
  const of = (period: ClosingPeriod) => and(eq(closings.merchantId, merchantId), eq(closings.period, period));
  const last = async (period: ClosingPeriod) => from.select().from(closings).where(of(period)).orderBy(desc(closings.sequence)).limit(1);
  const [month, year] = [await last('month'), await last('year')];
  const [whole] = year;
  const days = await from
    .select()
    .from(closings)
    .where(and(of('day'), whole && gte(closings.startsOn, `${Number(whole.startsOn.slice(0, 4)) + 1}-01-01`)))
    .orderBy(asc(closings.sequence));
  const day = days.length === 0 ? await last('day') : days;
  return [...day, ...month, ...year].map(readClosing);
}

export function readClosing(row: typeof closings.$inferSelect): ClosingRow {
  return { ...row, content: closingContent.parse(row.content) };
}

/** The last closing of a kind. */
export const lastOf = (rows: readonly ClosingRow[], period: ClosingPeriod): ClosingRow | undefined =>
  rows.findLast((row) => row.period === period);

export type HeadRow = typeof closingHeads.$inferSelect;

/** How far each of a merchant's series goes, as it was noted beside them. */
export async function listHeads(from: Reader, merchantId: MerchantId): Promise<readonly HeadRow[]> {
  return from.select().from(closingHeads).where(eq(closingHeads.merchantId, merchantId));
}

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

/** Seals closings of one kind after the last of it and writes them, and notes how far they go. */
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
  const head = rows.at(-1);
  if (!head) return;
  await tx.insert(closings).values(rows);
  const { period, startsOn, hash } = head;
  await tx
    .insert(closingHeads)
    .values({ merchantId, period, sequence, startsOn, hash })
    .onConflictDoUpdate({
      target: [closingHeads.merchantId, closingHeads.period],
      set: { sequence: sql`excluded.sequence`, startsOn: sql`excluded.starts_on`, hash: sql`excluded.hash` },
    });
}
