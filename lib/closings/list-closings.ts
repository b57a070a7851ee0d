import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { ClosingPeriod } from '@/db/schema';
import { closingChecks, closingHeads, closingPeriods, closings, merchants, shops } from '@/db/schema';
import type { MerchantId, OperatorScope, ShopScope } from '@/lib/kernel';
import { minor } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import { checkOf, findCheck } from './check-closings';
import type { ClosingRow } from './closing-repository';
import { listAll, readClosing } from './closing-repository';
import type { ClosingView, ClosingsView, MerchantArchiveView, MerchantClosingsView } from './views';

const SHOWN = 12;

/** The latest closings of the merchant behind a shop, newest first, months before their days; and what was found when they were last looked through. */
export async function listClosings({ shopId }: ShopScope): Promise<ClosingsView> {
  const [shop] = await reader().select({ merchantId: shops.merchantId }).from(shops).where(eq(shops.id, shopId));
  if (!shop) return { rows: [], check: undefined };
  const latest = closingPeriods.map((period) =>
    reader()
      .select()
      .from(closings)
      .where(and(eq(closings.merchantId, shop.merchantId), eq(closings.period, period)))
      .orderBy(desc(closings.sequence))
      .limit(SHOWN),
  );
  const [check, ...rows] = await Promise.all([findCheck(reader(), shop.merchantId), ...latest]);
  return { rows: newestFirst(rows.flat()).slice(0, SHOWN), check };
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

/**
 * One merchant's closings of a year, of a kind or of all, for whoever keeps the city's books: of the year given, or of the last that has any. Undefined where
 * there is no such merchant.
 */
export async function listMerchantClosings(
  _operator: OperatorScope,
  merchantId: MerchantId,
  { period, year: asked }: { readonly period?: ClosingPeriod | undefined; readonly year?: number | undefined } = {},
): Promise<MerchantClosingsView | undefined> {
  const [merchant] = await reader().select({ name: merchants.legalName }).from(merchants).where(eq(merchants.id, merchantId));
  if (!merchant) return undefined;
  const own = eq(closings.merchantId, merchantId);
  const [days] = await reader()
    .select({ first: sql<string | null>`min(${closings.startsOn})`, last: sql<string | null>`max(${closings.startsOn})` })
    .from(closings)
    .where(and(own, eq(closings.period, 'day')));
  const [first, last] = [Number(days?.first?.slice(0, 4) ?? 0), Number(days?.last?.slice(0, 4) ?? 0)];
  const years = days?.first === null ? [] : Array.from({ length: last - first + 1 }, (_, index) => last - index);
  const year = years.find((one) => one === asked) ?? years[0];
  const [rows, check] = await Promise.all([
    year === undefined ? [] : listAll(reader(), merchantId, { first: `${year}-01-01`, next: `${year + 1}-01-01` }),
    findCheck(reader(), merchantId),
  ]);
  const shown = rows.filter((row) => period === undefined || row.period === period);
  return { merchantId, name: merchant.name, years, year, check, rows: newestFirst(shown) };
}

/** As they ended, months and years before the days they end with. */
function newestFirst(rows: readonly (ClosingRow | typeof closings.$inferSelect)[]): readonly ClosingView[] {
  const views = rows.map((row) => viewOf(readClosing(row)));
  return views.toSorted((a, b) => b.endsOn.localeCompare(a.endsOn) || b.period.localeCompare(a.period));
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
