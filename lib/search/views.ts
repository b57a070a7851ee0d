import type { EnergyLabelView } from '@/lib/catalogue/views';
import type { ListingId, Locale, Money, OfferId, SalesUnit } from '@/lib/kernel';
import type { Method, PromiseView } from '@/lib/promise/views';

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
  /** Key of the photograph that stands for it; none: the drawn tile does. */
  readonly picture: string | undefined;
  readonly badge: CardBadge | undefined;
  /** The arrow of its energy label, for things that have one. */
  readonly energy: EnergyLabelView | undefined;
  /** None when no shop can promise it now. */
  readonly offer: CardOfferView | undefined;
  /** One piece in the whole city. */
  readonly isUnique: boolean;
  readonly otherShops: number;
  readonly otherShopsFrom: Money | undefined;
};

/** What titles promise that people filter by. */
export const labels = [
  'bio',
  'sans-gluten',
  'sans-lactose',
  'sans-sucre',
  'sans-alcool',
  'vegan',
  'vegetarien',
  'equitable',
  'origine',
  'recycle',
] as const;
export type Label = (typeof labels)[number];

export const whenChoices = ['heure', 'aujourdhui', 'demain', 'trois-jours'] as const;
export type WhenChoice = (typeof whenChoices)[number];

export const sortChoices = ['tot', 'pres', 'prix', 'pertinence'] as const;
export type SortChoice = (typeof sortChoices)[number];

/** What a result page asks for; everything of it stands in the address. */
export type SearchQuery = {
  readonly words: string;
  readonly when: WhenChoice | undefined;
  readonly ways: readonly Method[];
  readonly shops: readonly string[];
  readonly departments: readonly string[];
  readonly prices: readonly PriceRange[];
  readonly brands: readonly string[];
  readonly conditions: readonly ('new' | 'used' | 'refurbished')[];
  /** Values of attributes, and what titles promise (`bio`). */
  readonly attributes: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly labels: readonly Label[];
  readonly openNow: boolean;
  /** At most ten minutes on foot. */
  readonly near: boolean;
  readonly sort: SortChoice;
  readonly page: number;
};

/** Price ranges in euros: from included, to excluded. */
export const priceRanges = ['0-10', '10-25', '25-50', '50-100', '100-'] as const;
export type PriceRange = (typeof priceRanges)[number];

/** One value of a facet and how many products it would leave. */
export type FacetValueView = { readonly value: string; readonly label: string; readonly count: number; readonly isOn: boolean };

export type FacetName = 'quand' | 'comment' | 'boutique' | 'rayon' | 'prix' | 'marque' | 'etat' | 'label' | 'carac';

/** A facet by its parameter; of an attribute (`carac`) also what it is called. */
export type FacetView = { readonly name: FacetName; readonly title?: string | undefined; readonly values: readonly FacetValueView[] };

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

/** A line below the search box while one types. */
export type SuggestionView = {
  readonly kind: 'query' | 'department' | 'product' | 'shop';
  readonly label: string;
  readonly href: string;
  /** Of a product that can be had: when, and from whom. */
  readonly promise?: PromiseView | undefined;
  readonly shopName?: string | undefined;
};

/** What would be found otherwise, where nothing was. */
export type RecoveryView = {
  readonly ways: readonly {
    readonly kind: 'later' | 'farther' | 'any-shop' | 'without-filters';
    readonly query: SearchQuery;
    readonly total: number;
  }[];
  /** Where such things lie, whether or not anybody has them now. */
  readonly departments: readonly { readonly name: string; readonly path: string; readonly count: number }[];
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
  /** Nothing answers all that was asked: these answer some of it. */
  readonly isLoose: boolean;
  /** Only where nothing was found. */
  readonly recovery: RecoveryView | undefined;
};
