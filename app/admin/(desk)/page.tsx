import type { Metadata } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { deskLocale, enterCity } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { classNames } from '@/components/ui/class-names';
import { Icon } from '@/components/ui/icon';
import { listCourierAreas } from '@/lib/courier';
import { getCityToday, listOrders } from '@/lib/fulfilment';
import type { CityTodayView, OrderRowView } from '@/lib/fulfilment/views';
import { getLastHour, listShopActivity } from '@/lib/insights';
import { formatMoney, formatTime, moneyOf, type OperatorScope } from '@/lib/kernel';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { CityMap } from '../_parts/city-map';
import { LastHour } from '../_parts/last-hour';
import { LiveCity } from '../_parts/live-city';
import { OrderTable, type OpsShowing } from '../_parts/order-table';
import { ShopTable } from '../_parts/shop-table';

const ORDERS_SHOWN = 20;
const SHOPS_SHOWN = 10;

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'admin')('today.title') };
}

/** What needs somebody, late first; then what is simply under way. */
async function ordersToWatch(scope: OperatorScope): Promise<readonly OrderRowView[]> {
  const [late, open] = await Promise.all([listOrders(scope, { only: 'late', page: 1 }), listOrders(scope, { only: 'open', page: 1 })]);
  const lateFirst = [...late.rows, ...open.rows.filter((row) => !row.isLate)];
  return lateFirst.slice(0, ORDERS_SHOWN);
}

/** The city now. */
export default async function CityTodayPage() {
  const entered = await enterCity();
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, locale } = entered.value;
  const [city, today, orders, shops, areas, hour] = await Promise.all([
    getCity(),
    getCityToday(scope),
    ordersToWatch(scope),
    listShopActivity(scope),
    listCourierAreas(scope),
    getLastHour(scope),
  ]);
  const t = texts(locale, 'admin');
  const showing: OpsShowing = { locale, now: requestMoment(), timeZone: city.timeZone };
  const open = shops.filter((shop) => shop.isOpen).length;
  return (
    <main id="main" className="ops-main">
      <div className="ops-head">
        <div>
          <h1>{t('today.title')}</h1>
          <p>{t('today.asOf', { time: formatTime(showing.now, locale, city.timeZone), open, count: shops.length })}</p>
        </div>
        <div className="ops-actions">
          <LiveCity
            source="/api/live?city=1"
            quietZone="watched"
            words={{ pause: t('today.pause'), goOn: t('today.goOn') }}
            pauseIcon={<Icon name="refresh-cw" />}
          />
        </div>
      </div>
      <Figures today={today} showing={showing} />
      <div className="grid gap-[18px]" id="watched">
        <div className="ops-columns">
          <CityMap shops={shops} areas={areas} centre={city.at} showing={showing} />
          <section className="box" aria-labelledby="shops">
            <h2 id="shops">
              {t('shops.title')} <small>{t('today.shopsText')}</small>
            </h2>
            <ShopTable rows={shops.slice(0, SHOPS_SHOWN)} showing={showing} caption={t('shops.title')} isShort />
            <p className="box-note">
              <Link href="/admin/shops">{t('today.allShops', { count: shops.length })}</Link>
            </p>
          </section>
        </div>
        <section className="box" aria-labelledby="watch">
          <h2 id="watch">
            {t('today.watch')} <small>{t('today.watchText')}</small>
          </h2>
          {orders.length === 0 ? (
            <p className="box-note">{t('today.nothing')}</p>
          ) : (
            <OrderTable rows={orders} showing={showing} caption={t('today.watch')} />
          )}
          <p className="box-note">
            <Link href="/admin/orders">{t('today.allOrders')}</Link>
          </p>
        </section>
        <LastHour hour={hour} showing={showing} />
      </div>
    </main>
  );
}

function Figures({ today, showing: { locale } }: { today: CityTodayView; showing: OpsShowing }) {
  const t = texts(locale, 'admin');
  return (
    <ul className="ops-figures">
      <Figure value={today.ordersToday} label={t('figures.orders')} />
      <Figure value={formatMoney(moneyOf(today.paidTodayMinor), locale)} label={t('figures.paid')} />
      <Figure value={today.openSubOrders} label={t('figures.open')} />
      <Figure value={today.toAccept} label={t('figures.toAccept')} />
      <Figure value={today.late} label={t('figures.late')} isLate={today.late > 0} />
      <Figure value={today.handedOverToday} label={t('figures.handedOver')} />
      <Figure value={today.refusedToday} label={t('figures.refused')} />
    </ul>
  );
}

function Figure({ value, label, isLate = false }: { value: ReactNode; label: string; isLate?: boolean }) {
  return (
    <li className={classNames(isLate && 'is-late')}>
      <b>{value}</b>
      <span>{label}</span>
    </li>
  );
}
