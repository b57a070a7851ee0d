import type { Metadata } from 'next';
import { deskLocale, enterCity } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { Button } from '@/components/ui/button';
import { listShopActivity } from '@/lib/insights';
import { folded } from '@/lib/kernel';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import type { SearchParams } from '../../_parts/order-query';
import { ShopTable } from '../../_parts/shop-table';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'admin')('shops.title') };
}

/** Every shop of the city, those in trouble first. */
export default async function ShopsPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const entered = await enterCity();
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, locale } = entered.value;
  const asked = (await searchParams)['words'];
  const words = typeof asked === 'string' ? asked.trim().slice(0, 120) : '';
  const [city, all] = await Promise.all([getCity(), listShopActivity(scope)]);
  const rows = all.filter((shop) => folded(`${shop.name} ${shop.trade} ${shop.street}`).includes(folded(words)));
  const t = texts(locale, 'admin');
  return (
    <main id="main" className="ops-main">
      <div className="ops-head">
        <div>
          <h1>{t('shops.title')}</h1>
          <p role="status">{t('shops.found', { count: rows.length })}</p>
        </div>
      </div>
      <div className="box">
        <form className="ops-filters" method="get">
          <label>
            {t('shops.words')}
            <input name="words" type="search" maxLength={120} defaultValue={words} autoComplete="off" />
          </label>
          <Button kind="secondary" size="ops">
            {t('filter.apply')}
          </Button>
        </form>
        {rows.length === 0 ? (
          <p className="box-note">{t('shops.none')}</p>
        ) : (
          <ShopTable rows={rows} showing={{ locale, now: requestMoment(), timeZone: city.timeZone }} caption={t('shops.title')} />
        )}
      </div>
    </main>
  );
}
