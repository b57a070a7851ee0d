/* Generated from /api/v1/openapi.json by the test of the document (`vitest -u` writes it anew). */
/* oxlint-disable max-lines */

export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly kind: string;
  readonly requestId: string;
  readonly errors?: readonly ({
    readonly field: string;
    readonly message: string;
  })[];
  readonly [member: string]: unknown;
};

export type Key = {
  readonly keyId: string;
  readonly scopes: readonly ("shops:read" | "shops:write" | "catalogue:read" | "catalogue:write" | "stock:read" | "stock:write" | "orders:read" | "orders:write" | "webhooks:manage")[];
  readonly shops: readonly ({
    readonly shopId: string;
    readonly slug: string;
    readonly name: string;
  })[];
};

export type Shop = {
  readonly shopId: string;
  readonly slug: string;
  readonly name: string;
  readonly trade: string;
  readonly street: string;
  readonly postcode: string;
  readonly town: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly phone: string;
  readonly timeZone: string;
  readonly level: "window" | "reserve" | "sell";
  readonly takesOrders: boolean;
  readonly pausedUntil: string | null;
  readonly isOpen: boolean;
  readonly changesAt: string | null;
  readonly preparationMinutes: number;
  readonly capacityPerHour: number;
  readonly acceptanceMinutes: number;
};

export type Hours = {
  readonly openingHours: string;
  readonly timeZone: string;
  readonly open: readonly ({
    readonly from: string;
    readonly to: string;
  })[];
};

export type Product = {
  readonly listingId: string;
  readonly title: string;
  readonly brand: unknown;
  readonly description: unknown;
  readonly gtin: unknown;
  readonly salesUnit: "each" | "gram" | "millimetre";
  readonly attributes: readonly ({
    readonly name: string;
    readonly value: string;
  })[];
  readonly department: readonly string[];
  readonly minimumAge: number | null;
  readonly source: string;
  readonly licence: string;
};

export type ShopOffers = {
  readonly data: readonly ShopOffer[];
  readonly nextCursor: unknown;
};

export type ShopOffer = {
  readonly offerId: string;
  readonly listingId: string;
  readonly title: string;
  readonly gtin: unknown;
  readonly merchantSku: string;
  readonly priceMinor: number;
  readonly priceSteps: number;
  readonly currency: string;
  readonly salesUnit: "each" | "gram" | "millimetre";
  readonly condition: "new" | "used" | "refurbished";
  readonly vatCategory: string;
  readonly shelf: unknown;
  readonly isActive: boolean;
  readonly updatedAt: string;
};

export type StockFigures = {
  readonly data: readonly StockFigure[];
  readonly nextCursor: unknown;
};

export type StockFigure = {
  readonly offerId: string;
  readonly merchantSku: string;
  readonly onHand: number;
  readonly reserved: number;
  readonly allocated: number;
  readonly safetyStock: number;
  readonly available: number;
  readonly asOf: string;
  readonly confidence: "confirmed" | "likely" | "check";
};

export type RecordedStock = {
  readonly offerId: string;
  readonly onHand: number;
  readonly missing: number;
};

export type RecordedLines = {
  readonly recorded: number;
  readonly repeated: number;
  readonly rejected: readonly ({
    readonly line: number;
    readonly kind: string;
    readonly errors?: readonly ({
      readonly field: string;
      readonly message: string;
    })[];
  })[];
  readonly missing: readonly ({
    readonly offerId: string;
    readonly missing: number;
  })[];
};

export type SubOrders = {
  readonly data: readonly SubOrderCard[];
  readonly nextCursor: unknown;
};

export type SubOrderCard = {
  readonly subOrderId: string;
  readonly number: string;
  readonly state: "placed" | "offered" | "accepted" | "preparing" | "ready" | "despatched" | "handed-over" | "delivered" | "expired" | "refused" | "unanswered" | "cancelled" | "uncollected";
  readonly shopperName: string;
  readonly method: "pickup" | "courier" | "parcel";
  readonly lineCount: number;
  readonly pickedLines: number;
  readonly totalMinor: number;
  readonly currency: string;
  readonly acceptBy: string | null;
  readonly promisedFrom: string;
  readonly promisedTo: string | null;
  readonly keptUntil: string | null;
  readonly bag: unknown;
  readonly minimumAge: number | null;
};

export type SubOrder = {
  readonly subOrderId: string;
  readonly number: string;
  readonly state: "placed" | "offered" | "accepted" | "preparing" | "ready" | "despatched" | "handed-over" | "delivered" | "expired" | "refused" | "unanswered" | "cancelled" | "uncollected";
  readonly shopperName: string;
  readonly method: "pickup" | "courier" | "parcel";
  readonly lineCount: number;
  readonly pickedLines: number;
  readonly totalMinor: number;
  readonly currency: string;
  readonly acceptBy: string | null;
  readonly promisedFrom: string;
  readonly promisedTo: string | null;
  readonly keptUntil: string | null;
  readonly bag: unknown;
  readonly minimumAge: number | null;
  readonly orderNumber: string;
  readonly placedAt: string;
  readonly lines: readonly SubOrderLine[];
  readonly deliveryMinor: number;
  readonly phone: unknown;
  readonly address: unknown;
  readonly refusalReason: unknown;
  readonly allowed: readonly string[];
  readonly history: readonly ({
    readonly event: string;
    readonly to: "placed" | "offered" | "accepted" | "preparing" | "ready" | "despatched" | "handed-over" | "delivered" | "expired" | "refused" | "unanswered" | "cancelled" | "uncollected";
    readonly at: string;
    readonly by: string;
  })[];
};

export type SubOrderLine = {
  readonly lineId: string;
  readonly listingId: string;
  readonly title: string;
  readonly keyAttribute: unknown;
  readonly shelf: unknown;
  readonly quantity: number;
  readonly pickedQuantity: number | null;
  readonly salesUnit: "each" | "gram" | "millimetre";
  readonly totalMinor: number;
  readonly minimumAge: number | null;
};

export type SubOrderState = {
  readonly subOrderId: string;
  readonly number: string;
  readonly state: "placed" | "offered" | "accepted" | "preparing" | "ready" | "despatched" | "handed-over" | "delivered" | "expired" | "refused" | "unanswered" | "cancelled" | "uncollected";
};

export type Operations = {
  /** What the key that asks may do, and in which shops. */
  readonly getKey: {  readonly answer: Key };
  /** One shop: where it is, whether it is open and takes orders. */
  readonly getShop: { readonly params: { readonly shopId: string; }; readonly answer: Shop };
  /** The switch on the counter: whether the shop takes new orders. */
  readonly changeShop: { readonly params: { readonly shopId: string; }; readonly body: {
  readonly takesOrders: boolean;
}; readonly answer: {
  readonly takesOrders: boolean;
} };
  /** When the shop is open in the coming two weeks, holidays and closures taken out. */
  readonly getHours: { readonly params: { readonly shopId: string; }; readonly answer: Hours };
  /** Closes the shop from now until a moment, against its usual hours. */
  readonly closeShop: { readonly params: { readonly shopId: string; }; readonly body: {
  readonly until: string;
  readonly reason?: string;
}; readonly answer: {
  readonly until: string;
} };
  /** The product of the commons with a barcode. */
  readonly findProduct: { readonly query: { readonly gtin: string; readonly locale?: "fr" | "en"; }; readonly answer: Product };
  /** What the shop sells, a page at a time. */
  readonly listOffers: { readonly params: { readonly shopId: string; }; readonly query?: { readonly limit?: number; readonly cursor?: string; readonly merchantSku?: string; readonly gtin?: string; }; readonly answer: ShopOffers };
  /** Puts a thing of the commons on sale under the shop’s own code; the same code again changes price, shelf and condition. */
  readonly saveOffer: { readonly params: { readonly shopId: string; }; readonly body: {
  readonly of: {
    readonly listingId: string;
  } | {
    readonly gtin: string;
  };
  readonly merchantSku: string;
  readonly priceMinor: number;
  readonly condition?: "new" | "used" | "refurbished";
  readonly shelf?: string;
}; readonly answer: {
  readonly offerId: string;
  readonly isNew: boolean;
} };
  /** One offer of the shop. */
  readonly getOffer: { readonly params: { readonly shopId: string; readonly offerId: string; }; readonly answer: ShopOffer };
  /** Changes the price, the shelf, or whether it is sold. */
  readonly changeOffer: { readonly params: { readonly shopId: string; readonly offerId: string; }; readonly body: {
  readonly priceMinor?: number;
  readonly shelf?: string | null;
  readonly isActive?: boolean;
}; readonly answer: {
  readonly offerId: string;
} };
  /** The figures of the shop’s own shelf, a page at a time. */
  readonly listStock: { readonly params: { readonly shopId: string; }; readonly query?: { readonly limit?: number; readonly cursor?: string; }; readonly answer: StockFigures };
  /** Up to 10,000 counts and changes at once, one JSON object a line. */
  readonly recordStockLines: { readonly params: { readonly shopId: string; }; readonly body: string; readonly answer: RecordedLines };
  /** The figure of one offer. */
  readonly getStock: { readonly params: { readonly shopId: string; readonly offerId: string; }; readonly answer: StockFigure };
  /** What happened on the shelf: a count at a moment, or a change since. */
  readonly recordStock: { readonly params: { readonly shopId: string; readonly offerId: string; }; readonly body: {
  readonly kind: "count";
  readonly counted: number;
  readonly asOf: string;
} | {
  readonly kind: "change";
  readonly delta: number;
  readonly reason?: "counter-sale" | "correction" | "delivery" | "returned" | "missing";
  readonly occurredAt: string;
}; readonly answer: RecordedStock };
  /** The shop’s sub-orders, oldest first, a page at a time. */
  readonly listOrders: { readonly params: { readonly shopId: string; }; readonly query?: { readonly limit?: number; readonly cursor?: string; readonly state?: "placed" | "offered" | "accepted" | "preparing" | "ready" | "despatched" | "handed-over" | "delivered" | "expired" | "refused" | "unanswered" | "cancelled" | "uncollected"; readonly changedSince?: string; }; readonly answer: SubOrders };
  /** One sub-order with its lines, its story and what may be done now. */
  readonly getOrder: { readonly params: { readonly shopId: string; readonly subOrderId: string; }; readonly answer: SubOrder };
  /** The shop takes it on. */
  readonly acceptOrder: { readonly params: { readonly shopId: string; readonly subOrderId: string; }; readonly answer: SubOrderState };
  /** The shop cannot serve; the reason corrects the stock record. */
  readonly refuseOrder: { readonly params: { readonly shopId: string; readonly subOrderId: string; }; readonly body: {
  readonly reason: "missing" | "damaged" | "closing" | "overloaded" | "other";
  readonly note?: string;
  readonly missingLineIds?: readonly string[];
}; readonly answer: SubOrderState };
  /** Somebody begins to pick. */
  readonly startOrder: { readonly params: { readonly shopId: string; readonly subOrderId: string; }; readonly answer: SubOrderState };
  /** A line was taken from the shelf; null takes it back. */
  readonly pickLine: { readonly params: { readonly shopId: string; readonly subOrderId: string; readonly lineId: string; }; readonly body: {
  readonly pickedQuantity: number | null;
}; readonly answer: {
  readonly lineId: string;
  readonly subOrderId: string;
  readonly pickedQuantity: number | null;
} };
  /** Everything is in the bag: the shopper is told. */
  readonly readyOrder: { readonly params: { readonly shopId: string; readonly subOrderId: string; }; readonly body: {
  readonly bag?: string;
  readonly withMissing?: boolean;
}; readonly answer: SubOrderState };
  /** The goods change hands, with a proof. */
  readonly handOverOrder: { readonly params: { readonly shopId: string; readonly subOrderId: string; }; readonly body: {
  readonly proof: {
    readonly pass: string;
  } | {
    readonly name: string;
    readonly lastDigits: string;
  };
  readonly ageChecked?: boolean;
}; readonly answer: SubOrderState };
  /** The courier or the carrier took it. */
  readonly despatchOrder: { readonly params: { readonly shopId: string; readonly subOrderId: string; }; readonly answer: SubOrderState };
  /** It reached the shopper. */
  readonly deliverOrder: { readonly params: { readonly shopId: string; readonly subOrderId: string; }; readonly answer: SubOrderState };
  /** Nobody came for it, or it came back. */
  readonly giveUpOrder: { readonly params: { readonly shopId: string; readonly subOrderId: string; }; readonly answer: SubOrderState };
};

export const places = {
  getKey: { method: 'GET', path: '/key' },
  getShop: { method: 'GET', path: '/shops/{shopId}' },
  changeShop: { method: 'PATCH', path: '/shops/{shopId}' },
  getHours: { method: 'GET', path: '/shops/{shopId}/hours' },
  closeShop: { method: 'POST', path: '/shops/{shopId}/closures' },
  findProduct: { method: 'GET', path: '/products' },
  listOffers: { method: 'GET', path: '/shops/{shopId}/offers' },
  saveOffer: { method: 'POST', path: '/shops/{shopId}/offers' },
  getOffer: { method: 'GET', path: '/shops/{shopId}/offers/{offerId}' },
  changeOffer: { method: 'PATCH', path: '/shops/{shopId}/offers/{offerId}' },
  listStock: { method: 'GET', path: '/shops/{shopId}/stock' },
  recordStockLines: { method: 'POST', path: '/shops/{shopId}/stock', isLines: true },
  getStock: { method: 'GET', path: '/shops/{shopId}/stock/{offerId}' },
  recordStock: { method: 'POST', path: '/shops/{shopId}/stock/{offerId}' },
  listOrders: { method: 'GET', path: '/shops/{shopId}/orders' },
  getOrder: { method: 'GET', path: '/shops/{shopId}/orders/{subOrderId}' },
  acceptOrder: { method: 'POST', path: '/shops/{shopId}/orders/{subOrderId}/accept' },
  refuseOrder: { method: 'POST', path: '/shops/{shopId}/orders/{subOrderId}/refuse' },
  startOrder: { method: 'POST', path: '/shops/{shopId}/orders/{subOrderId}/start' },
  pickLine: { method: 'POST', path: '/shops/{shopId}/orders/{subOrderId}/lines/{lineId}/pick' },
  readyOrder: { method: 'POST', path: '/shops/{shopId}/orders/{subOrderId}/ready' },
  handOverOrder: { method: 'POST', path: '/shops/{shopId}/orders/{subOrderId}/hand-over' },
  despatchOrder: { method: 'POST', path: '/shops/{shopId}/orders/{subOrderId}/despatch' },
  deliverOrder: { method: 'POST', path: '/shops/{shopId}/orders/{subOrderId}/delivered' },
  giveUpOrder: { method: 'POST', path: '/shops/{shopId}/orders/{subOrderId}/uncollected' },
} as const;

