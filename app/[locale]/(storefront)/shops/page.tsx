import type { Metadata } from 'next';
import { alternatesFor } from '@/app/_data/alternates';
import { currentPlace } from '@/app/_data/place';
import { byDoor, shopCard } from '@/app/_data/shop-cards';
import { localeFrom, showingFor } from '@/app/_data/showing';
import { NoShops } from '@/components/commerce/no-shops';
import { isWindow } from '@/components/commerce/shop-card';
import { ShopGrid } from '@/components/commerce/shop-strip';
import { WindowGrid } from '@/components/commerce/window-card';
import { FilterChip } from '@/components/ui/chip';
import { pathTo } from '@/lib/kernel';
import { countProductsByShop, getCity, loadShopBook } from '@/lib/shops';
import { texts, tradeName } from '@/lib/texts';

type ShopsPageProps = {
  readonly params: Promise<{ locale: string }>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: ShopsPageProps): Promise<Metadata> {
  const locale = localeFrom((await params).locale);
  return { title: texts(locale, 'shop')('directory'), alternates: alternatesFor(locale, (language) => pathTo(language, 'shops')) };
}

/** Every shop of the city: open ones first, by trade when asked. */
export default async function ShopsPage({ params, searchParams }: ShopsPageProps) {
  const showing = await showingFor(params);
  const { locale, now } = showing;
  const asked = (await searchParams)['metier'];
  const [city, place, book, products] = await Promise.all([getCity(), currentPlace(), loadShopBook(now), countProductsByShop()]);
  const trades = [...new Set(book.all().map((shop) => shop.trade))].toSorted((a, b) =>
    tradeName(a, locale).localeCompare(tradeName(b, locale), locale),
  );
  const trade = typeof asked === 'string' && trades.includes(asked) ? asked : undefined;
  const cards = book
    .all()
    .filter((shop) => trade === undefined || shop.trade === trade)
    .map((shop) => shopCard(shop, { book, place, products, locale }))
    .toSorted(byDoor);
  const windows = cards.filter(isWindow);
  const stocked = cards.filter((shop) => !isWindow(shop));
  const open = stocked.filter((shop) => shop.open.isOpen);
  const closed = stocked.filter((shop) => !shop.open.isOpen);
  const openCount = cards.filter((shop) => shop.open.isOpen).length;
  const t = texts(locale, 'shop');
  if (cards.length === 0) return <NoShops locale={locale} title={t('directory')} city={city.name} />;
  return (
    <main id="main" className="wrap page">
      <div className="results-head">
        <div>
          <h1 tabIndex={-1}>{t('directory')}</h1>
          <p>{t('directoryText', { count: cards.length, city: city.name, open: openCount })}</p>
        </div>
      </div>
      <nav className="quick" aria-label={t('byTrade')} tabIndex={0}>
        <FilterChip href={pathTo(locale, 'shops')} isOn={trade === undefined}>
          {t('allTrades')}
        </FilterChip>
        {trades.map((one) => (
          <FilterChip key={one} href={pathTo(locale, 'shops', {}, { metier: one })} isOn={one === trade}>
            {tradeName(one, locale)}
          </FilterChip>
        ))}
      </nav>
      {open.length > 0 && (
        <section aria-labelledby="ouvertes">
          <h2 id="ouvertes" className="mb-4 text-2xl">
            {t('openNow')}
          </h2>
          <ShopGrid shops={open} {...showing} />
        </section>
      )}
      {closed.length > 0 && (
        <section aria-labelledby="fermees" className="home-section">
          <h2 id="fermees" className="mb-4 text-2xl">
            {t('closedNow')}
          </h2>
          <ShopGrid shops={closed} {...showing} />
        </section>
      )}
      {windows.length > 0 && (
        <section aria-labelledby="vitrines" className={stocked.length > 0 ? 'home-section' : undefined}>
          <div className="section-head">
            <h2 id="vitrines">{t('windows')}</h2>
            <p className="basis-full text-md text-ink-soft">{t('windowsText')}</p>
          </div>
          <WindowGrid shops={windows} {...showing} />
        </section>
      )}
    </main>
  );
}
