import type { Instant, ListingId, OfferId, SalesUnit, StockLocationId } from '@/lib/kernel';
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

/** One offer's stock as the city sees it: places, facts and claims. */
export type ShelfRecordView = {
  readonly title: string;
  readonly shopName: string;
  readonly shopSlug: string;
  readonly places: readonly {
    readonly locationId: StockLocationId;
    readonly place: string;
    readonly onHand: number;
    readonly reserved: number;
    readonly allocated: number;
    readonly safetyStock: number;
    readonly available: number;
    readonly asOf: Instant;
    readonly lookedAt: Instant | undefined;
    readonly staleSince: Instant | undefined;
    readonly grade: string;
    readonly confidence: ConfidenceWord;
    readonly confidenceBps: number;
    readonly found: number;
    readonly missed: number;
  }[];
  readonly movements: readonly {
    readonly id: string;
    readonly kind: 'count' | 'change';
    readonly quantity: number;
    readonly reason: string;
    readonly source: string;
    readonly occurredAt: Instant;
    readonly receivedAt: Instant;
    readonly locationId: StockLocationId;
  }[];
  readonly claims: readonly {
    readonly id: string;
    readonly quantity: number;
    readonly isPaid: boolean;
    readonly expiresAt: Instant | undefined;
    readonly createdAt: Instant;
  }[];
};
