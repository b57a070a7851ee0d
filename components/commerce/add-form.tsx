import { Icon } from '@/components/ui/icon';
import type { Instant, ListingId, Locale, Minor, OfferId } from '@/lib/kernel';
import { texts } from '@/lib/texts/views';
import type { FormAction } from './showing';
import { SubmitButton } from './submit-button';

export type AddWish = {
  readonly listingId: ListingId;
  readonly offerId: OfferId;
  readonly quantity: number;
  /** True when the shopper picked this shop; false when the card proposed it. */
  readonly shopChosen: boolean;
  readonly priceSeenMinor: Minor;
  readonly promiseSeenAt: Instant | undefined;
};

type AddFormProps = { readonly action: FormAction; readonly wish: AddWish; readonly locale: Locale; readonly describedBy: string };

/** Puts an offer into the basket: a plain form, so it works before or without script. What was seen goes along, to say it when it changed. */
export function AddForm({ action, wish, locale, describedBy }: AddFormProps) {
  const t = texts(locale, 'common');
  return (
    <form action={action}>
      <input type="hidden" name="listingId" value={wish.listingId} />
      <input type="hidden" name="offerId" value={wish.offerId} />
      <input type="hidden" name="quantity" value={wish.quantity} />
      <input type="hidden" name="shopChosen" value={wish.shopChosen ? '1' : '0'} />
      <input type="hidden" name="priceSeenMinor" value={wish.priceSeenMinor} />
      {wish.promiseSeenAt !== undefined && <input type="hidden" name="promiseSeenAt" value={wish.promiseSeenAt} />}
      <SubmitButton className="btn btn-primary" describedBy={describedBy}>
        <Icon name="plus" />
        {t('card.add')}
      </SubmitButton>
    </form>
  );
}
