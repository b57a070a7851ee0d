import type { MerchantIdentityView } from '@/lib/shops/views';
import type { CategoryId, Instant, ListingId, MatchReviewId, Money, OfferId, SalesUnit, ShopId } from '@/lib/kernel';
import type { PromiseView } from '@/lib/promise/views';

/** Node of the tree of departments, in one language. */
export type DepartmentView = {
  readonly id: string;
  readonly name: string;
  /** Path below the departments' address: `epicerie/pates`. */
  readonly path: string;
  readonly family: string;
  readonly glyph: string;
  /** Published products below it. */
  readonly count: number;
  readonly children: readonly DepartmentView[];
};

export type Condition = 'new' | 'used' | 'refurbished';

/** How sure we are of a shop's stock, and since when. */
export type StockWord = 'confirmed' | 'likely' | 'check';

/** One shop's offer on the product's page. */
export type OfferView = {
  readonly offerId: OfferId;
  readonly shopId: ShopId;
  readonly shopName: string;
  readonly shopSlug: string;
  readonly street: string;
  readonly price: Money;
  readonly quantity: number;
  readonly salesUnit: SalesUnit;
  readonly unitPrice: { readonly money: Money; readonly per: 'kg' | 'l' | 'm' } | undefined;
  readonly condition: Condition;
  readonly isProfessional: boolean;
  /** Earliest first; none means it cannot be promised now. */
  readonly promises: readonly PromiseView[];
  readonly walkingMinutes: number | undefined;
  readonly stockAsOf: Instant;
  readonly stockWord: StockWord;
  readonly available: number;
  /** Whether it may be set aside without obligation and paid at the till (`offered`), or can be had in no other way (`only`). */
  readonly setAside: 'no' | 'offered' | 'only';
};

/** Who sells, as the law wants it read on the product's page. */
export type MerchantView = MerchantIdentityView & {
  readonly shopName: string;
  readonly shopSlug: string;
  readonly returnDays: number;
};

/** Who made a thing, or answers for it in the Union. */
export type ResponsibleView = { readonly name: string; readonly address: string; readonly email: string };

/** The scale of an energy label: its ends and every class between, the best first. */
export type EnergyScaleView = { readonly best: string; readonly worst: string; readonly steps: readonly string[] };

/** An energy label's arrow: the class, its place on the scale from 0 (best) on, the ends of the scale, and the product's sheet. */
export type EnergyLabelView = {
  readonly letter: string;
  readonly rank: number;
  readonly best: string;
  readonly worst: string;
  readonly sheet: string | undefined;
};

/** The words of a product: what changes rarely and may be kept. */
export type ListingView = {
  readonly listingId: ListingId;
  readonly slugId: string;
  readonly title: string;
  readonly brand: string | undefined;
  readonly keyAttribute: string | undefined;
  readonly description: string | undefined;
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
  readonly gtin: string | undefined;
  readonly salesUnit: SalesUnit;
  readonly categoryId: CategoryId;
  readonly family: string;
  readonly glyph: string;
  readonly departments: readonly { readonly name: string; readonly path: string }[];
  readonly minimumAge: number | undefined;
  readonly withdrawalException: string | undefined;
  readonly manufacturer: ResponsibleView | undefined;
  readonly responsiblePerson: ResponsibleView | undefined;
  readonly warnings: string | undefined;
  readonly energy: EnergyLabelView | undefined;
  readonly source: string;
  readonly licence: string;
  /** Keys of photographs, the one that stands for it first; none: the drawn tile does. */
  readonly pictures: readonly string[];
  readonly siblings: readonly { readonly label: string; readonly slugId: string; readonly isThis: boolean }[];
};

/** One of a shop's offers as its own systems see it. */
export type ShopOfferView = {
  readonly offerId: OfferId;
  readonly listingId: ListingId;
  readonly title: string;
  readonly gtin: string | undefined;
  readonly merchantSku: string;
  readonly priceMinor: number;
  readonly priceSteps: number;
  readonly currency: string;
  readonly salesUnit: SalesUnit;
  readonly condition: Condition;
  readonly vatCategory: string;
  readonly shelf: string | undefined;
  readonly isActive: boolean;
  readonly updatedAt: Instant;
};

/** One of two pages that may be the same thing. */
export type MatchedPageView = {
  readonly listingId: ListingId;
  readonly slugId: string;
  readonly title: string;
  readonly brand: string | undefined;
  readonly gtin: string | undefined;
  readonly source: string;
  /** Names of shops that sell it, five at most. */
  readonly shops: readonly string[];
};

/** A pair for a person to decide. */
export type MatchReviewView = {
  readonly reviewId: MatchReviewId;
  readonly kind: 'same-code' | 'alike';
  readonly state: 'open' | 'merged' | 'apart' | 'split';
  readonly likenessBps: number;
  readonly page: MatchedPageView;
  readonly other: MatchedPageView;
};
