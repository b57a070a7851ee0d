import { asc, eq } from 'drizzle-orm';
import { commissionChecks, commissionDocuments, commissionSeries } from '@/db/schema';
import { breakOf } from '@/lib/documents';
import type { OperatorScope, Result } from '@/lib/kernel';
import { DAY, MINUTE, invariant, ok, plusMs } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Reader } from '@/lib/platform/transaction';
import { reader } from '@/lib/platform/transaction';
import type { FeeCheck } from './views';

const CITY = 'city';

/** Looks the city's own series through, now, for whoever keeps its books, and keeps what was found. Looked through a moment ago, they are not again. */
export async function verifyFees(_operator: OperatorScope, ports: Ports = systemPorts): Promise<FeeCheck> {
  const last = await findFeeCheck(reader());
  return last && last.at > plusMs(ports.clock.now(), -MINUTE) ? last : checkFees(ports);
}

/** The same once a day, for the page. Returns how many documents were looked through. */
export async function verifyDueFees(ports: Ports = systemPorts): Promise<number> {
  const last = await findFeeCheck(reader());
  if (last && last.at > plusMs(ports.clock.now(), -DAY)) return 0;
  return (await checkFees(ports)).documents;
}

/** What was found when the city's series were last looked through; undefined before the first time. */
export async function findFeeCheck(from: Reader): Promise<FeeCheck | undefined> {
  const [row] = await from.select().from(commissionChecks).where(eq(commissionChecks.id, CITY));
  return row && { at: row.checkedAt, documents: row.documents, brokenFrom: row.brokenFrom ?? undefined };
}

async function checkFees({ clock }: Ports): Promise<FeeCheck> {
  const checked = await observed({ useCase: 'verify-fees', actor: 'system', ids: {} }, async (): Promise<Result<FeeCheck, never>> => {
    // One snapshot: a document that is written meanwhile is neither half seen nor called a forgery.
    const found = await reader().transaction(lookThrough, { isolationLevel: 'repeatable read', accessMode: 'read only' });
    const at = clock.now();
    const said = { checkedAt: at, documents: found.documents, brokenFrom: found.brokenFrom ?? null };
    await reader()
      .insert(commissionChecks)
      .values({ id: CITY, ...said })
      .onConflictDoUpdate({ target: commissionChecks.id, set: said });
    return ok({ at, ...found });
  });
  invariant(checked.ok, 'looking through is never refused');
  return checked.value;
}

async function lookThrough(from: Reader): Promise<Omit<FeeCheck, 'at'>> {
  const rows = await from.select().from(commissionDocuments).orderBy(asc(commissionDocuments.sequence));
  const ends = await from.select().from(commissionSeries);
  return { documents: rows.length, brokenFrom: breakOf(rows, ends) };
}
