import type { ReactNode } from 'react';
import { FilterChip, RemovableChip } from '@/components/ui/chip';
import { Icon, type IconName } from '@/components/ui/icon';
import { Pagination } from '@/components/ui/navigation';
import { Still } from '@/components/ui/still';
import { pathTo, type Locale, type Position } from '@/lib/kernel';
import type { ResultsView, SortChoice } from '@/lib/search/views';
import { sortChoices } from '@/lib/search/views';
import { texts } from '@/lib/texts/views';
import { ShopPlan } from './shop-plan';

/** Title, how many products in how many shops, order. */
export function ResultsHead({
  title,
  results,
  action,
  sort,
  kept,
}: {
  readonly title: string;
  readonly results: ResultsView;
  readonly action: string;
  readonly sort: SortChoice;
  readonly kept: readonly { readonly name: string; readonly value: string }[];
}) {
  const { locale } = results;
  const t = texts(locale, 'search');
  return (
    <div className="results-head">
      <div className="min-w-0">
        <h1 tabIndex={-1}>{title}</h1>
        <p role="status">
          {t.rich('count', {
            total: results.total,
            shops: results.shopCount,
            open: results.openShopCount,
            b: (chunks) => <b className="text-ink tabular-nums">{chunks}</b>,
          })}
        </p>
      </div>
      <form className="sort" action={action} data-auto-apply>
        {kept.map(({ name, value }) => (
          <input key={`${name}-${value}`} type="hidden" name={name} value={value} />
        ))}
        <label htmlFor="tri">{t('sort.label')}</label>
        <select className="select" id="tri" name="tri" defaultValue={sort}>
          {sortChoices.map((choice) => (
            <option key={choice} value={choice}>
              {t(`sort.${choice}`)}
            </option>
          ))}
        </select>
        <button type="submit" className="btn btn-secondary apply">
          {texts(locale, 'common')('form.apply')}
        </button>
      </form>
    </div>
  );
}

export type QuickFilter = {
  readonly key: string;
  readonly icon: IconName;
  readonly label: string;
  readonly href: string;
  readonly isOn: boolean;
};
export type AppliedFilter = { readonly key: string; readonly label: string; readonly href: string };

/** One tap filters, each a link to the results with or without it. */
export function QuickFilters({ label, filters }: { label: string; filters: readonly QuickFilter[] }) {
  return (
    <Still as="div" className="quick" role="group" aria-label={label} tabIndex={0}>
      {filters.map(({ key, icon, label: words, href, isOn }) => (
        <FilterChip key={key} href={href} icon={icon} isOn={isOn}>
          {words}
        </FilterChip>
      ))}
    </Still>
  );
}

/** What is chosen, each removable, and a way to clear all. */
export function AppliedFilters({ locale, filters, clearHref }: { locale: Locale; filters: readonly AppliedFilter[]; clearHref: string }) {
  const t = texts(locale, 'search');
  if (filters.length === 0) return null;
  return (
    <div className="mb-6 flex flex-wrap items-center gap-2">
      <h2 className="sr-only">{t('applied')}</h2>
      {filters.map(({ key, label, href }) => (
        <RemovableChip key={key} href={href} label={t('remove', { label })}>
          {label}
        </RemovableChip>
      ))}
      <a className="ml-1 inline-flex min-h-8 items-center text-md" href={clearHref} rel="nofollow">
        {t('clear')}
      </a>
    </div>
  );
}

/** The small map beside the filters: up to nine shops, those with most results first. */
export function MiniPlan({
  results,
  centre,
  place,
  placeWords,
  href,
}: {
  readonly results: ResultsView;
  readonly centre: Position;
  readonly place: Position | undefined;
  readonly placeWords: string;
  readonly href: string;
}) {
  const t = texts(results.locale, 'search');
  const shops = results.shops.slice(0, 9).map((shop) => ({ ...shop, key: shop.slug }));
  if (shops.length === 0) return null;
  return (
    <div className="mini-plan">
      <ShopPlan
        shops={shops}
        centre={centre}
        place={place}
        width={264}
        height={176}
        label={t('mapLabel', { count: results.shops.length, place: placeWords })}
      />
      <a href={href}>
        <Icon name="map" />
        {t('openPlan')}
      </a>
    </div>
  );
}

/** Numbered pages of results. */
export function ResultsPages({ results, href }: { results: ResultsView; href: (page: number) => string }) {
  const t = texts(results.locale, 'common');
  return (
    <Pagination
      page={results.page}
      pages={results.pages}
      href={href}
      words={{
        label: t('pagination.label'),
        previous: t('pagination.previous'),
        next: t('pagination.next'),
        page: (page) => t('pagination.page', { page }),
      }}
    />
  );
}

/** The floating pill of a phone: filters, map. */
export function FloatingPill({ locale, count, planHref }: { locale: Locale; count: number; planHref: string }) {
  const t = texts(locale, 'search');
  return (
    <nav className="float-pill no-print" aria-label={t('filters')}>
      <a href="#filtres">
        <Icon name="list-filter" />
        {count === 0 ? t('filters') : t('filtersCount', { count })}
      </a>
      <a href={planHref}>
        <Icon name="map" />
        {t('plan')}
      </a>
    </nav>
  );
}

/** Below the grid: nobody leaves with nothing. What was searched goes along. */
export function AskInstead({ locale, cityName, words }: { locale: Locale; cityName: string; words: string }) {
  const t = texts(locale, 'search');
  return (
    <div className="ask">
      <p>{t('notFound', { city: cityName })}</p>
      <a className="btn btn-secondary" href={pathTo(locale, 'ask', {}, { q: words === '' ? undefined : words })} rel="nofollow">
        <Icon name="store" />
        {t('notFoundAction')}
      </a>
    </div>
  );
}

/** Asks once, in the page, for a street: without it everything still works. */
export function AskWhere({
  locale,
  action,
  children,
}: {
  locale: Locale;
  action: (form: FormData) => void | Promise<void>;
  children?: ReactNode;
}) {
  const t = texts(locale, 'search');
  const common = texts(locale, 'common');
  return (
    <div className="ask-where">
      <p className="flex-[2_1_300px]">
        <b className="font-semibold">{t('whereTitle')}</b> {t('whereText')}
      </p>
      <form action={action}>
        <label className="sr-only" htmlFor="where">
          {common('header.placeLabel')}
        </label>
        <input
          className="input min-w-0 flex-1"
          id="where"
          name="place"
          autoComplete="street-address"
          maxLength={120}
          placeholder={common('header.placeLabel')}
        />
        <input type="hidden" name="locale" value={locale} />
        <button type="submit" className="btn btn-secondary">
          {t('whereButton')}
        </button>
      </form>
      {children}
    </div>
  );
}
