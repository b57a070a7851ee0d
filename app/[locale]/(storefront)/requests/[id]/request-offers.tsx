import { Awning } from '@/components/commerce/awning';
import { Price } from '@/components/commerce/price';
import type { Showing } from '@/components/commerce/showing';
import { SubmitButton } from '@/components/commerce/submit-button';
import { Empty } from '@/components/ui/banner';
import { Tag } from '@/components/ui/tag';
import { formatDay, formatTime, moneyOf, pathTo } from '@/lib/kernel';
import type { RequestOfferView, RequestView } from '@/lib/requests/views';
import { texts } from '@/lib/texts';
import { acceptOfferAction } from './actions';

type OffersProps = { readonly request: RequestView; readonly showing: Showing };

/** The offers so far, the earliest first; each with its shop, its price and the button that takes it. */
export function RequestOffers({ request, showing }: OffersProps) {
  const t = texts(showing.locale, 'requests');
  const isOpen = request.state === 'open';
  const shown = isOpen || request.state === 'expired' ? request.offers : request.offers.filter(({ isAccepted }) => isAccepted);
  if (!isOpen && shown.length === 0) return request.state === 'expired' ? <Empty title={t('page.none')} /> : null;
  return (
    <section className="grid gap-3" aria-labelledby="offres" aria-live="polite">
      <h2 id="offres" className="text-2xl">
        {t('page.offers', { count: shown.length })}
      </h2>
      {shown.length === 0 && (
        <p className="text-ink-soft">
          <span className="needs-script">{t('page.waiting')}</span>
          <noscript>{t('page.waitingNoScript')}</noscript>
        </p>
      )}
      <ul className="grid gap-4">
        {shown.map((offer) => (
          <Offer key={offer.shopId} offer={offer} request={request} showing={showing} />
        ))}
      </ul>
    </section>
  );
}

function readyWords(offer: RequestOfferView, { locale, now, timeZone }: Showing): string {
  const t = texts(locale, 'requests');
  if (offer.readyFrom === undefined) return t(`when.${offer.available}`);
  return t('page.ready', { when: `${formatDay(offer.readyFrom, now, locale, timeZone)} ${formatTime(offer.readyFrom, locale, timeZone)}` });
}

function Offer({ offer, request, showing }: OffersProps & { readonly offer: RequestOfferView }) {
  const { locale } = showing;
  const t = texts(locale, 'requests');
  const common = texts(locale, 'common');
  const price = moneyOf(offer.priceMinor);
  return (
    <li className="panel overflow-hidden" data-testid="request-offer">
      <Awning awning={offer.awning} />
      <div className="grid gap-4 p-5 md:grid-cols-[minmax(0,1fr)_auto] md:items-end">
        <div className="grid gap-1">
          <h3 className="text-xl">{offer.title}</h3>
          <p>
            <a href={pathTo(locale, 'shop', { slug: offer.shopSlug })}>{offer.shopName}</a>
            <span className="text-ink-soft">
              , {offer.street}
              {offer.walkingMinutes !== undefined && `, ${common('promise.walk', { minutes: offer.walkingMinutes })}`}
            </span>
          </p>
          <p className="font-semibold">{readyWords(offer, showing)}</p>
          <p className="text-md text-ink-soft">{t('page.units', { count: offer.quantity })}</p>
        </div>
        <div className="grid justify-items-start gap-3 md:justify-items-end">
          <Price money={price} locale={locale} />
          {offer.isAccepted ? (
            <Tag colour="green">{t('page.taken')}</Tag>
          ) : (
            request.state === 'open' && (
              <form action={acceptOfferAction} className="flex flex-wrap items-end gap-3">
                <input type="hidden" name="locale" value={locale} />
                <input type="hidden" name="token" value={request.token} />
                <input type="hidden" name="shopId" value={offer.shopId} />
                <input type="hidden" name="shopName" value={offer.shopName} />
                {offer.quantity > 1 && (
                  <label className="grid gap-1 text-md">
                    {t('page.quantity')}
                    <input
                      className="input w-24"
                      type="number"
                      name="quantity"
                      min={1}
                      max={offer.quantity}
                      defaultValue={1}
                      inputMode="numeric"
                    />
                  </label>
                )}
                <SubmitButton className="btn btn-primary">{t('page.take', { shop: offer.shopName })}</SubmitButton>
              </form>
            )
          )}
        </div>
      </div>
    </li>
  );
}
