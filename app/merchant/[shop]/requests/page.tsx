import type { Metadata } from 'next';
import { deskLocale, enterShop } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { Empty } from '@/components/ui/banner';
import type { Locale } from '@/lib/kernel';
import { currentModules } from '@/lib/modules';
import { listShopRequests } from '@/lib/requests';
import { LEAST_ASKED, listUnmetDemand, type DemandRow } from '@/lib/search';
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
  const [requests, city, wanted, modules] = await Promise.all([
    listShopRequests(scope, now),
    getCity(),
    listUnmetDemand(scope, { now, days: DEMAND_DAYS, most: 20 }),
    currentModules(),
  ]);
  const t = texts(locale, 'requests');
  return (
    <main id="main" className="desk-page grid gap-5">
      <h1>{t('shop.title')}</h1>
      {requests.length === 0 ? (
        <Empty title={t('shop.none')}>
          {modules.works('requests') ? t('shop.noneText') : texts(locale, 'modules')('off.requestsShop')}
        </Empty>
      ) : (
        <>
          <p className="text-base text-ink-soft">{t('shop.lead')}</p>
          <OpenRequests requests={requests} slug={shop.slug} showing={{ locale, now, timeZone: city.timeZone }} />
        </>
      )}
      <Wanted rows={wanted} slug={shop.slug} locale={locale} />
    </main>
  );
}

/** How far back the city's demand is told. */
const DEMAND_DAYS = 30;

/** What was searched in the city and not found: words only, and only where enough people agree. */
function Wanted({ rows, slug, locale }: { readonly rows: readonly DemandRow[]; readonly slug: string; readonly locale: Locale }) {
  const t = texts(locale, 'shelf');
  return (
    <section className="grid gap-3" aria-labelledby="wanted">
      <h2 id="wanted" className="text-xl">
        {t('demand.title')}
      </h2>
      <p className="max-w-[66ch] text-base text-ink-soft">{t('demand.lead', { days: DEMAND_DAYS, least: LEAST_ASKED })}</p>
      {rows.length === 0 && <p className="text-base">{t('demand.none')}</p>}
      <ul className="grid gap-2">
        {rows.map(({ words, foundNothing }) => (
          <li key={words} className="import-draft">
            <span>
              <strong className="block [overflow-wrap:anywhere]">{words}</strong>
              <span className="text-base text-ink-soft">{t('demand.times', { count: foundNothing })}</span>
            </span>
            <a className="text-base" href={`/merchant/${slug}/products#add`} aria-label={`${t('demand.haveIt')} (${words})`}>
              {t('demand.haveIt')}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
