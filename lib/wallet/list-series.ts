import { desc, eq, sql } from 'drizzle-orm';
import { voucherIssuers, voucherMovements, voucherSeries, vouchers } from '@/db/schema';
import type { IssuerId, Locale, OperatorScope, SeriesId } from '@/lib/kernel';
import { minor } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import { departmentNames, shopNames } from './series-names';
import type { SeriesRulesView, SeriesView, VoucherRowView } from './views';

export type IssuerView = {
  readonly issuerId: IssuerId;
  readonly name: string;
  readonly providerAccount: string;
  readonly contact: string;
};

export async function listIssuers(_operator: OperatorScope): Promise<readonly IssuerView[]> {
  const { id: issuerId, name, providerAccount, contact } = voucherIssuers;
  return reader().select({ issuerId, name, providerAccount, contact }).from(voucherIssuers).orderBy(voucherIssuers.name);
}

/** Every series with what its issuer answers for; sums of its movements, never of anything else. */
export async function listSeries(_operator: OperatorScope): Promise<readonly SeriesView[]> {
  return (await readSeries(undefined)).map(seriesView);
}

/** One series with its rules; undefined when there is none of that id. */
export async function getSeries(
  _operator: OperatorScope,
  seriesId: SeriesId,
  locale: Locale,
): Promise<(SeriesView & SeriesRulesView) | undefined> {
  const [row] = await readSeries(seriesId);
  if (!row) return undefined;
  const { series } = row;
  const [boundTo, departments] = await Promise.all([shopNames(series), departmentNames(series, locale)]);
  const { vatRateBps, paysDelivery, validFrom } = series;
  return { ...seriesView(row), vatRateBps: vatRateBps ?? undefined, paysDelivery, validFrom, shops: boundTo, departments };
}

async function readSeries(seriesId: SeriesId | undefined) {
  const moved = reader()
    .select({
      seriesId: vouchers.seriesId,
      loaded: sql<number>`coalesce(sum(${voucherMovements.amountMinor}) filter (where ${voucherMovements.kind} = 'loaded'), 0)`.as(
        'loaded',
      ),
      granted: sql<number>`coalesce(sum(${voucherMovements.grantedMinor}), 0)`.as('granted'),
      spent: sql<number>`coalesce(-sum(${voucherMovements.amountMinor}) filter (where ${voucherMovements.kind} = 'spent'), 0)`.as('spent'),
      returned: sql<number>`coalesce(sum(${voucherMovements.amountMinor}) filter (where ${voucherMovements.kind} = 'returned'), 0)`.as(
        'returned',
      ),
    })
    .from(voucherMovements)
    .innerJoin(vouchers, eq(vouchers.id, voucherMovements.voucherId))
    .groupBy(vouchers.seriesId)
    .as('moved');
  const held = reader()
    .select({
      seriesId: vouchers.seriesId,
      count: sql<number>`count(*)`.as('codes'),
      blocked: sql<number>`count(${vouchers.blockedAt})`.as('blocked'),
      reserved: sql<number>`sum(${vouchers.reservedMinor})`.as('reserved'),
      balance: sql<number>`sum(${vouchers.balanceMinor})`.as('balance'),
    })
    .from(vouchers)
    .groupBy(vouchers.seriesId)
    .as('held');
  return reader()
    .select({
      series: voucherSeries,
      issuerName: voucherIssuers.name,
      moved: { loaded: moved.loaded, granted: moved.granted, spent: moved.spent, returned: moved.returned },
      held: { count: held.count, blocked: held.blocked, reserved: held.reserved, balance: held.balance },
    })
    .from(voucherSeries)
    .innerJoin(voucherIssuers, eq(voucherIssuers.id, voucherSeries.issuerId))
    .leftJoin(moved, eq(moved.seriesId, voucherSeries.id))
    .leftJoin(held, eq(held.seriesId, voucherSeries.id))
    .where(seriesId === undefined ? undefined : eq(voucherSeries.id, seriesId))
    .orderBy(desc(voucherSeries.createdAt), desc(voucherSeries.id));
}

function seriesView({ series, issuerName, ...sums }: Awaited<ReturnType<typeof readSeries>>[number]): SeriesView {
  return {
    seriesId: series.id,
    issuerId: series.issuerId,
    issuerName,
    name: series.name,
    kind: series.kind,
    purpose: series.purpose,
    topUpBps: series.topUpBps,
    validUntil: series.validUntil,
    count: Number(sums.held?.count ?? 0),
    blocked: Number(sums.held?.blocked ?? 0),
    loadedMinor: minor(Number(sums.moved?.loaded ?? 0)),
    grantedMinor: minor(Number(sums.moved?.granted ?? 0)),
    spentMinor: minor(Number(sums.moved?.spent ?? 0)),
    returnedMinor: minor(Number(sums.moved?.returned ?? 0)),
    reservedMinor: minor(Number(sums.held?.reserved ?? 0)),
    outstandingMinor: minor(Number(sums.held?.balance ?? 0)),
  };
}

const MOST = 1_000;

/** The codes of a series, the newest first. */
export async function listVouchersOf(_operator: OperatorScope, seriesId: SeriesId): Promise<readonly VoucherRowView[]> {
  const rows = await reader().select().from(vouchers).where(eq(vouchers.seriesId, seriesId)).orderBy(desc(vouchers.id)).limit(MOST);
  return rows.map(({ id, codeEnd, holderEmail, balanceMinor, reservedMinor, validUntil, blockedAt }) => ({
    voucherId: id,
    codeEnd,
    holderEmail: holderEmail ?? undefined,
    balanceMinor,
    reservedMinor,
    validUntil,
    isBlocked: blockedAt !== null,
  }));
}
