import { asc, eq } from 'drizzle-orm';
import { documentKinds, documentSeries, documents } from '@/db/schema';
import type { MerchantId } from '@/lib/kernel';
import type { Reader } from '@/lib/platform/transaction';
import { GENESIS_HASH, sealOf } from './hash';

type Row = typeof documents.$inferSelect;

/**
 * The first number at which one of a merchant's series is not what was issued: a gap, a double, a changed document, a lost end.
 * Undefined when every seal follows from the one before it and the series ends where it should.
 */
export async function findBreak(from: Reader, merchantId: MerchantId): Promise<string | undefined> {
  const [rows, ends] = await Promise.all([
    from.select().from(documents).where(eq(documents.merchantId, merchantId)).orderBy(asc(documents.sequence)),
    from.select().from(documentSeries).where(eq(documentSeries.merchantId, merchantId)),
  ]);
  for (const kind of documentKinds) {
    const series = rows.filter((row) => row.kind === kind);
    const broken = firstBroken(series);
    if (broken) return broken.number;
    const end = ends.find((one) => one.kind === kind);
    if ((end?.lastSequence ?? 0) !== series.length || (end?.lastHash ?? GENESIS_HASH) !== lastHash(series)) {
      return series.at(-1)?.number ?? kind;
    }
  }
  return undefined;
}

function firstBroken(series: readonly Row[]): Row | undefined {
  return series.find((row, index) => {
    const before = series[index - 1]?.hash ?? GENESIS_HASH;
    return row.sequence !== index + 1 || row.previousHash !== before || row.hash !== sealOf(before, row.content);
  });
}

function lastHash(series: readonly Row[]): string {
  return series.at(-1)?.hash ?? GENESIS_HASH;
}
