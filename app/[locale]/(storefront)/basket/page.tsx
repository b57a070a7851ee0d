import type { Metadata } from 'next';
import { currentShopper } from '@/app/_data/shopper';
import { localeFrom, showingFor } from '@/app/_data/showing';
import { RefreshLive } from '@/components/commerce/refresh-live';
import { ButtonLink } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { getBasket } from '@/lib/basket';
import type { BasketView } from '@/lib/basket/views';
import { formatMoney, moneyOf, pathTo, type Locale } from '@/lib/kernel';
import { listShelfChecks } from '@/lib/shelves';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { BasketGroups } from './basket-groups';
import { BasketPlans } from './basket-plans';
import { BasketProblems } from './basket-problems';
import { BasketBar, BasketSlate } from './basket-slate';

/** How often the page looks for a shop's answer from the shelf. */
const WAITING_MS = 8_000;

type BasketPageProps = { readonly params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: BasketPageProps): Promise<Metadata> {
  const t = texts(localeFrom((await params).locale), 'basket');
  return { title: t('title'), robots: { index: false } };
}

/** The basket as it would be ordered now: ways to receive it, one group per shop, the slate. */
export default async function BasketPage({ params }: BasketPageProps) {
  const showing = await showingFor(params);
  const { shopper } = await currentShopper();
  const basket = await getBasket(shopper, showing.now);
  const t = texts(showing.locale, 'basket');
  if (!basket || (basket.groups.length === 0 && basket.problems.length === 0)) return <EmptyBasket locale={showing.locale} />;
  const asked = basket.groups.flatMap((group) => group.lines.map((line) => line.offerId));
  const checks = await listShelfChecks(asked, showing.now);
  const isWaiting = [...checks.values()].some((check) => check.state === 'asked');
  return (
    <main id="main" className="wrap page max-md:pb-28">
      <h1 className="text-4xl max-md:text-3xl">{t('title')}</h1>
      <p className="mt-1.5 text-ink-soft">{t('summary', { articles: basket.articleCount, shops: basket.shopCount })}</p>
      <TotalsRegion basket={basket} locale={showing.locale} />
      <div className="with-slate">
        <div className="min-w-0">
          <BasketPlans basket={basket} showing={showing} />
          <BasketProblems problems={basket.problems} showing={showing} />
          <BasketGroups basket={basket} checks={checks} showing={showing} />
        </div>
        {basket.groups.length > 0 && <BasketSlate basket={basket} showing={showing} />}
      </div>
      {isWaiting && <RefreshLive everyMs={WAITING_MS} />}
      {basket.groups.length > 0 && <BasketBar basket={basket} locale={showing.locale} />}
    </main>
  );
}

/** Says the total when it changes: the polite region of this page for whoever does not see the slate. */
function TotalsRegion({ basket, locale }: { basket: BasketView; locale: Locale }) {
  const total = formatMoney(moneyOf(basket.totalMinor, basket.currency), locale);
  return (
    <p className="sr-only" role="status">
      {texts(locale, 'basket')('totals', { total, count: basket.articleCount })}
    </p>
  );
}

async function EmptyBasket({ locale }: { locale: Locale }) {
  const isSoon = (await getCity()).stage === 'soon';
  const t = texts(locale, 'basket');
  return (
    <main id="main" className="wrap page">
      <h1 className="text-4xl max-md:text-3xl">{t('title')}</h1>
      <div className="empty mt-7">
        <Icon name="shopping-basket" className="text-3xl text-baltard" />
        <p className="text-lg">{t('empty.text')}</p>
        <ButtonLink href={pathTo(locale, isSoon ? 'shops' : 'search')}>{t(isSoon ? 'empty.shops' : 'empty.action')}</ButtonLink>
      </div>
    </main>
  );
}
