import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { alternatesFor } from '@/app/_data/alternates';
import { currentPlace } from '@/app/_data/place';
import { localeFrom, showingFor } from '@/app/_data/showing';
import { placeUrl } from '@/app/_text/directions';
import { Awning, Plaque } from '@/components/commerce/awning';
import { ProductCards } from '@/components/commerce/product-card';
import { OpenTag } from '@/components/commerce/shop-card';
import type { Showing } from '@/components/commerce/showing';
import { Icon } from '@/components/ui/icon';
import { ButtonLink } from '@/components/ui/button';
import { Banner } from '@/components/ui/banner';
import { formatDay, formatTime, metresBetween, pathTo, walkingMinutes } from '@/lib/kernel';
import { parseSearch, searchListings, type SearchParameters } from '@/lib/search';
import { getCity, getShopPage, loadShopBook, onlySetsAside, openState, pausedUntilAt, takesOrdersAt, type ShopFacts } from '@/lib/shops';
import { texts, tradeName } from '@/lib/texts';
import { addLineAction } from '../../basket/actions';
import { ShopAside } from './shop-aside';

type ShopPageProps = { readonly params: Promise<{ locale: string; slug: string }>; readonly searchParams: Promise<SearchParameters> };

export async function generateMetadata({ params }: ShopPageProps): Promise<Metadata> {
  const { locale: segment, slug } = await params;
  const locale = localeFrom(segment);
  const { now } = await showingFor(params);
  const shop = (await loadShopBook(now)).bySlug(decodeURIComponent(slug));
  if (!shop) notFound();
  return {
    title: shop.name,
    description: `${shop.name}, ${tradeName(shop.trade, locale)}, ${shop.street}, ${shop.town}`,
    alternates: alternatesFor(locale, (language) => pathTo(language, 'shop', { slug: shop.slug })),
  };
}

/** A shop: its door, its people, what it promises, its shelf. */
export default async function ShopPage({ params, searchParams }: ShopPageProps) {
  const showing = await showingFor(params);
  const { locale, now } = showing;
  const slug = decodeURIComponent((await params).slug);
  const [city, place, book, page] = await Promise.all([getCity(), currentPlace(), loadShopBook(now), getShopPage(slug, locale)]);
  const shop = book.bySlug(slug);
  if (!shop || !page) notFound();

  const query = { ...parseSearch(await searchParams), shops: [shop.slug] };
  const results = await searchListings({ query, department: undefined, locale, place, now, isPageOnly: true });
  const t = texts(locale, 'shop');
  const allHref = pathTo(locale, 'search', {}, { boutique: shop.slug, ...(query.words !== '' && { q: query.words }) });
  return (
    <main id="main" className="wrap page">
      <div className="shop-card">
        <Awning awning={shop.awning} />
        <div className="shop-head">
          <div className="flex flex-wrap items-center gap-3">
            <h1 className="text-4xl" tabIndex={-1}>
              {shop.name}
            </h1>
            <Plaque>{shop.street}</Plaque>
          </div>
          <p className="flex flex-wrap items-center gap-x-3 gap-y-2 text-ink-soft">
            <OpenTag open={openState(shop, now)} {...showing} />
            {tradeName(shop.trade, locale)}, {shop.postcode} {shop.town}
            {place && `, ${texts(locale, 'common')('promise.walk', { minutes: walkingMinutes(metresBetween(place, shop.at)) })}`}
          </p>
          <p className="max-w-[64ch]">{page.story}</p>
          <p className="text-md text-ink-soft">{t('keeper', { name: page.keeper })}</p>
          <p className="flex flex-wrap gap-3">
            <ButtonLink kind="secondary" href={`tel:${shop.phone.replace(/\s/g, '')}`}>
              <Icon name="phone" />
              {t('call')}
            </ButtonLink>
            <ButtonLink kind="secondary" href={placeUrl(shop)} rel="external noopener">
              <Icon name="navigation" />
              {t('directions')}
            </ButtonLink>
          </p>
        </div>
      </div>
      {!takesOrdersAt(shop, now) && (
        <div className="mt-6">
          <Banner kind="careful">{closedText(shop, showing)}</Banner>
        </div>
      )}
      {onlySetsAside(shop) && takesOrdersAt(shop, now) && (
        <div className="mt-6">
          <Banner>{t('setsAside')}</Banner>
        </div>
      )}
      <div className="shop-columns">
        <section aria-labelledby="rayon" className="min-w-0">
          <div className="section-head">
            <h2 id="rayon">{t('shelf')}</h2>
            <ShelfSearch
              shop={shop}
              action={pathTo(locale, 'shop', { slug: shop.slug })}
              words={query.words}
              label={t('shelfSearch', { shop: shop.name })}
              button={texts(locale, 'common')('header.search')}
            />
          </div>
          {results.total === 0 ? (
            <p className="text-ink-soft">{t('shelfNone')}</p>
          ) : (
            <>
              <ProductCards cards={results.cards.slice(0, 12)} add={addLineAction} {...showing} />
              {results.total > 12 && (
                <p className="mt-8">
                  <ButtonLink kind="secondary" href={allHref}>
                    {t('shelfAll', { count: results.total })}
                  </ButtonLink>
                </p>
              )}
            </>
          )}
          <p className="mt-8 text-md">
            <a href={pathTo(locale, 'ranking')}>{texts(locale, 'search')('ranking')}</a>
          </p>
        </section>
        <ShopAside shop={shop} page={page} city={city} showing={showing} />
      </div>
    </main>
  );
}

/** Why nothing can be ordered here now, and when that ends where it ends by itself. */
function closedText(shop: ShopFacts, { locale, now, timeZone }: Showing): string {
  const t = texts(locale, 'shop');
  const until = pausedUntilAt(shop, now);
  if (shop.level !== 'sell' && !onlySetsAside(shop)) return t('window');
  if (!shop.takesOrders || until === undefined) return t('paused');
  return t('pausedUntil', { day: formatDay(until, now, locale, timeZone), time: formatTime(until, locale, timeZone) });
}

function ShelfSearch({
  shop,
  action,
  words,
  label,
  button,
}: {
  shop: ShopFacts;
  action: string;
  words: string;
  label: string;
  button: string;
}) {
  const id = `q-${shop.slug}`;
  return (
    <form action={action} role="search" className="flex min-w-0 flex-[0_1_380px] gap-2" aria-label={label}>
      <label className="sr-only" htmlFor={id}>
        {label}
      </label>
      <input
        className="input min-w-0 flex-1 text-ellipsis"
        id={id}
        type="search"
        name="q"
        defaultValue={words}
        placeholder={label}
        maxLength={120}
      />
      <button type="submit" className="btn btn-secondary" aria-label={button}>
        <Icon name="search" />
      </button>
    </form>
  );
}
