import Link from 'next/link';
import type { OrderRowView } from '@/lib/fulfilment/views';
import type { Instant, Locale } from '@/lib/kernel';
import { daysAhead, formatMoney, formatTime, intlTag, moneyOf } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { GridTable } from './grid-table';
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
    <GridTable
      caption={caption}
      rows={rows}
      rowKey={(row) => row.orderId}
      columns={[
        {
          head: t('orders.number'),
          kind: 'nowrap',
          cell: (row) => (
            <Link href={`/admin/orders/${row.orderId}`} prefetch={false}>
              {row.number}
            </Link>
          ),
        },
        { head: t('orders.placed'), kind: 'nowrap', cell: (row) => stamp(row.placedAt, showing) },
        { head: t('orders.shopper'), kind: 'nowrap', cell: (row) => row.shopperName },
        { head: t('orders.shops'), kind: 'clip', title: shopsOf, cell: shopsOf },
        { head: t('orders.state'), cell: (row) => <OrderTag state={row.state} isLate={row.isLate} locale={locale} /> },
        { head: t('orders.total'), kind: 'num', cell: (row) => formatMoney(moneyOf(row.totalMinor, row.currency), locale) },
      ]}
    />
  );
}
