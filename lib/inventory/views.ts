import type { Instant, ListingId, OfferId, SalesUnit } from '@/lib/kernel';
import type { ConfidenceWord } from '@/lib/oms';

/** One row of a shop's shelf: what is there, what of it is spoken for, and how far the figure is to be believed. */
export type ShopStockView = {
  readonly offerId: OfferId;
  readonly listingId: ListingId;
  readonly title: string;
  readonly keyAttribute: string | undefined;
  readonly merchantSku: string;
  readonly gtin: string | undefined;
  readonly shelf: string | undefined;
  readonly glyph: string;
  readonly family: string;
  readonly salesUnit: SalesUnit;
  readonly onHand: number;
  readonly reserved: number;
  readonly allocated: number;
  readonly available: number;
  readonly asOf: Instant;
  readonly confidence: ConfidenceWord;
  readonly isActive: boolean;
};
