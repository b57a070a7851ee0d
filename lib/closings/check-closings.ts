import { asc, eq, isNull, lt, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import { closingChecks, closingHeads, closingPeriods, closings, merchants, shops } from '@/db/schema';
import type { SeriesCheck } from '@/lib/documents';
import { checkSeries } from '@/lib/documents';
import type { Instant, MerchantId, OperatorScope, Result, ShopScope, SystemScope } from '@/lib/kernel';
import { DAY, MINUTE, ok, plusMs } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Reader } from '@/lib/platform/transaction';
import { reader } from '@/lib/platform/transaction';
import { getCity } from '@/lib/shops';
import { listAll, listHeads } from './closing-repository';
import { findClosingBreak } from './find-closing-break';
import type { ClosingBreak, ClosingCheck } from './views';

export type MerchantCheck = {
  readonly merchantId: MerchantId;
  readonly closings: number;
  readonly broken: ClosingBreak | undefined;
  readonly series: SeriesCheck;
};

/** So many a round: a city's archive is looked through once a day, not all at once. */
const BATCH = 25;

/** Looks every merchant's closings through, for whoever holds the machine: what is not what was closed. The findings are kept, for the pages. */
export async function verifyClosings(_system: SystemScope, ports: Ports = systemPorts): Promise<readonly MerchantCheck[]> {
  return checkAll(await listClosed(), ports);
}

/**
 * The same for the merchant behind a shop, for whoever keeps the shop's papers. Looked through a moment ago, it is not again: the finding is there.
 */
export async function verifyShop({ shopId }: ShopScope, ports: Ports = systemPorts): Promise<ClosingCheck | undefined> {
  const [shop] = await reader().select({ merchantId: shops.merchantId }).from(shops).where(eq(shops.id, shopId));
  return shop && verifyOne(shop.merchantId, ports);
}

/** The same for one merchant, for whoever keeps the city's books; undefined where there is none. */
export async function verifyMerchant(
  _operator: OperatorScope,
  merchantId: MerchantId,
  ports: Ports = systemPorts,
): Promise<ClosingCheck | undefined> {
  const [merchant] = await reader().select({ id: merchants.id }).from(merchants).where(eq(merchants.id, merchantId));
  return merchant && verifyOne(merchant.id, ports);
}

async function verifyOne(merchantId: MerchantId, ports: Ports): Promise<ClosingCheck | undefined> {
  const last = await findCheck(reader(), merchantId);
  if (last && last.at > plusMs(ports.clock.now(), -MINUTE)) return last;
  await checkAll([merchantId], ports);
  return findCheck(reader(), merchantId);
}

/** What was found when the papers of the merchant behind a shop were last looked through; undefined before the first time. */
export async function findShopCheck({ shopId }: ShopScope): Promise<ClosingCheck | undefined> {
  const [shop] = await reader().select({ merchantId: shops.merchantId }).from(shops).where(eq(shops.id, shopId));
  return shop && findCheck(reader(), shop.merchantId);
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
      // One snapshot: what is written meanwhile is neither half seen nor called a forgery.
      const check = await reader().transaction(
        async (tx): Promise<MerchantCheck> => {
          const made = await listAll(tx, merchantId);
          const broken = await findClosingBreak(tx, { merchantId, made, heads: await listHeads(tx, merchantId), timeZone });
          return { merchantId, closings: made.length, broken, series: await checkSeries(tx, merchantId) };
        },
        { isolationLevel: 'repeatable read', accessMode: 'read only' },
      );
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

async function keep({ merchantId, closings: count, broken, series }: MerchantCheck, checkedAt: Instant): Promise<void> {
  const said = {
    checkedAt,
    closings: count,
    broken: broken ?? null,
    documents: series.count,
    seriesBroken: series.brokenFrom ?? null,
  };
  await reader()
    .insert(closingChecks)
    .values({ merchantId, ...said })
    .onConflictDoUpdate({ target: closingChecks.merchantId, set: said });
}

const kept = z.object({ period: z.enum(closingPeriods), startsOn: z.string(), why: z.enum(['seal', 'totals']) }).nullable();

/** What was found when a merchant's closings were last looked through; undefined before the first time. */
export async function findCheck(from: Reader, merchantId: MerchantId): Promise<ClosingCheck | undefined> {
  const [row] = await from.select().from(closingChecks).where(eq(closingChecks.merchantId, merchantId));
  return row && checkOf(row);
}

/** A finding as it was kept. */
export function checkOf({ checkedAt, closings: count, broken, documents, seriesBroken }: typeof closingChecks.$inferSelect): ClosingCheck {
  return { at: checkedAt, count, broken: kept.parse(broken) ?? undefined, documents, seriesBroken: seriesBroken ?? undefined };
}
