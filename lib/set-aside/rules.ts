import type { Minor } from '@/lib/kernel';

/** So many pieces of one thing may be set aside: a household's, not a dealer's. */
export const MOST_PIECES = 6;

/** So much may wait at one shop for somebody who owes nothing, minor units. */
export const MOST_WORTH_MINOR = 15_000;

/** So many set-asides may one person have open in the city. */
export const MOST_OPEN = 3;

/** After so many that nobody fetched within `NO_SHOW_DAYS`, things are to be paid before. */
export const MOST_NO_SHOWS = 2;
export const NO_SHOW_DAYS = 90;

/** So many may wait at one shop at once, whoever asked. */
export const MOST_OPEN_AT_SHOP = 40;

/** What one shop would set aside. */
export type WishedPart = {
  readonly method: 'pickup' | 'courier' | 'parcel';
  readonly goodsMinor: Minor;
  readonly lines: readonly { readonly quantity: number; readonly salesUnit: 'each' | 'gram' | 'millimetre' }[];
};

/**
 * Whether a part may be paid in its shop: the shop offers it, the shopper comes, and it is little enough to wait for somebody who owes
 * nothing. Pure.
 */
export function mayBeSetAside(part: WishedPart, shop: { readonly setAside: boolean }): boolean {
  return (
    shop.setAside &&
    part.method === 'pickup' &&
    part.goodsMinor <= MOST_WORTH_MINOR &&
    part.lines.every((line) => line.salesUnit !== 'each' || line.quantity <= MOST_PIECES)
  );
}
