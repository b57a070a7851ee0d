import Link from 'next/link';
import type { OrderRowView } from '@/lib/fulfilment/views';
import type { Instant, Locale } from '@/lib/kernel';
import { daysAhead, formatMoney, formatTime, intlTag, moneyOf } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { OrderTag } from './state-tag';

export type OpsShowing = { readonly locale: Locale; readonly now: Instant; readonly timeZone: string };

/** `16 h 30` today, `22/11 16 h 30` before. */
export function stamp(moment: Instant, { locale, now, timeZone }: OpsShowing): string {
  const time = formatTime(moment, locale, timeZone);
  if (daysAhead(moment, now, timeZone) === 0) return time;
  const day = new Intl.DateTimeFormat(intlTag(locale), { timeZone, day: '2-digit', month: '2-digit' }).format(moment);
  return `${day} ${time}`;
}

type OrderTableProps = { readonly rows: readonly OrderRowView[]; readonly showing: OpsShowing; readonly caption: string };

/** Names of shops may hold commas: a middle dot parts them. */
const shopsOf = (row: OrderRowView) => row.subOrders.map((part) => part.shopName).join(' · ');

/** Orders, one a row: number, hour, person, shops, state, money. */
export function OrderTable({ rows, showing, caption }: OrderTableProps) {
  const { locale } = showing;
  const t = texts(locale, 'admin');
  return (
    <div className="grid-scroll" role="region" aria-label={caption} tabIndex={0}>
      <table className="grid-table">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('orders.number')}</th>
            <th scope="col">{t('orders.placed')}</th>
            <th scope="col">{t('orders.shopper')}</th>
            <th scope="col">{t('orders.shops')}</th>
            <th scope="col">{t('orders.state')}</th>
            <th scope="col" className="num">
              {t('orders.total')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.orderId}>
              <th scope="row" className="nowrap">
                <Link href={`/admin/orders/${row.orderId}`} prefetch={false}>
                  {row.number}
                </Link>
              </th>
              <td className="nowrap">{stamp(row.placedAt, showing)}</td>
              <td className="nowrap">{row.shopperName}</td>
              <td className="clip" title={shopsOf(row)}>
                {shopsOf(row)}
              </td>
              <td>
                <OrderTag state={row.state} isLate={row.isLate} locale={locale} />
              </td>
              <td className="num">{formatMoney(moneyOf(row.totalMinor, row.currency), locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
