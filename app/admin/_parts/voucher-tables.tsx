import { Tag } from '@/components/ui/tag';
import { formatBps, formatDate, formatMoney, moneyOf, plusMs } from '@/lib/kernel';
import type { Currency, Instant, Minor } from '@/lib/kernel';
import type { VoucherDueView } from '@/lib/settlement/views';
import { texts } from '@/lib/texts';
import type { SeriesView } from '@/lib/wallet/views';
import type { OpsShowing } from './order-table';

export type MoneyShowing = OpsShowing & { readonly currency: Currency };

/** The last day a voucher is good on; its end is the first moment after it. */
export function lastDay(validUntil: Instant, { locale, timeZone }: OpsShowing): string {
  return formatDate(plusMs(validUntil, -1), locale, timeZone);
}

/** Series, one a row: rules in a word, codes, and what was loaded, spent and is left. */
export function SeriesTable({ rows, showing }: { readonly rows: readonly SeriesView[]; readonly showing: MoneyShowing }) {
  const { locale, currency } = showing;
  const t = texts(locale, 'wallet');
  const money = (amount: Minor) => formatMoney(moneyOf(amount, currency), locale);
  return (
    <div className="grid-scroll" role="region" aria-label={t('desk.series')} tabIndex={0}>
      <table className="grid-table">
        <caption className="sr-only">{t('desk.series')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('desk.name')}</th>
            <th scope="col">{t('desk.issuer')}</th>
            <th scope="col">{t('desk.kind')}</th>
            <th scope="col">{t('desk.topUp')}</th>
            <th scope="col">{t('desk.until')}</th>
            {(['codes', 'loaded', 'spent', 'left'] as const).map((column) => (
              <th key={column} scope="col" className="num">
                {t(`desk.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.seriesId}>
              <th scope="row" className="nowrap">
                <a href={`/admin/vouchers/${row.seriesId}`}>{row.name}</a>
              </th>
              <td>{row.issuerName}</td>
              <td className="nowrap">{t(`kinds.${row.kind}`)}</td>
              <td className="nowrap">
                {row.topUpBps > 10_000 ? (
                  <Tag colour="green">{t('desk.topUpText', { rate: formatBps(row.topUpBps - 10_000, locale) })}</Tag>
                ) : (
                  <span className="soft">{t('desk.noTopUp')}</span>
                )}
              </td>
              <td className="nowrap">{lastDay(row.validUntil, showing)}</td>
              <td className="num">{row.count}</td>
              <td className="num">{money(row.loadedMinor)}</td>
              <td className="num">{money(row.spentMinor)}</td>
              <td className="num">
                <b>{money(row.outstandingMinor)}</b>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type DueRow = VoucherDueView & { readonly key: string; readonly cutOffAt?: Instant };

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
    <div className="grid-scroll" role="region" aria-label={caption} tabIndex={0}>
      <table className="grid-table">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('desk.merchant')}</th>
            <th scope="col">{t('desk.issuer')}</th>
            {hasDays && <th scope="col">{t('desk.day')}</th>}
            <th scope="col" className="num">
              {t('desk.amount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.merchantName}</th>
              <td>{row.issuerName}</td>
              {hasDays && <td className="nowrap">{row.cutOffAt !== undefined && lastDay(row.cutOffAt, showing)}</td>}
              <td className="num">{formatMoney(moneyOf(row.amountMinor, currency), locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
