import { createHash } from 'node:crypto';
import { and, count, eq, gt, lte } from 'drizzle-orm';
import { verificationTokens } from '@/db/schema';
import type { Instant } from '@/lib/kernel';
import type { Reader } from '@/lib/platform/transaction';

/** What is kept of a link's secret: as next-auth hashes it, so that both read each other's links. */
export function hashOfToken(token: string, secret: string): string {
  return createHash('sha256').update(`${token}${secret}`).digest('hex');
}

export async function insertToken(
  db: Reader,
  row: { readonly identifier: string; readonly tokenHash: string; readonly expiresAt: Instant },
  now: Instant,
): Promise<void> {
  await db.delete(verificationTokens).where(and(eq(verificationTokens.identifier, row.identifier), lte(verificationTokens.expiresAt, now)));
  await db.insert(verificationTokens).values(row);
}

/** Takes the link out of the world: of two clicks at once, one gets it. */
export async function takeToken(db: Reader, identifier: string, tokenHash: string): Promise<{ readonly expiresAt: Instant } | undefined> {
  const [row] = await db
    .delete(verificationTokens)
    .where(and(eq(verificationTokens.identifier, identifier), eq(verificationTokens.tokenHash, tokenHash)))
    .returning({ expiresAt: verificationTokens.expiresAt });
  return row;
}

/** How many links of an address run out within a stretch of time, which says how many were asked for lately. */
export async function countTokens(db: Reader, identifier: string, after: Instant, until: Instant): Promise<number> {
  const [row] = await db
    .select({ found: count() })
    .from(verificationTokens)
    .where(
      and(eq(verificationTokens.identifier, identifier), gt(verificationTokens.expiresAt, after), lte(verificationTokens.expiresAt, until)),
    );
  return row?.found ?? 0;
}
