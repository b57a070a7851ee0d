import { savePlaceAction } from '@/app/_actions/save-place';
import { currentPlace } from '@/app/_data/place';
import { byDoor, shopCard } from '@/app/_data/shop-cards';
import { DepartmentTiles } from '@/components/commerce/department-tiles';
import { ProductCards } from '@/components/commerce/product-card';
import { AskWhere } from '@/components/commerce/results';
import { isWindow } from '@/components/commerce/shop-card';
import { FilledShopGrid } from '@/components/commerce/shop-strip';
import type { Showing } from '@/components/commerce/showing';
import { WindowGrid } from '@/components/commerce/window-card';
import { fillsPage, listDepartments } from '@/lib/catalogue';
import { pathTo } from '@/lib/kernel';
import { listSeason } from '@/lib/search';
import { countProductsByShop, loadShopBook, type CityPageView } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { addLineAction } from '../basket/actions';
import { HowItWorks } from './how-it-works';
import { Section } from './section';

/** One row of cards. */
const SHELF = 4;

/** A young city: led by its shops, every one of them, with the places that are still free; then what they sell. */
export async function OpeningHome({ city, showing }: { readonly city: CityPageView; readonly showing: Showing }) {
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
  const stocked = shops.filter((shop) => !isWindow(shop));
  const windows = shops.filter(isWindow);
  const filled = departments.filter(fillsPage);
  const [t, ofShops] = [texts(locale, 'home'), texts(locale, 'shop')];
  return (
    <main id="main" className="wrap page">
      <div className="home-hero">
        <h1 tabIndex={-1}>{t('title', { city: city.name })}</h1>
        <p className="max-w-[56ch] text-lg text-ink-soft">{t('opening.lead', { count: shops.length })}</p>
      </div>
      {!place && <AskWhere locale={locale} action={savePlaceAction} />}
      <Section id="boutiques" title={t('opening.shops')} more={{ href: pathTo(locale, 'map'), label: ofShops('map.title') }}>
        <FilledShopGrid shops={stocked} {...showing} />
      </Section>
      {windows.length > 0 && (
        <Section id="vitrines" title={ofShops('windows')} note={ofShops('windowsText')}>
          <WindowGrid shops={windows} {...showing} />
        </Section>
      )}
      {filled.length > 0 && (
        <Section id="rayons" title={t('departments')}>
          <DepartmentTiles departments={filled} locale={locale} />
        </Section>
      )}
      {season.length >= SHELF && (
        <Section id="saison" title={t('season')} more={{ href: pathTo(locale, 'ranking'), label: texts(locale, 'search')('ranking') }}>
          <ProductCards cards={season.slice(0, SHELF)} add={addLineAction} {...showing} />
        </Section>
      )}
      <Section id="comment" title={t('how.title')}>
        <HowItWorks locale={locale} />
      </Section>
    </main>
  );
}
