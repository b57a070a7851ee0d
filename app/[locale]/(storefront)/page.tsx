import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { savePlaceAction } from '@/app/_actions/save-place';
import { alternatesFor } from '@/app/_data/alternates';
import { currentPlace } from '@/app/_data/place';
import { byDoor, shopCard } from '@/app/_data/shop-cards';
import { localeFrom, showingFor } from '@/app/_data/showing';
import { DepartmentTiles } from '@/components/commerce/department-tiles';
import { ProductCards } from '@/components/commerce/product-card';
import { AskWhere } from '@/components/commerce/results';
import { ShopGrid, ShopStrip } from '@/components/commerce/shop-strip';
import { StripButtons } from '@/components/commerce/strip-buttons';
import { Icon, type IconName } from '@/components/ui/icon';
import { Still } from '@/components/ui/still';
import { listDepartments } from '@/lib/catalogue';
import { pathTo, type Locale } from '@/lib/kernel';
import { listSeason } from '@/lib/search';
import { countProductsByShop, getCity, loadShopBook } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { addLineAction } from './basket/actions';
import { shopsOfTheWeek } from './shops-of-the-week';

type HomeProps = { readonly params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: HomeProps): Promise<Metadata> {
  const locale = localeFrom((await params).locale);
  return { alternates: alternatesFor(locale, (language) => pathTo(language, 'home')) };
}

const SHELF = 8;
const LEAST_IN_DEPARTMENT = 8;

/** The city's front door: shops open now, departments, this week's shops, what is in season, how it works. */
export default async function HomePage({ params }: HomeProps) {
  const showing = await showingFor(params);
  const { locale, now } = showing;
  const [city, place, book, departments, products] = await Promise.all([
    getCity(),
    currentPlace(),
    loadShopBook(now),
    listDepartments(locale),
    countProductsByShop(),
  ]);
  const season = await listSeason({ book, locale, place, now, count: SHELF });
  const shops = book
    .all()
    .map((shop) => shopCard(shop, { book, place, products, locale }))
    .toSorted(byDoor);
  const open = shops.filter((shop) => shop.open.isOpen);
  const week = shopsOfTheWeek(
    shops.filter((shop) => shop.productCount >= 10),
    now,
    4,
  );
  const t = texts(locale, 'home');
  return (
    <main id="main" className="wrap page">
      <div className="home-hero">
        <h1 tabIndex={-1}>{t('title', { city: city.name })}</h1>
        <p className="max-w-[56ch] text-lg text-ink-soft">{t('lead')}</p>
      </div>
      {!place && <AskWhere locale={locale} action={savePlaceAction} />}
      <Section
        id="ouvert"
        title={open.length > 0 ? t('open') : t('next')}
        more={{ href: pathTo(locale, 'shops'), label: t('allShops') }}
        buttons={
          <StripButtons
            stripId="ouvertes"
            previous={{ label: t('previous'), icon: <Icon name="chevron-left" /> }}
            next={{ label: t('following'), icon: <Icon name="chevron-right" /> }}
          />
        }
      >
        {open.length === 0 && <p className="mb-4 text-ink-soft">{t('openNone')}</p>}
        <ShopStrip
          id="ouvertes"
          shops={(open.length > 0 ? open : shops).slice(0, 12)}
          label={open.length > 0 ? t('open') : t('next')}
          {...showing}
        />
      </Section>
      <Section id="rayons" title={t('departments')}>
        <DepartmentTiles departments={departments.filter((department) => department.count >= LEAST_IN_DEPARTMENT)} locale={locale} />
      </Section>
      {season.length >= 4 && (
        <Section
          id="saison"
          title={t('season')}
          note={t('seasonText')}
          more={{ href: pathTo(locale, 'ranking'), label: texts(locale, 'search')('ranking') }}
        >
          <ProductCards cards={season.slice(0, season.length >= SHELF ? SHELF : 4)} add={addLineAction} {...showing} />
        </Section>
      )}
      {week.length > 0 && (
        <Section id="semaine" title={t('week')}>
          <ShopGrid shops={week} {...showing} />
        </Section>
      )}
      <Section id="comment" title={t('how.title')}>
        <HowItWorks locale={locale} />
      </Section>
    </main>
  );
}

type SectionProps = {
  readonly id: string;
  readonly title: string;
  readonly note?: string;
  readonly more?: { readonly href: string; readonly label: string };
  readonly buttons?: ReactNode;
  readonly children: ReactNode;
};

function Section({ id, title, note, more, buttons, children }: SectionProps) {
  return (
    <section className="home-section" id={id} aria-labelledby={`${id}-titre`}>
      <div className="section-head">
        <h2 id={`${id}-titre`}>{title}</h2>
        {buttons}
        {more && <a href={more.href}>{more.label}</a>}
        {note !== undefined && <p className="basis-full text-md text-ink-soft">{note}</p>}
      </div>
      {children}
    </section>
  );
}

const steps = [
  { icon: 'search', title: 'how.find', text: 'how.findText' },
  { icon: 'credit-card', title: 'how.pay', text: 'how.payText' },
  { icon: 'shopping-bag', title: 'how.receive', text: 'how.receiveText' },
] as const satisfies readonly { readonly icon: IconName; readonly title: string; readonly text: string }[];

function HowItWorks({ locale }: { locale: Locale }) {
  const t = texts(locale, 'home');
  return (
    <Still as="ol" className="how">
      {steps.map((step) => (
        <li key={step.title}>
          <Icon name={step.icon} />
          <b>{t(step.title)}</b>
          <span className="text-ink-soft">{t(step.text)}</span>
        </li>
      ))}
    </Still>
  );
}
