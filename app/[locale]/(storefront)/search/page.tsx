import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { currentPlace } from '@/app/_data/place';
import { localeFrom, showingFor } from '@/app/_data/showing';
import { sentenceCase, pathTo } from '@/lib/kernel';
import { countSearch, filterCount, findByBarcode, parseSearch, searchListings, type SearchParameters } from '@/lib/search';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { ResultsPage } from './results-page';

type SearchPageProps = { readonly params: Promise<{ locale: string }>; readonly searchParams: Promise<SearchParameters> };

export async function generateMetadata({ params, searchParams }: SearchPageProps): Promise<Metadata> {
  const locale = localeFrom((await params).locale);
  const { words } = parseSearch(await searchParams);
  const t = texts(locale, 'search');
  // Result lists are for people: search engines are led to departments and products.
  return { title: words === '' ? t('title.all') : t('tab', { words }), robots: { index: false, follow: true } };
}

export default async function SearchPage({ params, searchParams }: SearchPageProps) {
  const showing = await showingFor(params);
  const { locale, now } = showing;
  const query = parseSearch(await searchParams);
  const [city, place] = await Promise.all([getCity(), currentPlace()]);
  // Before the city opens nothing is searched but the shelf of a shop one stands before.
  if (city.stage === 'soon' && query.shops.length === 0) redirect(pathTo(locale, 'home'));
  const slugId = await findByBarcode(query.words);
  if (slugId !== undefined) redirect(pathTo(locale, 'listing', { slugId }));

  const results = await searchListings({ query, department: undefined, locale, place, now });
  if (query.page === 1 && filterCount(query) === 0) countSearch(query.words, results.total > 0 && !results.isLoose, now);
  const title = query.words === '' ? texts(locale, 'search')('title.all') : sentenceCase(query.words, locale);
  return (
    <ResultsPage
      showing={showing}
      title={title}
      query={query}
      results={results}
      ground={{ locale, action: pathTo(locale, 'search') }}
      city={city}
      place={place}
    />
  );
}
