import { classNames } from '@/components/ui/class-names';
import { Icon } from '@/components/ui/icon';
import { Still } from '@/components/ui/still';
import { Tag } from '@/components/ui/tag';
import type { OfferView } from '@/lib/catalogue/views';
import { formatAge, formatMoney, intlTag, pathTo, type Locale } from '@/lib/kernel';
import { methodText, promiseText, texts } from '@/lib/texts/views';
import { Price, UnitPrice, costInside } from './price';
import { methodIcon } from './promise';
import type { Showing } from './showing';

const inside = (text: string, locale: Locale) => text.charAt(0).toLocaleLowerCase(intlTag(locale)) + text.slice(1);

function OfferPromises({ offer, ...showing }: Showing & { offer: OfferView }) {
  const t = texts(showing.locale, 'common');
  if (offer.promises.length === 0) return <span className="text-md text-ink-soft">{t('card.soldOut')}</span>;
  return (
    <span className="grid gap-1">
      {offer.promises.map((promise, index) => (
        <span
          key={promise.method}
          className={index === 0 ? classNames('promise', promise.certainty !== 'sure' && `is-${promise.certainty}`) : 'offer-other'}
        >
          <Icon name={methodIcon[promise.method]} />
          {index === 0 ? (
            <>
              <b>{promiseText(showing.locale, promise, showing)}</b>
              <span className="where">
                {t('promise.withCost', {
                  method: methodText(showing.locale, promise.method),
                  cost: costInside(promise.cost, showing.locale),
                })}
                {promise.certainty === 'likely' && `, ${t('promise.likely')}`}
              </span>
            </>
          ) : (
            <span>{`${promiseText(showing.locale, promise, showing)}, ${inside(methodText(showing.locale, promise.method), showing.locale)}, ${costInside(promise.cost, showing.locale)}`}</span>
          )}
        </span>
      ))}
    </span>
  );
}

/** How far the shop's figure is to be believed: when it was last confirmed, or that it was not. */
function stockWords({ stockWord, stockAsOf }: OfferView, { locale, now }: Showing): string {
  const t = texts(locale, 'common');
  return stockWord === 'confirmed' ? t('stock.confirmed', { age: formatAge(stockAsOf, now, locale) }) : t(`stock.${stockWord}`);
}

function OfferRow({ offer, isFirst, ...showing }: Showing & { offer: OfferView; isFirst: boolean }) {
  const { locale } = showing;
  const t = texts(locale, 'common');
  const id = `o-${offer.offerId}`;
  const canBeHad = offer.promises.length > 0;
  return (
    <li className="offer">
      <input
        className="radio"
        type="radio"
        name="offerId"
        id={id}
        value={offer.offerId}
        defaultChecked={isFirst && canBeHad}
        disabled={!canBeHad}
        data-shop={offer.shopName}
        data-price={formatMoney(offer.price, locale)}
        data-when={offer.promises[0] && promiseText(locale, offer.promises[0], showing)}
      />
      <Still as="div" className="grid gap-0.5">
        <label htmlFor={id} className="font-semibold">
          {offer.shopName}
        </label>
        <span className="text-sm text-ink-soft">
          {offer.street}
          {offer.walkingMinutes !== undefined && `, ${t('promise.walk', { minutes: offer.walkingMinutes })}`}
        </span>
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-ink-soft">
          {offer.condition !== 'new' && <Tag colour="green">{t(`condition.${offer.condition}`)}</Tag>}
          {offer.setAside === 'only' && <Tag colour="blue">{t('setAside.only')}</Tag>}
          {stockWords(offer, showing)}
          {offer.setAside === 'offered' && <span>{t('setAside.offered')}</span>}
          <a href={pathTo(locale, 'shop', { slug: offer.shopSlug })}>
            {t('card.see')}
            <span className="sr-only"> {offer.shopName}</span>
          </a>
        </span>
      </Still>
      <Still as="div" className="offer-promise">
        <OfferPromises offer={offer} {...showing} />
      </Still>
      <Still as="div" className="grid justify-items-end gap-1">
        <Price money={offer.price} locale={locale} />
        {offer.unitPrice && <UnitPrice unitPrice={offer.unitPrice} locale={locale} />}
      </Still>
      <input type="hidden" name={`priceSeenMinor-${offer.offerId}`} value={offer.price.amountMinor} />
      {offer.promises[0] && <input type="hidden" name={`promiseSeenAt-${offer.offerId}`} value={offer.promises[0].from} />}
    </li>
  );
}

/** One row per shop, one of them chosen: goes inside the form that adds it. Earliest promise first, as given. */
export function OfferTable({ offers, legend, ...showing }: Showing & { offers: readonly OfferView[]; legend: string }) {
  const firstId = offers.find((offer) => offer.promises.length > 0)?.offerId;
  return (
    <fieldset>
      <legend className="display mb-3 text-xl font-[650]">{legend}</legend>
      <ul className="offers">
        {offers.map((offer) => (
          <OfferRow key={offer.offerId} offer={offer} isFirst={offer.offerId === firstId} {...showing} />
        ))}
      </ul>
    </fieldset>
  );
}
