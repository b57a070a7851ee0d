import { savePlaceAction } from '@/app/_actions/save-place';
import { WhileOn } from '@/app/_shell/while-on';
import { AlertForm } from '@/components/commerce/alert-form';
import { AutoApply } from '@/components/commerce/auto-apply';
import { Facets } from '@/components/commerce/facets';
import { ProductCards } from '@/components/commerce/product-card';
import {
  AppliedFilters,
  AskInstead,
  AskWhere,
  FloatingPill,
  MiniPlan,
  QuickFilters,
  ResultsHead,
  ResultsPages,
} from '@/components/commerce/results';
import type { Showing } from '@/components/commerce/showing';
import { Banner, Empty } from '@/components/ui/banner';
import { ButtonLink } from '@/components/ui/button';
import { Still } from '@/components/ui/still';
import type { Place } from '@/app/_data/place';
import { pathTo } from '@/lib/kernel';
import { filterCount, type ResultsView, type SearchQuery } from '@/lib/search';
import type { CityPageView } from '@/lib/shops';
import { texts } from '@/lib/texts';
import type { ReactNode } from 'react';
import { askToBeToldAction } from '../alerts/actions';
import { addLineAction } from '../basket/actions';
import { appliedFilters, keptFields, quickFilters, resultsHref, type Ground } from './result-links';

type ResultsPageProps = {
  readonly showing: Showing;
  readonly title: string;
  readonly query: SearchQuery;
  readonly results: ResultsView;
  readonly ground: Ground;
  readonly city: CityPageView;
  readonly place: Place | undefined;
  /** Breadcrumb of a department. */
  readonly above?: ReactNode;
};

/** Results of a search or a department: the same page, with its own title and ground. */
export function ResultsPage({ showing, title, query, results, ground, city, place, above }: ResultsPageProps) {
  const { locale } = showing;
  const t = texts(locale, 'search');
  const clean: SearchQuery = {
    ...query,
    when: undefined,
    ways: [],
    shops: [],
    departments: [],
    prices: [],
    brands: [],
    conditions: [],
    attributes: [],
    labels: [],
    openNow: false,
    near: false,
    page: 1,
  };
  const planHref = pathTo(locale, 'map', {}, query.words === '' ? {} : { q: query.words });
  const placeWords = place ? t('mapAround', { place: place.label }) : t('mapCity', { city: city.name });
  return (
    <main id="main" className="wrap page">
      {above}
      <ResultsHead title={title} results={results} action={ground.action} sort={query.sort} kept={keptFields(query, ['tri', 'page'])} />
      <QuickFilters label={t('quickLabel')} filters={quickFilters(query, results, ground, place !== undefined)} />
      <div className="with-filters">
        <Still as="aside" id="filtres" aria-label={t('filters')}>
          <h2 className="sheet-only mb-3 text-2xl">{t('filters')}</h2>
          <MiniPlan results={results} centre={city.at} place={place} placeWords={placeWords} href={planHref} />
          <Facets
            locale={locale}
            action={ground.action}
            facets={results.facets}
            kept={keptFields({ ...clean, sort: query.sort, openNow: query.openNow, near: query.near }, [])}
            total={results.total}
            closeHref="#resultats"
          />
        </Still>
        <section id="resultats" aria-labelledby="resultats-titre">
          <h2 id="resultats-titre" className="sr-only">
            {t('results')}
          </h2>
          <AppliedFilters locale={locale} filters={appliedFilters(query, results, ground)} clearHref={resultsHref(clean, ground)} />
          {results.repaired !== undefined && (
            <div className="mb-6">
              <Banner>
                {results.isLoose ? t('loose', { typed: query.words }) : t('repaired', { typed: query.words, read: results.repaired })}
              </Banner>
            </div>
          )}
          {!place && results.total > 0 && <AskWhere locale={locale} action={savePlaceAction} />}
          {results.total === 0 ? (
            <>
              <NoResults query={query} results={results} ground={ground} />
              {query.words !== '' && (
                <WhileOn name="alerts">
                  <AlertForm locale={locale} action={askToBeToldAction} words={query.words} />
                </WhileOn>
              )}
            </>
          ) : (
            <>
              <ProductCards cards={results.cards} add={addLineAction} {...showing} />
              <ResultsPages results={results} href={(page) => resultsHref({ ...query, page }, ground)} />
            </>
          )}
          <p className="mt-8 text-md">
            <a href={pathTo(locale, 'ranking')} data-testid="ranking-link">
              {t('ranking')}
            </a>
          </p>
          <WhileOn name="requests">
            <AskInstead locale={locale} cityName={city.name} words={query.words} />
          </WhileOn>
        </section>
      </div>
      <AutoApply />
      <FloatingPill locale={locale} count={filterCount(query)} planHref={planHref} />
    </main>
  );
}

/** Never a dead end: what would be found otherwise comes first, each with its count; then the departments such things lie in. */
function NoResults({ query, results, ground }: { query: SearchQuery; results: ResultsView; ground: Ground }) {
  const { locale } = ground;
  const t = texts(locale, 'search');
  const hasFilters = filterCount(query) > 0;
  const ways = results.recovery?.ways ?? [];
  const departments = results.recovery?.departments ?? [];
  return (
    <Empty
      title={hasFilters || query.words === '' ? t('none.titleFilters') : t('none.title', { words: query.words })}
      action={
        <p className="flex flex-wrap gap-3" data-testid="recovery">
          {ways.map(({ kind, query: other, total }, place) => (
            <ButtonLink key={kind} kind={place === 0 ? 'primary' : 'secondary'} href={resultsHref(other, ground)}>
              {t(`none.${kind}`, { total })}
            </ButtonLink>
          ))}
          {departments.map(({ name, path }) => (
            <ButtonLink key={path} kind="secondary" href={pathTo(locale, 'department', { slug: path })}>
              {t('none.near', { name })}
            </ButtonLink>
          ))}
          {departments.length === 0 && (
            <ButtonLink kind="secondary" href={`${pathTo(locale, 'home')}#rayons`}>
              {t('none.departments')}
            </ButtonLink>
          )}
          <ButtonLink kind="secondary" href={pathTo(locale, 'shops')}>
            {t('none.shops')}
          </ButtonLink>
          {query.words !== '' && (
            <WhileOn name="requests">
              <ButtonLink kind="secondary" href={pathTo(locale, 'ask', {}, { q: query.words })} rel="nofollow">
                {t('notFoundAction')}
              </ButtonLink>
            </WhileOn>
          )}
        </p>
      }
    >
      {hasFilters ? t('none.textFilters') : t('none.text')}
    </Empty>
  );
}
