import type { Metadata } from 'next';
import { deskLocale, enterShop } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { Empty } from '@/components/ui/banner';
import { listShopRequests } from '@/lib/requests';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { OpenRequests } from '../../_parts/open-requests';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'requests')('shop.title') };
}

/** What shoppers look for and this shop may have: a price and a tap, or no. */
export default async function RequestsPage({ params }: { readonly params: Promise<{ shop: string }> }) {
  const entered = await enterShop((await params).shop);
  if (!entered.ok) return null;
  const { scope, shop, locale } = entered.value;
  const now = requestMoment();
  const [requests, city] = await Promise.all([listShopRequests(scope, now), getCity()]);
  const t = texts(locale, 'requests');
  return (
    <main id="main" className="desk-page grid gap-5">
      <h1>{t('shop.title')}</h1>
      {requests.length === 0 ? (
        <Empty title={t('shop.none')}>{t('shop.noneText')}</Empty>
      ) : (
        <>
          <p className="text-base text-ink-soft">{t('shop.lead')}</p>
          <OpenRequests requests={requests} slug={shop.slug} showing={{ locale, now, timeZone: city.timeZone }} />
        </>
      )}
    </main>
  );
}
