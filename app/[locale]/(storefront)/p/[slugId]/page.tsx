import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { notFound, permanentRedirect } from 'next/navigation';
import { alternatesFor } from '@/app/_data/alternates';
import { currentPlace } from '@/app/_data/place';
import { localeFrom, showingFor } from '@/app/_data/showing';
import { WhileOn } from '@/app/_shell/while-on';
import { AlertForm } from '@/components/commerce/alert-form';
import { EnergyLabel } from '@/components/commerce/energy-arrow';
import { Arche } from '@/components/commerce/faience/faience';
import { Breadcrumb } from '@/components/ui/navigation';
import { Empty } from '@/components/ui/banner';
import { ButtonLink } from '@/components/ui/button';
import { getListing, listingIdFrom, type ListingView } from '@/lib/catalogue';
import { pathTo, type Locale } from '@/lib/kernel';
import { listOffers } from '@/lib/search';
import { listFutureStock, listShelfChecks } from '@/lib/shelves';
import { getCity, loadShopBook } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { askToBeToldAction } from '../../alerts/actions';
import { ChooseOffer } from './choose-offer';
import { ListingDetails } from './listing-details';
import { listingJsonLd } from './json-ld';
import { ShelfChecks } from './shelf-check';
import { TrustBlock } from './trust-block';

type ListingPageProps = { readonly params: Promise<{ locale: string; slugId: string }> };

async function listingFrom(locale: Locale, slugId: string): Promise<ListingView> {
  const listingId = listingIdFrom(decodeURIComponent(slugId));
  const listing = listingId && (await getListing(listingId, locale));
  if (!listing) notFound();
  return listing;
}

export async function generateMetadata({ params }: ListingPageProps): Promise<Metadata> {
  const { locale: segment, slugId } = await params;
  const locale = localeFrom(segment);
  const listing = await listingFrom(locale, slugId);
  return {
    title: listing.title,
    description: [listing.title, listing.keyAttribute, listing.description?.slice(0, 140)].filter(Boolean).join('. '),
    alternates: alternatesFor(locale, (language) => pathTo(language, 'listing', { slugId: listing.slugId })),
  };
}

/** A product: who has it, when, for how much, and who answers for it. */
export default async function ListingPage({ params }: ListingPageProps) {
  const showing = await showingFor(params);
  const { locale, now } = showing;
  const { slugId } = await params;
  const listing = await listingFrom(locale, slugId);
  if (decodeURIComponent(slugId) !== listing.slugId) permanentRedirect(pathTo(locale, 'listing', { slugId: listing.slugId }));

  const [book, place] = await Promise.all([loadShopBook(now), currentPlace()]);
  const { offers, merchants } = await listOffers({ listingId: listing.listingId, book, place, now });
  const offerIds = offers.map((offer) => offer.offerId);
  const [checks, future] = await Promise.all([listShelfChecks(offerIds, now), listFutureStock(offerIds, now)]);
  const t = texts(locale, 'listing');
  const common = texts(locale, 'common');
  const canBeHad = offers.some((offer) => offer.promises.length > 0);
  const departments = (await getCity()).stage === 'soon' ? [] : listing.departments; // none lead anywhere before the city opens
  const department = departments.at(-1);
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
    <main id="main" className="wrap page">
      <Breadcrumb
        label={common('breadcrumb')}
        crumbs={departments.map(({ name, path }) => ({ label: name, href: pathTo(locale, 'department', { slug: path }) }))}
        current={listing.title}
      />
      <div className="listing">
        <div className="listing-gallery">
          <Arche
            className="listing-media"
            seed={listing.listingId}
            family={listing.family}
            glyph={listing.glyph}
            label={listing.title}
            picture={listing.pictures[0]}
            isEarly
          />
          {listing.pictures.length > 1 && (
            <ul aria-label={t('pictures')}>
              {listing.pictures.map((key, index) => (
                <li key={key}>
                  <a href={`/api/pictures/${key}`}>
                    <img src={`/api/pictures/${key}`} alt={t('picture', { number: index + 1 })} width={64} height={80} loading="lazy" />
                  </a>
                </li>
              ))}
            </ul>
          )}
        </div>
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-6">
          <div className="grid gap-2">
            <h1 className="text-4xl [overflow-wrap:anywhere]" tabIndex={-1}>
              {listing.title}
            </h1>
            {listing.keyAttribute !== undefined && <p className="text-ink-soft">{listing.keyAttribute}</p>}
            {listing.minimumAge !== undefined && <p className="text-md font-semibold">{t('minimumAge', { age: listing.minimumAge })}</p>}
            {listing.energy && <EnergyLabel label={listing.energy} locale={locale} />}
          </div>
          {canBeHad ? (
            <ChooseOffer listing={listing} offers={offers} showing={showing} />
          ) : (
            <>
              <Empty
                title={t('soldOut.title')}
                action={
                  <span className="flex flex-wrap gap-3">
                    <WhileOn name="requests">
                      <ButtonLink href={pathTo(locale, 'ask', {}, { p: listing.listingId })} rel="nofollow">
                        {texts(locale, 'requests')('ask.title')}
                      </ButtonLink>
                    </WhileOn>
                    {department && (
                      <ButtonLink kind="secondary" href={pathTo(locale, 'department', { slug: department.path })}>
                        {t('soldOut.action', { department: department.name })}
                      </ButtonLink>
                    )}
                  </span>
                }
              >
                {t('soldOut.text')}
              </Empty>
              <WhileOn name="alerts">
                <AlertForm locale={locale} action={askToBeToldAction} listingId={listing.listingId} />
              </WhileOn>
            </>
          )}
          <ShelfChecks offers={offers} checks={checks} future={future} showing={showing} />
          <ListingDetails listing={listing} locale={locale} />
          <TrustBlock listing={listing} merchants={merchants} showing={showing} />
        </div>
      </div>
      <script type="application/ld+json" nonce={nonce} dangerouslySetInnerHTML={{ __html: listingJsonLd(listing, offers, locale) }} />
    </main>
  );
}
