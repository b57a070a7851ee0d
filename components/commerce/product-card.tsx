import { Icon } from '@/components/ui/icon';
import { Still } from '@/components/ui/still';
import { Tag } from '@/components/ui/tag';
import { formatMoney, pathTo } from '@/lib/kernel';
import type { CardBadge, CardOfferView, CardView } from '@/lib/search/views';
import { texts } from '@/lib/texts/views';
import { AddMany, wishValue } from './add-many';
import { EnergyArrow } from './energy-arrow';
import { Arche } from './faience/faience';
import { Price, UnitPrice } from './price';
import { PromiseLine } from './promise';
import type { FormAction, Showing } from './showing';

type ProductCardProps = Showing & { readonly card: CardView; readonly isEarly?: boolean };

function BadgeTag({ badge, locale }: { badge: CardBadge } & Pick<Showing, 'locale'>) {
  const t = texts(locale, 'common');
  return (
    <span className="card-tag">
      {badge === 'last' ? (
        <Tag colour="honey">{t('card.last')}</Tag>
      ) : (
        <Tag colour="green">
          <Icon name="leaf" />
          {t(`condition.${badge}`)}
        </Tag>
      )}
    </span>
  );
}

function OtherOffers({ card, locale }: { card: CardView } & Pick<Showing, 'locale'>) {
  const t = texts(locale, 'common');
  if (card.otherShops > 0 && card.otherShopsFrom) {
    return (
      <a href={`${pathTo(locale, 'listing', { slugId: card.slugId })}#offres`}>
        {t('card.otherShops', { count: card.otherShops, price: formatMoney(card.otherShopsFrom, locale) })}
      </a>
    );
  }
  if (card.isUnique) return t('card.unique');
  return null;
}

type AddButtonProps = { readonly card: CardView; readonly offer: CardOfferView; readonly titleId: string } & Pick<Showing, 'locale'>;

function AddButton({ card, offer, titleId, locale }: AddButtonProps) {
  const value = wishValue({
    listingId: card.listingId,
    offerId: offer.offerId,
    quantity: offer.quantity,
    shopChosen: false,
    priceSeenMinor: offer.price.amountMinor,
    promiseSeenAt: offer.promise.from,
  });
  return (
    <button type="submit" className="btn btn-primary" name="wish" value={value} aria-describedby={titleId}>
      <Icon name="plus" />
      {texts(locale, 'common')('card.add')}
    </button>
  );
}

/** A product among results, always in this order: tile, badge, title, key attribute, promise, price, Add, other offers. */
export function ProductCard({ card, isEarly, ...showing }: ProductCardProps) {
  const { locale } = showing;
  const t = texts(locale, 'common');
  const titleId = `t-${card.listingId}`;
  const { offer } = card;
  return (
    <article className="card" aria-labelledby={titleId}>
      <span className="card-media">
        <Arche
          seed={card.listingId}
          family={card.family}
          glyph={card.glyph}
          label={card.title}
          picture={card.picture}
          {...(isEarly === true && { isEarly })}
        />
      </span>
      {card.badge && <BadgeTag badge={card.badge} locale={locale} />}
      <h3 id={titleId}>
        <a href={pathTo(locale, 'listing', { slugId: card.slugId })}>{card.title}</a>
      </h3>
      <p className="card-key">{card.keyAttribute}</p>
      {offer ? (
        <PromiseLine promise={offer.promise} shopName={offer.shopName} walkingMinutes={offer.walkingMinutes} {...showing} />
      ) : (
        <p className="promise is-likely">
          <Icon name="clock" />
          <b>{t('card.soldOut')}</b>
        </p>
      )}
      {offer && (
        <div className="card-foot">
          <span className="grid gap-1">
            {card.energy && <EnergyArrow label={card.energy} locale={locale} />}
            <Price money={offer.price} locale={locale} />
            {offer.unitPrice && <UnitPrice unitPrice={offer.unitPrice} locale={locale} />}
          </span>
          <AddButton card={card} offer={offer} locale={locale} titleId={titleId} />
        </div>
      )}
      <p className="card-more">
        <OtherOffers card={card} locale={locale} />
      </p>
    </article>
  );
}

type ProductCardsProps = Showing & {
  readonly cards: readonly CardView[];
  readonly add: FormAction;
  /** A list of rows on a phone; otherwise the grid narrows. */
  readonly isList?: boolean;
};

/** Cards as a list for readers, in one form that adds any of them; the first row's tiles load with the page. */
export function ProductCards({ cards, add, isList = true, ...showing }: ProductCardsProps) {
  return (
    <AddMany action={add}>
      <ul className={isList ? 'cards cards-list' : 'cards'}>
        {cards.map((card, index) => (
          <Still as="li" key={card.listingId}>
            <ProductCard card={card} isEarly={index < 4} {...showing} />
          </Still>
        ))}
      </ul>
    </AddMany>
  );
}
