import { Tag } from '@/components/ui/tag';
import { formatBps, formatDate, formatMoney, minor, moneyOf, plusMs } from '@/lib/kernel';
import type { Currency, Instant, Locale, Minor } from '@/lib/kernel';
import type { VoucherDueView } from '@/lib/settlement/views';
import { texts } from '@/lib/texts';
import type { SeriesView } from '@/lib/wallet/views';
import { GridTable } from './grid-table';
import type { OpsShowing } from './order-table';

export type MoneyShowing = OpsShowing & { readonly currency: Currency };

/** The last day a voucher is good on; its end is the first moment after it. */
export function lastDay(validUntil: Instant, { locale, timeZone }: OpsShowing): string {
  return formatDate(plusMs(validUntil, -1), locale, timeZone);
}

/** Series, one a row: rules in a word, codes, and what was loaded, spent (what went back taken off) and is left: the first is the sum of the others. */
export function SeriesTable({ rows, showing }: { readonly rows: readonly SeriesView[]; readonly showing: MoneyShowing }) {
  const { locale, currency } = showing;
  const t = texts(locale, 'wallet');
  const money = (amount: Minor) => formatMoney(moneyOf(amount, currency), locale);
  return (
    <GridTable
      caption={t('desk.series')}
      rows={rows}
      rowKey={(row) => row.seriesId}
      columns={[
        { head: t('desk.name'), kind: 'nowrap', cell: (row) => <a href={`/admin/vouchers/${row.seriesId}`}>{row.name}</a> },
        { head: t('desk.issuer'), cell: (row) => row.issuerName },
        { head: t('desk.kind'), kind: 'nowrap', cell: (row) => t(`kinds.${row.kind}`) },
        { head: t('desk.topUp'), kind: 'nowrap', cell: (row) => <TopUp row={row} locale={locale} /> },
        { head: t('desk.until'), kind: 'nowrap', cell: (row) => lastDay(row.validUntil, showing) },
        { head: t('desk.codes'), kind: 'num', cell: (row) => row.count },
        { head: t('desk.loaded'), kind: 'num', cell: (row) => money(row.loadedMinor) },
        { head: t('desk.spent'), kind: 'num', cell: (row) => money(minor(row.spentMinor - row.returnedMinor)) },
        { head: t('desk.left'), kind: 'num', cell: (row) => <b>{money(row.outstandingMinor)}</b> },
      ]}
    />
  );
}

function TopUp({ row: { topUpBps }, locale }: { readonly row: SeriesView; readonly locale: Locale }) {
  const t = texts(locale, 'wallet');
  if (topUpBps <= 10_000) return <span className="soft">{t('desk.noTopUp')}</span>;
  return <Tag colour="green">{t('desk.topUpText', { rate: formatBps(topUpBps - 10_000, locale) })}</Tag>;
}

type DueRow = VoucherDueView & { readonly key: string; readonly cutOffAt?: Instant; readonly sentAt?: Instant | undefined };

/** What issuers owe or paid merchants, one a row. */
export function DueTable({
  caption,
  rows,
  showing,
}: {
  readonly caption: string;
  readonly rows: readonly DueRow[];
  readonly showing: MoneyShowing;
}) {
  const { locale, currency } = showing;
  const t = texts(locale, 'wallet');
  const hasDays = rows.some(({ cutOffAt }) => cutOffAt !== undefined);
  return (
    <GridTable
      caption={caption}
      rows={rows}
      rowKey={(row) => row.key}
      columns={[
        { head: t('desk.merchant'), cell: (row) => row.merchantName },
        { head: t('desk.issuer'), cell: (row) => row.issuerName },
        hasDays && { head: t('desk.day'), kind: 'nowrap', cell: (row) => row.cutOffAt !== undefined && lastDay(row.cutOffAt, showing) },
        { head: t('desk.amount'), kind: 'num', cell: (row) => formatMoney(moneyOf(row.amountMinor, currency), locale) },
        hasDays && {
          head: t('desk.sent'),
          kind: 'nowrap',
          cell: (row) => (row.sentAt === undefined ? t('desk.unsent') : formatDate(row.sentAt, locale, showing.timeZone)),
        },
      ]}
    />
  );
}
