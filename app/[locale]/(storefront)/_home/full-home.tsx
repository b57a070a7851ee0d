import { savePlaceAction } from '@/app/_actions/save-place';
import { currentPlace } from '@/app/_data/place';
import { byDoor, shopCard } from '@/app/_data/shop-cards';
import { DepartmentTiles } from '@/components/commerce/department-tiles';
import { ProductCards } from '@/components/commerce/product-card';
import { AskWhere } from '@/components/commerce/results';
import { isWindow } from '@/components/commerce/shop-card';
import { ShopGrid, ShopStrip } from '@/components/commerce/shop-strip';
import type { Showing } from '@/components/commerce/showing';
import { StripButtons } from '@/components/commerce/strip-buttons';
import { Icon } from '@/components/ui/icon';
import { fillsPage, listDepartments } from '@/lib/catalogue';
import { pathTo } from '@/lib/kernel';
import { listSeason } from '@/lib/search';
import { countProductsByShop, loadShopBook, type CityPageView } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { addLineAction } from '../basket/actions';
import { HowItWorks } from './how-it-works';
import { Section } from './section';
import { shopsOfTheWeek } from './shops-of-the-week';

const SHELF = 8;

/** The city's front door: shops open now, departments, this week's shops, what is in season, how it works. */
export async function FullHome({ city, showing }: { readonly city: CityPageView; readonly showing: Showing }) {
  const { locale, now } = showing;
  const [place, book, departments, products] = await Promise.all([
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
    shops.filter((shop) => !isWindow(shop)),
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
        <DepartmentTiles departments={departments.filter(fillsPage)} locale={locale} />
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
