import { asc, eq, isNull, lt, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import { closingChecks, closingHeads, closingPeriods, closings } from '@/db/schema';
import type { Instant, MerchantId, Result, SystemScope } from '@/lib/kernel';
import { DAY, ok, plusMs } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Reader } from '@/lib/platform/transaction';
import { reader } from '@/lib/platform/transaction';
import { getCity } from '@/lib/shops';
import { listAll, listHeads } from './closing-repository';
import { findClosingBreak } from './find-closing-break';
import type { ClosingBreak, ClosingCheck } from './views';

export type MerchantCheck = { readonly merchantId: MerchantId; readonly closings: number; readonly broken: ClosingBreak | undefined };

/** So many a round: a city's archive is looked through once a day, not all at once. */
const BATCH = 25;

/** Looks every merchant's closings through, for whoever holds the machine: what is not what was closed. The findings are kept, for the pages. */
export async function verifyClosings(_system: SystemScope, ports: Ports = systemPorts): Promise<readonly MerchantCheck[]> {
  return checkAll(await listClosed(), ports);
}

/** The same for those nobody looked at since yesterday, a few at a time. Returns how many were looked through. */
export async function verifyDueClosings(ports: Ports = systemPorts): Promise<number> {
  const before = plusMs(ports.clock.now(), -DAY);
  const due = await reader()
    .selectDistinct({ merchantId: closingHeads.merchantId, checkedAt: closingChecks.checkedAt })
    .from(closingHeads)
    .leftJoin(closingChecks, eq(closingChecks.merchantId, closingHeads.merchantId))
    .where(or(isNull(closingChecks.checkedAt), lt(closingChecks.checkedAt, before)))
    .orderBy(sql`${closingChecks.checkedAt} asc nulls first`, asc(closingHeads.merchantId))
    .limit(BATCH);
  const merchantIds = due.map((row) => row.merchantId);
  return (await checkAll(merchantIds, ports)).length;
}

async function checkAll(merchantIds: readonly MerchantId[], { clock }: Ports): Promise<readonly MerchantCheck[]> {
  const { timeZone } = await getCity();
  const found: MerchantCheck[] = [];
  for (const merchantId of merchantIds) {
    const looked = await observed({ useCase: 'verify-closings', actor: 'system', ids: { merchantId } }, async () => {
      const [made, heads] = await Promise.all([listAll(reader(), merchantId), listHeads(reader(), merchantId)]);
      const broken = await findClosingBreak(reader(), { merchantId, made, heads, timeZone });
      const check = { merchantId, closings: made.length, broken };
      await keep(check, clock.now());
      return ok(check) satisfies Result<MerchantCheck, never>;
    });
    if (looked.ok) found.push(looked.value);
  }
  return found;
}

/** Whoever has closings, or had: the heads of what was taken out stay. */
async function listClosed(): Promise<readonly MerchantId[]> {
  const made = reader().selectDistinct({ merchantId: closings.merchantId }).from(closings);
  const heads = reader().selectDistinct({ merchantId: closingHeads.merchantId }).from(closingHeads);
  const rows = await made.union(heads);
  return rows.map((row) => row.merchantId).toSorted();
}

async function keep({ merchantId, closings: count, broken }: MerchantCheck, checkedAt: Instant): Promise<void> {
  const said = { checkedAt, closings: count, broken: broken ?? null };
  await reader()
    .insert(closingChecks)
    .values({ merchantId, ...said })
    .onConflictDoUpdate({ target: closingChecks.merchantId, set: said });
}

const kept = z.object({ period: z.enum(closingPeriods), startsOn: z.string(), why: z.enum(['seal', 'totals']) }).nullable();

/** What was found when a merchant's closings were last looked through; undefined before the first time. */
export async function findCheck(from: Reader, merchantId: MerchantId): Promise<ClosingCheck | undefined> {
  const [row] = await from.select().from(closingChecks).where(eq(closingChecks.merchantId, merchantId));
  return row && { at: row.checkedAt, count: row.closings, broken: kept.parse(row.broken) ?? undefined };
}
