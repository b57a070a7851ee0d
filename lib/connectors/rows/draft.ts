import type { Responsible } from '@/lib/catalogue';
import type { Gtin } from '@/lib/kernel';
import type { NetContent } from './amounts';

/** Why one row cannot be taken over. Codes, for `lib/texts` to put into words. */
export type RowReason =
  | 'title-missing'
  | 'gtin-unknown'
  | 'price-missing'
  | 'price-unreadable'
  | 'price-not-positive'
  | 'price-currency'
  | 'parent-missing'
  | 'same-code-twice'
  | 'cell-too-long'
  | 'sold-elsewhere'
  | 'empty-record'
  | 'not-a-product-file';

/** A row that stays out, with the cell that is the cause. */
export type RejectedRow = { readonly row: number; readonly reason: RowReason; readonly value?: string };

/** What was understood but deserves a look. */
export type RowRemark =
  | 'gtin-wrong'
  | 'gtin-lost-digits'
  | 'quantity-unreadable'
  | 'quantity-negative'
  | 'code-completed'
  | 'not-published'
  | 'grouped-left-out'
  | 'download'
  | 'vat-assumed'
  | 'sale-price-used'
  | 'text-cut';

export type OptionPair = { readonly name: string; readonly value: string };

/** One variant a shop offers, as its file tells: everything needed to make or change a product, a variant, an offer and a count. */
export type Draft = {
  readonly row: number;
  /** Rows with the same key are variants of one product. */
  readonly productKey: string;
  /** Empty where only the bar code is given: whoever takes the draft over finds the title by it. */
  readonly title: string;
  readonly label: string | undefined;
  readonly options: readonly OptionPair[];
  readonly brand: string | undefined;
  readonly description: string | undefined;
  readonly category: string | undefined;
  readonly gtin: Gtin | undefined;
  readonly sku: string;
  /** With VAT, in cents of the city's currency. */
  readonly priceMinor: number;
  readonly vatRateBps: number | undefined;
  readonly quantity: number | undefined;
  readonly weightGrams: number | undefined;
  readonly netContent: NetContent | undefined;
  readonly images: readonly string[];
  readonly isActive: boolean;
  readonly condition: 'new' | 'used' | 'refurbished';
  readonly manufacturer: Responsible | undefined;
  readonly responsiblePerson: Responsible | undefined;
  readonly warnings: string | undefined;
  readonly attributes: Readonly<Record<string, string>>;
  readonly shelf: string | undefined;
};
