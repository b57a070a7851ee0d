import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { ClosingPeriod } from '@/db/schema';
import { closingChecks, closingHeads, closings, merchants, shops } from '@/db/schema';
import type { MerchantId, OperatorScope, ShopScope } from '@/lib/kernel';
import { minor } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import { checkOf, findCheck } from './check-closings';
import type { ClosingRow } from './closing-repository';
import { readClosing } from './closing-repository';
import type { ClosingView, ClosingsView, MerchantArchiveView, MerchantClosingsView } from './views';

const SHOWN = 12;
/** A year of days and more. */
const MOST = 400;

/** The closings of the merchant behind a shop, newest first, months before their days; and what was found when they were last looked through. */
export async function listClosings({ shopId }: ShopScope): Promise<ClosingsView> {
  const [shop] = await reader().select({ merchantId: shops.merchantId }).from(shops).where(eq(shops.id, shopId));
  return shop ? listOf(shop.merchantId, undefined, SHOWN) : { rows: [], check: undefined };
}

/** The city's merchants by name, each with how far it is closed and what was found when it was last looked through. */
export async function listArchives(_operator: OperatorScope): Promise<readonly MerchantArchiveView[]> {
  const rows = await reader()
    .select({
      merchantId: merchants.id,
      name: merchants.legalName,
      shops: sql<string>`(select string_agg(${shops.name}, ', ' order by ${shops.name}) from ${shops} where ${shops.merchantId} = ${merchants.id})`,
      closings: sql<number>`coalesce((select sum(${closingHeads.sequence}) from ${closingHeads} where ${closingHeads.merchantId} = ${merchants.id}), 0)::int`,
      last: closings,
      check: closingChecks,
    })
    .from(merchants)
    .innerJoin(closingHeads, and(eq(closingHeads.merchantId, merchants.id), eq(closingHeads.period, 'day')))
    .leftJoin(
      closings,
      and(eq(closings.merchantId, merchants.id), eq(closings.period, 'day'), eq(closings.sequence, closingHeads.sequence)),
    )
    .leftJoin(closingChecks, eq(closingChecks.merchantId, merchants.id))
    .orderBy(asc(merchants.legalName));
  return rows.map(({ last, check, shops: names, ...about }) => ({
    ...about,
    shops: names ?? '',
    closedUpTo: last?.startsOn,
    perpetualMinor: last ? readClosing(last).content.perpetual.grossMinor : minor(0),
    check: check ? checkOf(check) : undefined,
  }));
}

/** One merchant's closings of a kind, or of all, for whoever keeps the city's books; undefined where there is none. */
export async function listMerchantClosings(
  _operator: OperatorScope,
  merchantId: MerchantId,
  period: ClosingPeriod | undefined,
): Promise<MerchantClosingsView | undefined> {
  const [merchant] = await reader().select({ name: merchants.legalName }).from(merchants).where(eq(merchants.id, merchantId));
  return merchant && { ...(await listOf(merchantId, period, MOST)), merchantId, name: merchant.name };
}

async function listOf(merchantId: MerchantId, period: ClosingPeriod | undefined, most: number): Promise<ClosingsView> {
  const [newestFirst, check] = await Promise.all([
    reader()
      .select()
      .from(closings)
      .where(and(eq(closings.merchantId, merchantId), period && eq(closings.period, period)))
      .orderBy(sql`${closings.content} ->> 'endsOn' desc`, desc(closings.period))
      .limit(most),
    findCheck(reader(), merchantId),
  ]);
  return { rows: newestFirst.map((row) => viewOf(readClosing(row))), check };
}

function viewOf({ period, content, hash, closedAt }: ClosingRow): ClosingView {
  const { startsOn, endsOn, totals, perpetual } = content;
  return {
    period,
    startsOn,
    endsOn,
    grossMinor: totals.grossMinor,
    vatMinor: totals.vatMinor,
    documents: totals.invoices + totals.creditNotes,
    perpetualMinor: perpetual.grossMinor,
    hash,
    closedAt,
  };
}
