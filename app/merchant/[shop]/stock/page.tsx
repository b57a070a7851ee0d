import type { Metadata } from 'next';
import { deskLocale, enterShop } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { Empty } from '@/components/ui/banner';
import { ButtonLink } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { searchShopStock } from '@/lib/inventory';
import { isInNetwork } from '@/lib/shelves';
import { texts } from '@/lib/texts';
import { StockRow } from '../../_parts/stock-row';
import { StockTabs } from '../../_parts/stock-tabs';

type StockPageProps = {
  readonly params: Promise<{ shop: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'merchant')('stock.title') };
}

/** What is on the shelf: found by words or code, put right in one tap. Doubtful and scarce first. */
export default async function StockPage({ params, searchParams }: StockPageProps) {
  const entered = await enterShop((await params).shop);
  if (!entered.ok) return null;
  const { scope, shop, locale } = entered.value;
  const asked = (await searchParams)['q'];
  const words = typeof asked === 'string' ? asked.trim().slice(0, 100) : '';
  const [rows, networked] = await Promise.all([searchShopStock(scope, words), isInNetwork(scope)]);
  const t = texts(locale, 'merchant');
  const now = requestMoment();
  return (
    <main id="main" className="desk-page grid gap-5">
      <div className="flex flex-wrap items-center justify-between gap-4">
        <h1>{t('stock.title')}</h1>
        {scope.role !== 'counter' && (
          <div className="flex flex-wrap gap-2">
            <ButtonLink kind="secondary" href={`/merchant/${shop.slug}/products`}>
              {texts(locale, 'imports')('products.title')}
            </ButtonLink>
            <ButtonLink kind="secondary" href={`/merchant/${shop.slug}/stock/import`}>
              {texts(locale, 'imports')('title')}
            </ButtonLink>
          </div>
        )}
      </div>
      <StockTabs locale={locale} slug={shop.slug} role={scope.role} current="shelf" isInNetwork={networked} />
      <form method="get" role="search" className="search-box !order-none !h-[64px]">
        <Icon name="search" className="text-ink-soft" />
        <label className="sr-only" htmlFor="q">
          {t('stock.search')}
        </label>
        <input
          id="q"
          name="q"
          type="search"
          defaultValue={words}
          placeholder={t('stock.search')}
          enterKeyHint="search"
          autoComplete="off"
        />
        <button type="submit" className="btn btn-primary min-h-[54px]">
          {t('stock.find')}
        </button>
      </form>
      <p className="text-base text-ink-soft" role="status">
        {words === '' ? t('stock.doubtfulFirst') : t('stock.found', { count: rows.length, words })}
      </p>
      {rows.length === 0 ? (
        <Empty title={t('stock.none')} action={<a href={`/merchant/${shop.slug}/stock`}>{t('stock.all')}</a>}>
          {t('stock.noneText')}
        </Empty>
      ) : (
        <ul className="grid gap-3">
          {rows.map((row) => (
            <StockRow key={row.offerId} row={row} locale={locale} slug={shop.slug} now={now} />
          ))}
        </ul>
      )}
    </main>
  );
}
