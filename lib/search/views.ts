import type { ListingId, Locale, Money, OfferId, SalesUnit } from '@/lib/kernel';
import type { PromiseView } from '@/lib/promise/views';

/** What one shop offers of a listing, as a card shows it. */
export type CardOfferView = {
  readonly offerId: OfferId;
  readonly shopName: string;
  /** For the smallest quantity one can buy: `quantity` steps. */
  readonly price: Money;
  readonly quantity: number;
  readonly salesUnit: SalesUnit;
  readonly unitPrice: { readonly money: Money; readonly per: 'kg' | 'l' | 'm' } | undefined;
  readonly promise: PromiseView;
  readonly walkingMinutes: number | undefined;
};

/** At most one is shown. */
export type CardBadge = 'used' | 'refurbished' | 'last';

/** A product as a result: the offer with the earliest promise, and how many other shops have it. */
export type CardView = {
  readonly listingId: ListingId;
  /** Last part of the product's address. */
  readonly slugId: string;
  readonly title: string;
  readonly keyAttribute: string | undefined;
  readonly family: string;
  readonly glyph: string;
  readonly badge: CardBadge | undefined;
  /** None when no shop can promise it now. */
  readonly offer: CardOfferView | undefined;
  /** One piece in the whole city. */
  readonly isUnique: boolean;
  readonly otherShops: number;
  readonly otherShopsFrom: Money | undefined;
};

export const whenChoices = ['heure', 'aujourdhui', 'demain', 'trois-jours'] as const;
export type WhenChoice = (typeof whenChoices)[number];

export const sortChoices = ['tot', 'pres', 'prix', 'pertinence'] as const;
export type SortChoice = (typeof sortChoices)[number];

/** One value of a facet and how many products it would leave. */
export type FacetValueView = { readonly value: string; readonly label: string; readonly count: number; readonly isOn: boolean };

export type FacetName = 'quand' | 'comment' | 'boutique' | 'rayon' | 'prix' | 'marque' | 'etat';

export type FacetView = { readonly name: FacetName; readonly values: readonly FacetValueView[] };

/** A shop that has something among the results, for the small map. */
export type ResultShopView = {
  readonly slug: string;
  readonly name: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly isOpen: boolean;
  readonly count: number;
  readonly walkingMinutes: number | undefined;
};

export type ResultsView = {
  readonly locale: Locale;
  readonly cards: readonly CardView[];
  readonly total: number;
  readonly page: number;
  readonly pages: number;
  readonly shopCount: number;
  readonly openShopCount: number;
  readonly shops: readonly ResultShopView[];
  readonly facets: readonly FacetView[];
  /** How many would be left by the two filters that are not lists. */
  readonly quick: { readonly open: number; readonly near: number };
  /** What was searched instead of a word we do not know. */
  readonly repaired: string | undefined;
  /** Not all words were found together: these have at least one of them. */
  readonly isLoose: boolean;
};
