import { asc } from 'drizzle-orm';
import { commissionDocuments, commissionSeries } from '@/db/schema';
import { breakOf } from '@/lib/documents';
import type { Reader } from '@/lib/platform/transaction';

/** The first number at which one of the city's own series is not what was issued; undefined when every seal follows from the one before. */
export async function findFeeBreak(from: Reader): Promise<string | undefined> {
  const [rows, ends] = await Promise.all([
    from.select().from(commissionDocuments).orderBy(asc(commissionDocuments.sequence)),
    from.select().from(commissionSeries),
  ]);
  return breakOf(rows, ends);
}
