import type { SalesUnit } from '@/lib/kernel';
import { slugOf } from '@/lib/kernel';

/** A maker, or whoever answers for a thing: GPSR article 19 wants all three shown. */
export type Responsible = { readonly name: string; readonly address: string; readonly email: string };

/** What a shop's file tells of one variant, as far as the commons and the shop's offer care. Prices in cents with VAT. */
export type OfferDraft = {
  readonly productKey: string;
  readonly title: string;
  readonly label: string | undefined;
  readonly options: readonly { readonly name: string; readonly value: string }[];
  readonly brand: string | undefined;
  readonly description: string | undefined;
  readonly category: string | undefined;
  readonly gtin: string | undefined;
  readonly sku: string;
  readonly priceMinor: number;
  readonly vatRateBps: number | undefined;
  readonly weightGrams: number | undefined;
  readonly netContent: { readonly amount: number; readonly unit: 'g' | 'ml' | 'mm' } | undefined;
  readonly isActive: boolean;
  readonly condition: 'new' | 'used' | 'refurbished';
  readonly manufacturer: Responsible | undefined;
  /** Who answers for it in the Union, where the manufacturer sits outside it. */
  readonly responsiblePerson: Responsible | undefined;
  readonly warnings: string | undefined;
  readonly attributes: Readonly<Record<string, string>>;
  readonly shelf: string | undefined;
};

/** A draft that says nothing yet: whoever knows a title, a code and a price lays them over it. */
export const emptyDraft: OfferDraft = {
  productKey: '',
  title: '',
  label: undefined,
  options: [],
  brand: undefined,
  description: undefined,
  category: undefined,
  gtin: undefined,
  sku: '',
  priceMinor: 0,
  vatRateBps: undefined,
  weightGrams: undefined,
  netContent: undefined,
  isActive: true,
  condition: 'new',
  manufacturer: undefined,
  responsiblePerson: undefined,
  warnings: undefined,
  attributes: {},
  shelf: undefined,
};

/** Pieces are what files speak of; goods by weight are listed by hand. */
export const DRAFT_UNIT: SalesUnit = 'each';

/** "Crème brûlée, 4 × 100 g" → "creme-brulee-4-100-g"; at most 80 characters, never empty. */
export function slugOfTitle(title: string): string {
  return slugOf(title) || 'article';
}

/** The one line under a title: what it contains, else what sets it apart. */
export function keyAttributeOf({ netContent, label }: Pick<OfferDraft, 'netContent' | 'label'>): string | undefined {
  if (label !== undefined) return label;
  if (netContent === undefined) return undefined;
  const { amount, unit } = netContent;
  const inFrench = (value: number): string => String(value).replace('.', ',');
  if (amount >= 1_000) return `${inFrench(amount / 1_000)} ${unit === 'g' ? 'kg' : unit === 'ml' ? 'l' : 'm'}`;
  return unit === 'ml' && amount % 10 === 0 ? `${amount / 10} cl` : `${amount} ${unit}`;
}

const UNKNOWN_GRAMS = 500;

/** What couriers and parcels reckon with: weighed, else guessed from the content, else half a kilogram. Grams and cubic centimetres. */
export function burdenOf({ weightGrams, netContent }: Pick<OfferDraft, 'weightGrams' | 'netContent'>): {
  readonly weightGrams: number;
  readonly volumeCm3: number;
} {
  const byContent = netContent === undefined || netContent.unit === 'mm' ? undefined : Math.round(netContent.amount * 1.2);
  const grams = Math.min(weightGrams ?? byContent ?? UNKNOWN_GRAMS, 200_000);
  return { weightGrams: grams, volumeCm3: Math.max(20, Math.round(grams * 2.2)) };
}
