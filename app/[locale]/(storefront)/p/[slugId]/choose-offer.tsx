import { OfferChooserPrice, OfferChooserWords } from '@/components/commerce/offer-chooser';
import { OfferTable } from '@/components/commerce/offer-table';
import type { Showing } from '@/components/commerce/showing';
import { SubmitButton } from '@/components/commerce/submit-button';
import { Icon } from '@/components/ui/icon';
import type { ListingView, OfferView } from '@/lib/catalogue/views';
import { formatMoney, pathTo } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { promiseText } from '@/lib/texts/views';
import { addLineAction } from '../../basket/actions';

const FORM = 'offre';

/** Other sizes or colours, the shops that have it, and the button: one form, complete without script. */
export function ChooseOffer({ listing, offers, showing }: { listing: ListingView; offers: readonly OfferView[]; showing: Showing }) {
  const { locale } = showing;
  const t = texts(locale, 'listing');
  const offer = offers.find(({ promises }) => promises.length > 0);
  const [promise] = offer?.promises ?? [];
  const first = {
    shop: offer?.shopName ?? '',
    price: offer ? formatMoney(offer.price, locale) : '',
    when: promise ? promiseText(locale, promise, showing) : '',
  };
  return (
    <>
      {listing.siblings.length > 0 && (
        <nav aria-label={t('choose')}>
          <ul className="flex flex-wrap gap-2">
            {listing.siblings.map((sibling) => (
              <li key={sibling.slugId}>
                <a
                  className={sibling.isThis ? 'chip is-on' : 'chip'}
                  href={pathTo(locale, 'listing', { slugId: sibling.slugId })}
                  {...(sibling.isThis && { 'aria-current': 'page' as const })}
                >
                  {sibling.label}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <form id={FORM} action={addLineAction}>
        <div id="offres">
          <OfferTable offers={offers} legend={t('offers', { count: offers.length })} {...showing} />
        </div>
        <input type="hidden" name="listingId" value={listing.listingId} />
        <input type="hidden" name="quantity" value={offers[0]?.quantity ?? 1} />
        <input type="hidden" name="shopChosen" value="1" />
        <input type="hidden" name="locale" value={locale} />
        <div className="sticky-add">
          <OfferChooserPrice formId={FORM} first={first} />
          <SubmitButton className="btn btn-primary min-h-14 text-lg">
            <Icon name="plus" />
            <OfferChooserWords formId={FORM} word={t('add')} first={first} />
          </SubmitButton>
        </div>
      </form>
    </>
  );
}
