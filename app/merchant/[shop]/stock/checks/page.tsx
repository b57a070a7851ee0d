import type { Metadata } from 'next';
import { deskLocale, enterShop } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { Empty } from '@/components/ui/banner';
import { isInNetwork, listOpenChecks } from '@/lib/shelves';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { OpenChecks } from '../../../_parts/open-checks';
import { StockTabs } from '../../../_parts/stock-tabs';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'merchant')('shelves.checks.title') };
}

/** "On vérifie pour vous": what shoppers ask about the shelf, answered by one tap. */
export default async function ChecksPage({ params }: { readonly params: Promise<{ shop: string }> }) {
  const entered = await enterShop((await params).shop);
  if (!entered.ok) return null;
  const { scope, shop, locale } = entered.value;
  const [checks, city, networked] = await Promise.all([listOpenChecks(scope, requestMoment()), getCity(), isInNetwork(scope)]);
  const t = texts(locale, 'merchant');
  return (
    <main id="main" className="desk-page grid gap-5">
      <h1>{t('shelves.checks.title')}</h1>
      <StockTabs locale={locale} slug={shop.slug} role={scope.role} current="checks" isInNetwork={networked} />
      {checks.length === 0 ? (
        <Empty title={t('shelves.checks.none')}>{t('shelves.checks.noneText')}</Empty>
      ) : (
        <>
          <p className="text-base text-ink-soft">{t('shelves.checks.text')}</p>
          <h2 className="sr-only">{t('shelves.tabs.checks')}</h2>
          <OpenChecks checks={checks} locale={locale} slug={shop.slug} timeZone={city.timeZone} />
        </>
      )}
    </main>
  );
}
