import type { Instant, Money, ShopId } from '@/lib/kernel';

export const methods = ['pickup', 'courier', 'parcel'] as const;

/** How goods reach the shopper: collected in the shop, by bike, by parcel to a relay or home. */
export type Method = (typeof methods)[number];

/** How much we vouch for it: stock and capacity known, probable, or already behind what was told. */
export type Certainty = 'sure' | 'likely' | 'late';

/** When, how and for how much something can be had; an hour or a date, never a delay. */
export type PromiseView = {
  readonly method: Method;
  /** Pickup: ready from this instant. Otherwise the window's beginning. */
  readonly from: Instant;
  /** End of the window; none for a pickup, which stays ready until `keptUntil`. */
  readonly to: Instant | undefined;
  readonly certainty: Certainty;
  /** What receiving costs; zero is said as free. */
  readonly cost: Money;
  /** Until when a pickup is kept at the shop. */
  readonly keptUntil?: Instant | undefined;
};

/** A promise together with the shop that gives it, and how far that is when the shopper said where they are. */
export type ShopPromise = PromiseView & {
  readonly shopId: ShopId;
  readonly metres: number | undefined;
  readonly walkingMinutes: number | undefined;
};

/** A promise for one offer, with the odds that its shop finds the units and so keeps it. */
export type OfferPromise = ShopPromise & {
  /** Basis points. */
  readonly oddsBps: number;
};
