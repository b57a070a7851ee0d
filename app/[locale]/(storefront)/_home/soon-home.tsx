import { currentPlace } from '@/app/_data/place';
import { byDoor, shopCard } from '@/app/_data/shop-cards';
import { AlertForm } from '@/components/commerce/alert-form';
import { ShopPlan } from '@/components/commerce/shop-plan';
import type { Showing } from '@/components/commerce/showing';
import { Street } from '@/components/commerce/street';
import { WindowCard } from '@/components/commerce/window-card';
import { ButtonLink } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { Still } from '@/components/ui/still';
import { pathTo } from '@/lib/kernel';
import { countProductsByShop, loadShopBook, type CityPageView } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { askToBeToldAction } from '../alerts/actions';
import { HowItWorks } from './how-it-works';
import { Section } from './section';

type SoonHomeProps = { readonly city: CityPageView; readonly showing: Showing };

/** A city that is yet to open: what it will be, the shops that are there, and how to help it along. */
export async function SoonHome({ city, showing }: SoonHomeProps) {
  const t = texts(showing.locale, 'home');
  return (
    <main id="main" className="wrap page">
      <div className="soon-hero">
        <div className="grid content-center gap-5">
          <h1 tabIndex={-1}>{t('soon.title', { city: city.name })}</h1>
          <p className="max-w-[52ch] text-lg text-ink-soft">{t('soon.lead')}</p>
          <AlertForm locale={showing.locale} action={askToBeToldAction} isForOpening />
        </div>
        <Street />
      </div>
      <ShopsThere city={city} showing={showing} />
      <Section id="rejoindre" title={t('soon.join')}>
        <Invitations showing={showing} />
      </Section>
      <Section id="comment" title={t('soon.how')}>
        <HowItWorks locale={showing.locale} />
      </Section>
    </main>
  );
}

/** The shops that are there already on the city's ground, each with its hours, its number and the way; nothing while there are none. */
async function ShopsThere({ city, showing }: SoonHomeProps) {
  const { locale, now } = showing;
  const [place, book, products] = await Promise.all([currentPlace(), loadShopBook(now), countProductsByShop()]);
  const there = book
    .all()
    .map((shop) => ({ at: shop.at, card: shopCard(shop, { book, place, products, locale }) }))
    .toSorted((a, b) => byDoor(a.card, b.card));
  if (there.length === 0) return undefined;
  const t = texts(locale, 'home');
  const pins = there.map(({ at, card }) => ({ key: card.slug, name: card.name, isOpen: card.open.isOpen, ...at }));
  const label = texts(locale, 'shop')('map.label', { city: city.name, count: pins.length });
  return (
    <Section id="boutiques" title={t('soon.there', { count: there.length })} note={t('soon.thereText')}>
      <div className="map-layout">
        <div className="panel overflow-hidden">
          <ShopPlan shops={pins} centre={city.at} place={place} width={760} height={560} label={label} />
        </div>
        <Still as="ol" className="grid gap-4">
          {there.map(({ card }, index) => (
            <li key={card.slug}>
              <WindowCard shop={card} number={index + 1} {...showing} />
            </li>
          ))}
        </Still>
      </div>
    </Section>
  );
}

/** What one can do meanwhile. */
function Invitations({ showing: { locale } }: Pick<SoonHomeProps, 'showing'>) {
  const t = texts(locale, 'home');
  return (
    <ul className="invitations">
      <li className="panel">
        <Icon name="store" />
        <h3>{t('soon.keeper')}</h3>
        <p className="text-ink-soft">{t('soon.keeperText')}</p>
        <p className="flex flex-wrap gap-3">
          <ButtonLink href="/merchant/start">{t('soon.keeperAction')}</ButtonLink>
          <ButtonLink kind="secondary" href={pathTo(locale, 'join')}>
            {t('soon.keeperMore')}
          </ButtonLink>
        </p>
      </li>
      <li className="panel">
        <Icon name="heart" />
        <h3>{t('soon.propose')}</h3>
        <p className="text-ink-soft">{t('soon.proposeText')}</p>
        <p>
          <ButtonLink kind="secondary" href={pathTo(locale, 'propose')}>
            {t('soon.proposeAction')}
          </ButtonLink>
        </p>
      </li>
    </ul>
  );
}
