import { notFound } from 'next/navigation';
import { enterCity } from '@/app/_data/desk';
import { listOrders } from '@/lib/fulfilment';
import { dateOf } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { csvOf } from '../../../_parts/csv';
import { orderFilterOf } from '../../../_parts/order-query';

/** The page of orders that is shown, as CSV: the same filter, the same rows, the same order. */
export async function GET(request: Request): Promise<Response> {
  const entered = await enterCity();
  if (!entered.ok) return notFound();
  const { scope, locale } = entered.value;
  const found = await listOrders(scope, orderFilterOf(Object.fromEntries(new URL(request.url).searchParams)));
  const t = texts(locale, 'admin');
  const head = [
    t('orders.number'),
    t('orders.placed'),
    t('orders.shopper'),
    t('orders.shops'),
    t('orders.state'),
    t('orders.total'),
    t('orders.currency'),
  ];
  const rows = found.rows.map((row) => [
    row.number,
    dateOf(row.placedAt).toISOString(),
    row.shopperName,
    row.subOrders.map((part) => part.shopName).join(', '),
    row.isLate ? t('late') : t(`orderState.${row.state}`),
    (row.totalMinor / 100).toFixed(2),
    row.currency,
  ]);
  return new Response(csvOf([head, ...rows]), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="halles-orders-${String(found.page)}.csv"`,
      'cache-control': 'no-store',
    },
  });
}
