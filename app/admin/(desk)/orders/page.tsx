import type { Metadata } from 'next';
import { deskLocale, enterCity } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { Button, ButtonLink } from '@/components/ui/button';
import { RemovableChip } from '@/components/ui/chip';
import { Icon } from '@/components/ui/icon';
import { Pagination } from '@/components/ui/navigation';
import { listOrders, type OrderFilter } from '@/lib/fulfilment';
import { formatNumber, type Locale } from '@/lib/kernel';
import { getCity, loadShopBook } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { orderFilterOf, orderQuery, type SearchParams } from '../../_parts/order-query';
import { OrderTable } from '../../_parts/order-table';
import { subOrderStates } from '../../_parts/states';

const onlies = ['late', 'open', 'unpaid'] as const;

type ShopChoice = { readonly slug: string; readonly name: string };

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'admin')('orders.title') };
}

/** All orders; what is filtered stands in the address, what is shown can be taken along as CSV. */
export default async function OrdersPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const entered = await enterCity();
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, locale } = entered.value;
  const filter = orderFilterOf(await searchParams);
  const now = requestMoment();
  const [city, book, found] = await Promise.all([getCity(), loadShopBook(now), listOrders(scope, filter)]);
  const shops = book.all().toSorted((a, b) => a.name.localeCompare(b.name, 'fr'));
  const t = texts(locale, 'admin');
  const showing = { locale, now, timeZone: city.timeZone };
  return (
    <main id="main" className="ops-main">
      <div className="ops-head">
        <div>
          <h1>{t('orders.title')}</h1>
          <p role="status">{t('orders.found', { count: found.total, number: formatNumber(found.total, locale) })}</p>
        </div>
        <div className="ops-actions">
          <ButtonLink kind="secondary" size="ops" href={`/admin/orders/export${orderQuery({ ...filter, page: found.page })}`}>
            <Icon name="download" />
            {t('orders.csv')}
          </ButtonLink>
        </div>
      </div>
      <div className="box">
        <Filters filter={filter} shops={shops} locale={locale} />
        <Applied filter={filter} shops={shops} locale={locale} />
        {found.rows.length === 0 ? (
          <p className="box-note">{t('orders.none')}</p>
        ) : (
          <OrderTable rows={found.rows} showing={showing} caption={t('orders.title')} />
        )}
        <div className="ops-pages">
          <Pagination
            page={found.page}
            pages={found.pageCount}
            href={(page) => `/admin/orders${orderQuery({ ...filter, page })}`}
            words={{
              label: t('pages.label'),
              previous: t('pages.previous'),
              next: t('pages.next'),
              page: (page) => t('pages.page', { page }),
            }}
          />
        </div>
      </div>
    </main>
  );
}

function Filters({ filter, shops, locale }: { filter: OrderFilter; shops: readonly ShopChoice[]; locale: Locale }) {
  const t = texts(locale, 'admin');
  return (
    <form className="ops-filters" method="get" key={orderQuery(filter)}>
      <label>
        {t('filter.words')}
        <input name="words" type="search" maxLength={120} defaultValue={filter.words ?? ''} autoComplete="off" />
      </label>
      <label>
        {t('filter.only')}
        <select className="select" name="only" defaultValue={filter.only ?? ''}>
          <option value="">{t('filter.all')}</option>
          {onlies.map((only) => (
            <option key={only} value={only}>
              {t(`only.${only}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('filter.state')}
        <select className="select" name="state" defaultValue={filter.state ?? ''}>
          <option value="">{t('filter.all')}</option>
          {subOrderStates.map((state) => (
            <option key={state} value={state}>
              {t(`state.${state}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('filter.shop')}
        <select className="select" name="shop" defaultValue={filter.shop ?? ''}>
          <option value="">{t('filter.all')}</option>
          {shops.map((shop) => (
            <option key={shop.slug} value={shop.slug}>
              {shop.name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('filter.day')}
        <input name="day" type="date" defaultValue={filter.day ?? ''} />
      </label>
      <Button kind="secondary" size="ops">
        {t('filter.apply')}
      </Button>
    </form>
  );
}

/** What is applied, each removable by itself. */
function Applied({ filter, shops, locale }: { filter: OrderFilter; shops: readonly ShopChoice[]; locale: Locale }) {
  const t = texts(locale, 'admin');
  const applied = [
    { name: 'words', label: filter.words },
    { name: 'only', label: filter.only && t(`only.${filter.only}`) },
    { name: 'state', label: filter.state && t(`state.${filter.state}`) },
    { name: 'shop', label: shops.find((shop) => shop.slug === filter.shop)?.name ?? filter.shop },
    { name: 'day', label: filter.day },
  ].flatMap(({ name, label }) => (label ? [{ name, label }] : []));
  if (applied.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-2 px-4 pb-3">
      {applied.map(({ name, label }) => (
        <li key={name}>
          <RemovableChip
            href={`/admin/orders${orderQuery({ ...filter, page: 1, [name]: undefined })}`}
            label={t('filter.remove', { label })}
          >
            {label}
          </RemovableChip>
        </li>
      ))}
    </ul>
  );
}
