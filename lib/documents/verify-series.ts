import { asc, eq } from 'drizzle-orm';
import { documentKinds, documentSeries, documents } from '@/db/schema';
import type { MerchantId } from '@/lib/kernel';
import type { Reader } from '@/lib/platform/transaction';
import { GENESIS_HASH, sealOf } from './hash';

/** How many documents were looked through, and the first number that is not what was issued. */
export type SeriesCheck = { readonly count: number; readonly brokenFrom: string | undefined };

/**
 * Looks a merchant's series through: the first number at which one is not what was issued: a gap, a double, a changed document, a lost end.
 * None when every seal follows from the one before it and the series ends where it should.
 */
export async function checkSeries(from: Reader, merchantId: MerchantId): Promise<SeriesCheck> {
  const rows = await from.select().from(documents).where(eq(documents.merchantId, merchantId)).orderBy(asc(documents.sequence));
  const ends = await from.select().from(documentSeries).where(eq(documentSeries.merchantId, merchantId));
  return { count: rows.length, brokenFrom: breakOf(rows, ends) };
}

type SealedRow = Pick<typeof documents.$inferSelect, 'kind' | 'sequence' | 'number' | 'content' | 'previousHash' | 'hash'>;
type SeriesEnd = Pick<typeof documentSeries.$inferSelect, 'kind' | 'lastSequence' | 'lastHash'>;

/** The first number at which one of somebody's series, each in the order of its sequence, is not what was issued; `ends`: where each is said to end. */
export function breakOf(rows: readonly SealedRow[], ends: readonly SeriesEnd[]): string | undefined {
  return documentKinds
    .map((kind) =>
      breakOfSeries(
        rows.filter((row) => row.kind === kind),
        ends.find((one) => one.kind === kind),
      ),
    )
    .find((number) => number !== undefined);
}

function breakOfSeries(series: readonly SealedRow[], end: SeriesEnd | undefined): string | undefined {
  const broken = series.find((row, index) => {
    const before = series[index - 1]?.hash ?? GENESIS_HASH;
    return row.sequence !== index + 1 || row.previousHash !== before || row.hash !== sealOf(before, row.content);
  });
  if (broken) return broken.number;
  const { sequence, hash, number } = series.at(-1) ?? { sequence: 0, hash: GENESIS_HASH, number: '1' };
  return (end?.lastSequence ?? 0) === sequence && (end?.lastHash ?? GENESIS_HASH) === hash ? undefined : number;
}
