import type { ReactNode } from 'react';
import type { Instant, ListingId, Minor, OfferId } from '@/lib/kernel';
import { FormBusy } from './form-busy';
import type { FormAction } from './showing';

export type AddWish = {
  readonly listingId: ListingId;
  readonly offerId: OfferId;
  readonly quantity: number;
  /** True when the shopper picked this shop; false when the card proposed it. */
  readonly shopChosen: boolean;
  readonly priceSeenMinor: Minor;
  readonly promiseSeenAt: Instant | undefined;
};

/** A wish as the value of a button, in the order of the type: what was seen goes along, to say it when it changed. */
export function wishValue(wish: AddWish): string {
  const { listingId, offerId, quantity, shopChosen, priceSeenMinor, promiseSeenAt } = wish;
  return [listingId, offerId, quantity, shopChosen ? 1 : 0, priceSeenMinor, promiseSeenAt ?? ''].join(' ');
}

/** One form round many cards: each card's button carries its own wish, so the cards themselves are words. Works without script. */
export function AddMany({ action, children }: { readonly action: FormAction; readonly children: ReactNode }) {
  return (
    <form action={action} className="add-many">
      <FormBusy />
      {children}
    </form>
  );
}
