import { and, asc, eq, gte, lt } from 'drizzle-orm';
import { documents } from '@/db/schema';
import type { MerchantId } from '@/lib/kernel';
import type { Reader } from '@/lib/platform/transaction';
import { listAll } from './closing-repository';
import { momentOfDay } from './periods';

/**
 * A merchant's year as a file that is read without this program: a line of JSON for each document and each closing, with their seals. A seal is the SHA-256 of the
 * seal before it, a line feed, and the content as JSON with keys in code-unit order.
 */
export async function writeArchive(
  from: Reader,
  merchantId: MerchantId,
  { year, timeZone }: { readonly year: number; readonly timeZone: string },
) {
  const [first, next] = [`${year}-01-01`, `${year + 1}-01-01`];
  const [issued, made] = await Promise.all([
    from
      .select({
        kind: documents.kind,
        sequence: documents.sequence,
        content: documents.content,
        previousHash: documents.previousHash,
        hash: documents.hash,
      })
      .from(documents)
      .where(
        and(
          eq(documents.merchantId, merchantId),
          gte(documents.issuedAt, momentOfDay(first, timeZone)),
          lt(documents.issuedAt, momentOfDay(next, timeZone)),
        ),
      )
      .orderBy(asc(documents.kind), asc(documents.sequence)),
    listAll(from, merchantId, { first, next }),
  ]);
  const closed = made.map(({ period, sequence, content, previousHash, hash }) => ({
    closing: period,
    sequence,
    content,
    previousHash,
    hash,
  }));
  const lines = [...issued.map(({ kind, ...document }) => ({ document: kind, ...document })), ...closed];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}
