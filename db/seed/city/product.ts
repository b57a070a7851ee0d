import type { SalesUnit } from '@/lib/kernel';

export type Maker = { readonly name: string; readonly address: string; readonly email: string };

export type SeedVariant = {
  readonly key: string;
  readonly label: string | undefined;
  readonly attributes: Readonly<Record<string, string>>;
};

/** A product of the demo city before it meets a shop. Money in cents with VAT, weights in grams. */
export type SeedProduct = {
  readonly key: string;
  readonly leaf: string;
  readonly title: string;
  readonly keyAttribute: string | undefined;
  readonly brand: string | undefined;
  readonly attributes: Readonly<Record<string, string>>;
  readonly basePriceMinor: number;
  /** True where all shops ask the same: books (fixed by law) and shelf prices printed by hand. */
  readonly hasFixedPrice: boolean;
  readonly priceSteps: number;
  readonly salesUnit: SalesUnit;
  readonly weightGrams: number;
  readonly volumeCm3: number;
  readonly net: { readonly amount: number; readonly unit: 'g' | 'ml' | 'mm' } | undefined;
  readonly maker: Maker | undefined;
  readonly gtin: string | undefined;
  readonly vatCategory: string;
  readonly condition: 'new' | 'used' | 'refurbished';
  /** Second hand and studio work: only one shop has it, mostly one piece. */
  readonly isOneOff: boolean;
  readonly source: string;
  readonly licence: string;
  readonly variants: readonly SeedVariant[];
};

export const singleVariant: readonly SeedVariant[] = [{ key: '', label: undefined, attributes: {} }];

/** Rough room a thing takes, for couriers and parcels: packed goods weigh about half a gram a cubic centimetre. */
export const volumeOf = (weightGrams: number): number => Math.max(20, Math.round(weightGrams * 2.2));
