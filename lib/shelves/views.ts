import type { DeliveryId, Instant, OfferId, ShelfCheckId, ShopId, StockTransferId, SubOrderId } from '@/lib/kernel';

/** What a shopper reads of a check: somebody is asked, or has answered. `quantity` only where it was counted. */
export type ShelfCheckView = {
  readonly offerId: OfferId;
  readonly state: 'asked' | 'found' | 'gone' | 'expired';
  readonly quantity: number | undefined;
  readonly askedAt: Instant;
  readonly expiresAt: Instant;
  readonly answeredAt: Instant | undefined;
};

/** A question on the shop's desk. */
export type OpenCheckView = {
  readonly checkId: ShelfCheckId;
  readonly offerId: OfferId;
  readonly title: string;
  readonly keyAttribute: string | undefined;
  readonly shelf: string | undefined;
  readonly onRecord: number;
  readonly askedAt: Instant;
  readonly expiresAt: Instant;
};

export type DeliveryView = {
  readonly deliveryId: DeliveryId;
  readonly offerId: OfferId;
  readonly title: string;
  readonly merchantSku: string;
  readonly quantity: number;
  readonly expectedAt: Instant;
  readonly isLate: boolean;
};

/** The next units of an offer that are on their way. */
export type FutureStockView = {
  readonly offerId: OfferId;
  readonly shopId: ShopId;
  readonly shopName: string;
  readonly quantity: number;
  readonly expectedAt: Instant;
};

export type TransferView = {
  readonly transferId: StockTransferId;
  readonly direction: 'out' | 'in';
  readonly title: string;
  readonly otherShop: string;
  readonly quantity: number;
  readonly sentQuantity: number | undefined;
  readonly receivedQuantity: number | undefined;
  readonly state: 'requested' | 'declined' | 'sent' | 'received' | 'cancelled';
  readonly requestedAt: Instant;
  /** Carried for a part of an order, and until when it must have left. */
  readonly forOrder: { readonly number: string; readonly sendBy: Instant } | undefined;
};

/** Units another shop of the network waits for, because a shopper does. */
export type CarriedView = {
  readonly transferId: StockTransferId;
  readonly subOrderId: SubOrderId;
  readonly offerId: OfferId;
  readonly merchantSku: string;
  readonly title: string;
  readonly quantity: number;
  readonly toShop: string;
  readonly number: string;
  readonly sendBy: Instant;
};

/** A shop of the same network that has the thing, for a request. */
export type TransferSourceView = {
  readonly shopId: ShopId;
  readonly shopName: string;
  readonly offerId: OfferId;
  readonly title: string;
  readonly available: number;
};

/** What a shop withholds: one row per department it sells in, and one for all others (without `categoryId`). */
export type SafetyRuleView = {
  readonly categoryId: string | undefined;
  readonly name: { readonly fr: string; readonly en: string } | undefined;
  readonly offers: number;
  readonly safetyStock: number;
  readonly routingSafetyStock: number;
  readonly isOwn: boolean;
};
