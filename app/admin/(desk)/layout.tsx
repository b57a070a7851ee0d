import type { ReactNode } from 'react';
import { lastSaid } from '@/app/_actions/said';
import { enterCity } from '@/app/_data/desk';
import { Plaque } from '@/components/commerce/awning';
import { LogoMark } from '@/components/commerce/logo';
import { Banner } from '@/components/ui/banner';
import { Icon } from '@/components/ui/icon';
import { SkipLink } from '@/components/ui/navigation';
import { getCityToday } from '@/lib/fulfilment';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { OpsNav } from '../_parts/ops-nav';

/** The frame of the city's desk: slate navigation, search, what was just said. */
export default async function DeskLayout({ children }: { readonly children: ReactNode }) {
  const entered = await enterCity();
  if (!entered.ok) return null; // every role of the city may enter the desk itself
  const desk = entered.value;
  const { locale } = desk;
  const [city, today, said] = await Promise.all([getCity(), getCityToday(desk.scope), lastSaid()]);
  const t = texts(locale, 'admin');
  const navigation = <OpsNav desk={desk} late={today.late} />;
  return (
    <div className="ops">
      <SkipLink>{texts(locale, 'common')('skip')}</SkipLink>
      <aside className="ops-side" aria-label={t('nav.side')}>
        <a className="logo" href="/admin">
          <LogoMark />
          <span>Halles</span>
        </a>
        <Plaque>{city.name}</Plaque>
        {navigation}
      </aside>
      <details className="ops-menu">
        <summary>
          <Icon name="menu" />
          {t('nav.menu')}
          <Plaque>{city.name}</Plaque>
        </summary>
        {navigation}
      </details>
      <div className="min-w-0">
        <header className="ops-top">
          <form className="ops-find" action="/admin/orders" role="search" aria-label={t('find.label')}>
            <Icon name="search" className="text-ink-soft" />
            <label className="sr-only" htmlFor="find">
              {t('find.label')}
            </label>
            <input id="find" name="words" type="search" maxLength={120} placeholder={t('find.placeholder')} autoComplete="off" />
            <button type="submit" aria-label={t('find.submit')}>
              <Icon name="chevron-right" />
            </button>
          </form>
        </header>
        {said && (
          <div className="px-6 pt-4">
            <Banner kind={said.kind} announce>
              {said.text}
            </Banner>
          </div>
        )}
        {children}
      </div>
    </div>
  );
}
