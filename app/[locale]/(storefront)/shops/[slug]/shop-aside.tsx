import { HoursTable } from '@/components/commerce/hours-table';
import { MerchantIdentity, TraderTag } from '@/components/commerce/merchant-identity';
import { ShopPlan } from '@/components/commerce/shop-plan';
import type { Showing } from '@/components/commerce/showing';
import { Icon } from '@/components/ui/icon';
import { formatDistance, formatMoney, minor, moneyOf, pathTo } from '@/lib/kernel';
import { openState, weekHours, type CityPageView, type ShopFacts, type ShopPageView } from '@/lib/shops';
import { texts } from '@/lib/texts';

type ShopAsideProps = { readonly shop: ShopFacts; readonly page: ShopPageView; readonly city: CityPageView; readonly showing: Showing };

/** Hours, how to receive, returns, where it is and who it legally is. */
export function ShopAside({ shop, page, city, showing }: ShopAsideProps) {
  const { locale, now } = showing;
  const t = texts(locale, 'shop');
  return (
    <aside aria-label={t('story')}>
      <section aria-labelledby="horaires">
        <h2 id="horaires" className="mb-3 text-xl">
          {t('hours')}
        </h2>
        <HoursTable days={weekHours(shop, now, locale)} locale={locale} />
      </section>
      <section aria-labelledby="recevoir">
        <h2 id="recevoir" className="mb-3 text-xl">
          {t('services')}
        </h2>
        <Services shop={shop} city={city} showing={showing} />
      </section>
      <section aria-labelledby="retours">
        <h2 id="retours" className="mb-2 text-xl">
          {t('returns')}
        </h2>
        <p className="text-md">{t('returnsText', { days: shop.returnDays, takes: String(shop.services.takesReturns) })}</p>
      </section>
      <section aria-labelledby="identite">
        <h2 id="identite" className="mb-3 text-xl">
          {t('identity')}
        </h2>
        <p className="mb-3">
          <TraderTag merchant={page.merchant} {...showing} />
        </p>
        <MerchantIdentity merchant={page.merchant} {...showing} />
        <p className="mt-3 text-md">
          <a href={pathTo(locale, 'report', {}, { page: pathTo(locale, 'shop', { slug: shop.slug }) })}>{t('report')}</a>
        </p>
      </section>
      <div className="mini-plan">
        <ShopPlan
          shops={[{ key: shop.slug, name: shop.name, isOpen: openState(shop, now).isOpen, ...shop.at }]}
          centre={city.at}
          place={undefined}
          width={340}
          height={220}
          label={t('mapOf', { shop: shop.name, street: shop.street })}
        />
      </div>
    </aside>
  );
}

function Services({ shop, city, showing }: Omit<ShopAsideProps, 'page'>) {
  const { locale } = showing;
  const t = texts(locale, 'shop');
  const { pickup, courier, parcel } = shop.services;
  const price = (amount: number) => formatMoney(moneyOf(minor(amount), city.currency), locale);
  return (
    <ul className="grid gap-2 text-md">
      {pickup && (
        <li>
          <Icon name="shopping-bag" className="mr-2 text-baltard" />
          {t('pickup')}
        </li>
      )}
      {courier && (
        <li>
          <Icon name="bike" className="mr-2 text-baltard" />
          {t('courier', { price: price(courier.priceMinor), distance: formatDistance(courier.radiusMetres, locale) })}
        </li>
      )}
      {parcel && (
        <li>
          <Icon name="package" className="mr-2 text-baltard" />
          {t('parcel', { price: price(parcel.priceMinor), days: parcel.days })}
        </li>
      )}
    </ul>
  );
}
