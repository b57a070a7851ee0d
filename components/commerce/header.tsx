import { Icon } from '@/components/ui/icon';
import { Badge } from '@/components/ui/tag';
import { pathTo, type Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts/views';
import { Plaque } from './awning';
import { LogoMark } from './logo';
import { SearchBox } from './search-box';
import type { FormAction } from './showing';

export type HeaderView = {
  readonly locale: Locale;
  readonly cityName: string;
  /** Not before there is something to find. */
  readonly hasSearch: boolean;
  /** Where a search may find little: the shops answer one sentence. */
  readonly canAsk: boolean;
  /** The street the shopper gave, if any. */
  readonly place: string | undefined;
  readonly basketCount: number;
};

type HeaderProps = HeaderView & { readonly savePlace: FormAction };

function PlaceForm({ locale, place, savePlace }: Pick<HeaderProps, 'locale' | 'place' | 'savePlace'>) {
  const t = texts(locale, 'common');
  return (
    <details className="near" name="header">
      <summary>
        <Icon name="map-pin" />
        <span>
          <span className="near-key">{t('header.near')}</span>
          <b>{place?.split(',')[0] ?? t('header.nowhere')}</b>
        </span>
        <Icon name="chevron-down" />
      </summary>
      <form className="near-form" action={savePlace}>
        <label htmlFor="place" className="font-semibold">
          {t('header.placeLabel')}
        </label>
        <p className="hint" id="place-hint">
          {t('header.placeHint')}
        </p>
        <input
          className="input"
          id="place"
          name="place"
          defaultValue={place}
          autoComplete="street-address"
          enterKeyHint="done"
          maxLength={120}
          aria-describedby="place-hint"
        />
        <input type="hidden" name="locale" value={locale} />
        <button className="btn btn-primary" type="submit">
          {t('header.placeSave')}
        </button>
        {place !== undefined && (
          <button className="btn btn-quiet" type="submit" name="forget" value="1">
            {t('header.placeForget')}
          </button>
        )}
      </form>
    </details>
  );
}

/** Logo, city, search, where one is, account and basket: the same on every page of the storefront. */
export function Header({ locale, cityName, hasSearch, canAsk, place, basketCount, savePlace }: HeaderProps) {
  const t = texts(locale, 'common');
  return (
    <header className="header">
      <div className="wrap header-row">
        <a className="logo" href={pathTo(locale, 'home')} aria-label={t('header.home')}>
          <LogoMark />
          <span>{t('brand')}</span>
        </a>
        <Plaque>{cityName}</Plaque>
        {hasSearch && (
          <SearchBox
            action={pathTo(locale, 'search')}
            suggestAction={`/api/suggest?l=${locale}&q=`}
            label={t('header.searchLabel', { city: cityName })}
            hint={t('header.searchHint')}
            button={t('header.search')}
            icon={<Icon name="search" />}
          />
        )}
        {canAsk && (
          <a
            className="header-ask btn btn-secondary"
            href={pathTo(locale, 'ask')}
            rel="nofollow"
            aria-label={texts(locale, 'search')('notFoundAction')}
          >
            <Icon name="store" />
            <span className="ask-short">{t('header.ask')}</span>
            <span className="ask-long">{texts(locale, 'search')('notFoundAction')}</span>
          </a>
        )}
        <PlaceForm locale={locale} place={place} savePlace={savePlace} />
        <nav className="header-nav" aria-label={t('header.navigation')}>
          <a href={pathTo(locale, 'account')}>
            <Icon name="user" />
            <span className="nav-word">{t('header.account')}</span>
          </a>
          <a href={pathTo(locale, 'basket')}>
            <Icon name="shopping-basket" />
            <span className="nav-word">{t('header.basket')}</span>
            {basketCount > 0 && <Badge count={basketCount} label={t('header.basketCount', { count: basketCount })} />}
          </a>
        </nav>
      </div>
    </header>
  );
}
