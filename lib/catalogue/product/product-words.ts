import type { CategoryId, ListingId, OfferId, SalesUnit } from '@/lib/kernel';
import type { LegalFacts } from '../complete-products';
import type { Condition } from '../views';

type Content = NonNullable<LegalFacts['net']>;

/** One size or colour as the form of its shop says it. Cents with VAT a piece, a kilogram or a metre. */
export type VariantWords = {
  /** The offer it is already; none for one that is added. */
  readonly offerId: OfferId | undefined;
  readonly options: readonly { readonly name: string; readonly value: string }[];
  /** Fourteen digits, checked; none for what has no bar code. */
  readonly gtin: string | undefined;
  /** The shop's own code; empty: one is made. */
  readonly sku: string;
  readonly priceMinor: number;
  readonly content: Content | undefined;
  readonly isActive: boolean;
};

/** A product as the form of its shop says it. Contents belong to the variants, everything else the law asks to the whole. */
export type ProductWords = {
  readonly title: string;
  readonly brand: string | undefined;
  readonly description: string | undefined;
  readonly categoryId: CategoryId;
  /** Basis points where they differ from what the department usually has. */
  readonly vatRateBps: number | undefined;
  readonly salesUnit: SalesUnit;
  readonly condition: Condition;
  readonly shelf: string | undefined;
  readonly facts: Omit<LegalFacts, 'net'>;
  readonly variants: readonly VariantWords[];
};

export type ProductRefusal =
  | { readonly kind: 'offer-not-found' }
  | { readonly kind: 'department-not-found' }
  /** Two rows of the form are one variant. */
  | { readonly kind: 'variant-twice'; readonly row: number }
  /** The shop's code names another of its goods already. */
  | { readonly kind: 'sku-taken'; readonly row: number }
  /** The shop sells this bar code already, elsewhere. */
  | { readonly kind: 'gtin-yours'; readonly row: number; readonly offerId: OfferId }
  /** The bar code is another product's: it cannot become a variant of this one. No page: somebody's file is being taken over this moment. */
  | { readonly kind: 'gtin-elsewhere'; readonly row: number; readonly listingId: ListingId | undefined }
  /** Others sell this product too: its variants are not one shop's to add to. */
  | { readonly kind: 'product-shared' };

/** What sets a variant apart, in one line; none for a product that comes in one kind. */
export const labelOf = ({ options }: Pick<VariantWords, 'options'>): string | undefined =>
  options.length === 0 ? undefined : options.map(({ value }) => value).join(' · ');

/** How many steps of a sales unit its price buys: a piece, a kilogram, a metre. */
export const priceStepsOf: Readonly<Record<SalesUnit, number>> = { each: 1, gram: 1_000, millimetre: 1_000 };

/** What one gram or one millimetre weighs and fills, as couriers reckon. Grams and cubic centimetres. */
export const burdenOfStep = { weightGrams: 1, volumeCm3: 2 } as const;
