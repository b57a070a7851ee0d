import type { Metadata } from 'next';
import { alternatesFor } from '@/app/_data/alternates';
import { currentPlace } from '@/app/_data/place';
import { byDoor, shopCard } from '@/app/_data/shop-cards';
import { localeFrom, showingFor } from '@/app/_data/showing';
import { NoShops } from '@/components/commerce/no-shops';
import { OpenTag } from '@/components/commerce/shop-card';
import { ShopPlan } from '@/components/commerce/shop-plan';
import { pathTo } from '@/lib/kernel';
import { parseSearch, searchListings, type SearchParameters } from '@/lib/search';
import { countProductsByShop, getCity, loadShopBook } from '@/lib/shops';
import { texts } from '@/lib/texts';

type MapPageProps = { readonly params: Promise<{ locale: string }>; readonly searchParams: Promise<SearchParameters> };

export async function generateMetadata({ params }: MapPageProps): Promise<Metadata> {
  const locale = localeFrom((await params).locale);
  return { title: texts(locale, 'shop')('map.title'), alternates: alternatesFor(locale, (language) => pathTo(language, 'map')) };
}

/** Shops on the streets of the city with the list that says the same; with a query only those that have it. */
export default async function MapPage({ params, searchParams }: MapPageProps) {
  const showing = await showingFor(params);
  const { locale, now } = showing;
  const query = parseSearch(await searchParams);
  const [city, place, book, products] = await Promise.all([getCity(), currentPlace(), loadShopBook(now), countProductsByShop()]);
  const results = query.words === '' ? undefined : await searchListings({ query, department: undefined, locale, place, now });
  const having = results && new Set(results.shops.map((shop) => shop.slug));
  const cards = book
    .all()
    .filter((shop) => having === undefined || having.has(shop.slug))
    .map((shop) => shopCard(shop, { book, place, products, locale }))
    .toSorted(byDoor);
  const pins = cards.flatMap((card) => {
    const shop = book.bySlug(card.slug);
    return shop ? [{ key: card.slug, name: card.name, isOpen: card.open.isOpen, ...shop.at }] : [];
  });
  const t = texts(locale, 'shop');
  const common = texts(locale, 'common');
  if (book.all().length === 0) return <NoShops locale={locale} title={t('map.title')} city={city.name} />;
  return (
    <main id="main" className="wrap page">
      <div className="results-head">
        <div>
          <h1 tabIndex={-1}>{query.words === '' ? t('map.title') : t('map.with', { words: query.words })}</h1>
          <p>{t('map.text')}</p>
        </div>
      </div>
      <div className="map-layout">
        <div className="panel overflow-hidden">
          <ShopPlan
            shops={pins}
            centre={city.at}
            place={place}
            width={760}
            height={640}
            label={t('map.label', { city: city.name, count: pins.length })}
          />
        </div>
        <section aria-labelledby="liste">
          <h2 id="liste" className="mb-3 text-xl">
            {t('map.list')}
          </h2>
          <ol className="map-list">
            {cards.map((card, index) => (
              <li key={card.slug}>
                <span className={card.open.isOpen ? 'map-number' : 'map-number is-closed'} aria-hidden="true">
                  {index + 1}
                </span>
                <div className="min-w-0">
                  <a href={pathTo(locale, 'shop', { slug: card.slug })}>{card.name}</a>
                  <p className="text-md text-ink-soft">
                    {card.trade}, {card.street}
                    {card.walkingMinutes !== undefined && `, ${common('promise.walk', { minutes: card.walkingMinutes })}`}
                  </p>
                  <OpenTag open={card.open} {...showing} />
                </div>
              </li>
            ))}
          </ol>
        </section>
      </div>
    </main>
  );
}
