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

export type OwnProduct = {
  readonly title: string;
  readonly brand: unknown;
  readonly description: unknown;
  readonly categoryId: string;
  readonly vatRateBps: number | null;
  readonly salesUnit: "each" | "gram" | "millimetre";
  readonly condition: "new" | "used" | "refurbished";
  readonly shelf: unknown;
  readonly isShared: boolean;
  readonly source: string;
  readonly licence: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly manufacturer: {
    readonly name?: string;
    readonly address?: string;
    readonly email?: string;
  } | null;
  readonly responsiblePerson: {
    readonly name?: string;
    readonly address?: string;
    readonly email?: string;
  } | null;
  readonly warnings: unknown;
  readonly variants: readonly ({
    readonly offerId: string;
    readonly options: readonly ({
      readonly name: string;
      readonly value: string;
    })[];
    readonly gtin: unknown;
    readonly merchantSku: string;
    readonly priceMinor: number;
    readonly priceSteps: number;
    readonly content: {
      readonly amount: number;
      readonly unit: "g" | "ml" | "mm";
    } | null;
    readonly isActive: boolean;
    readonly isPublic: boolean;
    readonly missing: readonly string[];
  })[];
  readonly pictures: readonly ({
    readonly pictureKey: string;
    readonly isOwn: boolean;
    readonly path: string;
  })[];
};

export type Pictures = {
  readonly pictures: readonly ({
    readonly pictureKey: string;
    readonly isOwn: boolean;
    readonly path: string;
  })[];
};

export type Import = {
  readonly importId: string;
  readonly fileName: string;
  readonly state: "staged" | "checked" | "applying" | "done" | "undoing" | "undone";
  readonly rows: number;
  readonly counts: {
    readonly new: number;
    readonly changed: number;
    readonly unchanged: number;
    readonly rejected: number;
  } | null;
  readonly createdAt: string;
  readonly undoUntil: string | null;
  readonly columns: readonly ({
    readonly heading: string;
    readonly field: unknown;
  })[];
  readonly rejected: readonly ({
    readonly row: number;
    readonly reason: string;
    readonly value: unknown;
  })[];
  readonly warnings: readonly ({
    readonly code: string;
    readonly count: number;
    readonly rows: readonly number[];
  })[];
  readonly progress: number;
  readonly pictures: {
    readonly named: number;
    readonly waiting: number;
    readonly kept: number;
    readonly spared: number;
    readonly failed: readonly ({
      readonly reason: string;
      readonly count: number;
      readonly address: string;
    })[];
  };
};

export type Imports = {
  readonly data: readonly ({
    readonly importId: string;
    readonly fileName: string;
    readonly state: "staged" | "checked" | "applying" | "done" | "undoing" | "undone";
    readonly rows: number;
    readonly counts: {
      readonly new: number;
      readonly changed: number;
      readonly unchanged: number;
      readonly rejected: number;
    } | null;
    readonly createdAt: string;
    readonly undoUntil: string | null;
  })[];
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

export type Carries = {
  readonly data: readonly Carry[];
};

export type Carry = {
  readonly transferId: string;
  readonly offerId: string;
  readonly merchantSku: string;
  readonly title: string;
  readonly quantity: number;
  readonly toShop: string;
  readonly orderNumber: string;
  readonly sendBy: string;
};

export type CarryState = {
  readonly transferId: string;
  readonly state: "requested" | "declined" | "sent" | "received" | "cancelled";
};

export type Return = {
  readonly returnId: string;
  readonly number: string;
  readonly subOrderId: string;
  readonly orderNumber: string;
  readonly cause: "withdrawal" | "defect" | "exchange";
  readonly remedy: "refund" | "exchange" | "repair" | "replacement";
  readonly state: "stated" | "accepted" | "sent-back" | "received" | "settled" | "refused" | "dropped";
  readonly way: "shop" | "parcel";
  readonly statedAt: string;
  readonly bringBy: string;
  readonly receivedAt: string | null;
  readonly endedAt: string | null;
  readonly origin: string;
  readonly receivedBy: unknown;
  readonly question: unknown;
  readonly refundDueOn: string | null;
  readonly refundedMinor: number;
  readonly currency: string;
  readonly lines: readonly ({
    readonly lineId: string;
    readonly title: string;
    readonly salesUnit: "each" | "gram" | "millimetre";
    readonly quantity: number;
    readonly brought: number | null;
    readonly good: number | null;
    readonly deductionMinor: number;
    readonly destination: "shelf" | "bought" | "home" | "aside" | null;
  })[];
};

export type Webhooks = {
  readonly data: readonly ({
    readonly webhookId: string;
    readonly url: string;
    readonly events: readonly ("order.changed" | "carry.asked" | "stock.changed" | "stock.short" | "shop.switched" | "shop.hours")[];
    readonly createdAt: string;
  })[];
};

export type CreatedWebhook = {
  readonly webhookId: string;
  readonly secret: string;
};

export type WebhookDeliveries = {
  readonly data: readonly WebhookDelivery[];
  readonly nextCursor: unknown;
};

export type WebhookDelivery = {
  readonly deliveryId: string;
  readonly webhookId: string;
  readonly event: string;
  readonly state: "waiting" | "delivered" | "failed";
  readonly attempts: number;
  readonly lastStatus: number | null;
  readonly lastError: unknown;
  readonly createdAt: string;
  readonly lastTriedAt: string | null;
  readonly deliveredAt: string | null;
};

export type ShopRequests = {
  readonly data: readonly ShopRequest[];
};

export type ShopRequest = {
  readonly requestId: string;
  readonly words: string;
  readonly askedAt: string;
  readonly expiresAt: string;
  readonly otherShops: number;
  readonly offered: {
    readonly title: string;
    readonly priceMinor: number;
    readonly quantity: number;
    readonly available: "now" | "tomorrow" | "days";
  } | null;
};

export type RequestAnswer = {
  readonly state: "offered" | "declined";
};

export type AskedRequest = {
  readonly requestToken: string;
  readonly shops: number;
};

export type Request = {
  readonly words: string;
  readonly state: "open" | "accepted" | "closed" | "expired" | "removed";
  readonly askedAt: string;
  readonly expiresAt: string;
  readonly shopsAsked: number;
  readonly shopsSilent: number;
  readonly offers: readonly ({
    readonly shopId: string;
    readonly shopName: string;
    readonly title: string;
    readonly priceMinor: number;
    readonly quantity: number;
    readonly available: "now" | "tomorrow" | "days";
    readonly readyFrom: string | null;
    readonly isAccepted: boolean;
  })[];
};

export type AcceptedOffer = {
  readonly lineId: string;
  readonly title: string;
};

export type ClosedRequest = {
  readonly done: true;
};

export type SearchResults = {
  readonly total: number;
  readonly page: number;
  readonly pages: number;
  readonly repaired: unknown;
  readonly data: readonly Card[];
};

export type Card = {
  readonly listingId: string;
  readonly title: string;
  readonly keyAttribute: unknown;
  readonly offer: {
    readonly offerId: string;
    readonly shopName: string;
    readonly priceMinor: number;
    readonly currency: string;
    readonly quantity: number;
    readonly salesUnit: "each" | "gram" | "millimetre";
    readonly promise: Promise;
  } | null;
  readonly otherShops: number;
};

export type Promise = {
  readonly method: "pickup" | "courier" | "parcel";
  readonly from: string;
  readonly to: string | null;
  readonly keptUntil: string | null;
  readonly certainty: "sure" | "likely" | "late";
  readonly costMinor: number;
};

export type Departments = {
  readonly data: readonly ({
    readonly path: string;
    readonly name: string;
    readonly listings: number;
  })[];
};

export type Listing = {
  readonly listingId: string;
  readonly title: string;
  readonly brand: unknown;
  readonly description: unknown;
  readonly gtin: unknown;
  readonly salesUnit: "each" | "gram" | "millimetre";
  readonly minimumAge: number | null;
  readonly departments: readonly ({
    readonly name: string;
    readonly path: string;
  })[];
  readonly energy: {
    readonly class: string;
    readonly best: string;
    readonly worst: string;
    readonly sheet: unknown;
  } | null;
  readonly source: string;
  readonly licence: string;
  readonly offers: readonly ({
    readonly offerId: string;
    readonly shopId: string;
    readonly shopName: string;
    readonly merchantName: unknown;
    readonly priceMinor: number;
    readonly currency: string;
    readonly quantity: number;
    readonly condition: "new" | "used" | "refurbished";
    readonly available: number;
    readonly stockAsOf: string;
    readonly promises: readonly Promise[];
  })[];
};

export type Addresses = {
  readonly data: readonly ({
    readonly addressId: string;
    readonly label: string;
    readonly latitude: number;
    readonly longitude: number;
  })[];
};

export type StartedBasket = {
  readonly basketToken: string;
};

export type Basket = {
  readonly place: unknown;
  readonly plan: "suggested" | "fewest" | "soonest" | "cheapest" | "greenest" | "walk" | "round";
  readonly plans: readonly ({
    readonly plan: "suggested" | "fewest" | "soonest" | "cheapest" | "greenest" | "walk" | "round";
    readonly isChosen: boolean;
    readonly shopCount: number;
    readonly deliveryMinor: number;
    readonly totalMinor: number;
    readonly differenceMinor: number;
    readonly lastAt: string;
    readonly co2Grams: number;
  })[];
  readonly groups: readonly BasketGroup[];
  readonly problems: readonly ({
    readonly lineId: string;
    readonly title: string;
    readonly reason: string;
    readonly wanted: number;
    readonly available: number;
  })[];
  readonly goodsMinor: number;
  readonly deliveryMinor: number;
  readonly totalMinor: number;
  readonly currency: string;
};

export type BasketGroup = {
  readonly shopId: string;
  readonly shopName: string;
  readonly merchantName: string;
  readonly promise: Promise;
  readonly methods: readonly Promise[];
  readonly goodsMinor: number;
  readonly deliveryMinor: number;
  readonly totalMinor: number;
  readonly lines: readonly ({
    readonly lineId: string;
    readonly listingId: string;
    readonly offerId: string;
    readonly title: string;
    readonly quantity: number;
    readonly salesUnit: "each" | "gram" | "millimetre";
    readonly unitPriceMinor: number;
    readonly priceSteps: number;
    readonly totalMinor: number;
    readonly formerUnitPriceMinor: number | null;
    readonly movedFromShop: unknown;
    readonly shopChosen: boolean;
    readonly minimumAge: number | null;
  })[];
};

export type Done = {
  readonly done: true;
};

export type HeldBasket = {
  readonly heldUntil: string;
  readonly totalMinor: number;
  readonly goodsMinor: number;
  readonly deliveryMinor: number;
  readonly currency: string;
  readonly needsAddress: boolean;
  readonly parts: readonly ({
    readonly shopId: string;
    readonly promise: {
      readonly method: "pickup" | "courier" | "parcel";
      readonly from: string;
      readonly to: string | null;
      readonly keptUntil: string | null;
      readonly costMinor: number;
    };
    readonly goodsMinor: number;
    readonly totalMinor: number;
  })[];
};

export type BroughtVoucher = {
  readonly voucherId: string;
};

export type Tenders = {
  readonly vouchers: readonly ({
    readonly voucherId: string;
    readonly name: string;
    readonly issuer: string;
    readonly codeEnd: string;
    readonly paysMinor: number;
    readonly leftMinor: number;
  })[];
  readonly paidMinor: number;
  readonly cardMinor: number;
};

export type VoucherBalance = {
  readonly name: string;
  readonly issuer: string;
  readonly kind: "voucher" | "gift-card" | "employer-card" | "local-currency" | "loyalty";
  readonly codeEnd: string;
  readonly state: "usable" | "blocked" | "expired" | "not-yet";
  readonly balanceMinor: number;
  readonly reservedMinor: number;
  readonly currency: string;
  readonly validUntil: string;
};

export type PlacedOrder = {
  readonly orderToken: string;
  readonly number: string;
};

export type TrackedOrder = {
  readonly number: string;
  readonly state: "unpaid" | "waiting" | "in-progress" | "ready" | "completed" | "undecided" | "ended" | "expired";
  readonly placedAt: string;
  readonly paidAt: string | null;
  readonly payBy: string;
  readonly totalMinor: number;
  readonly deliveryMinor: number;
  readonly refundedMinor: number;
  readonly currency: string;
  readonly subOrders: readonly TrackedSubOrder[];
};

export type TrackedSubOrder = {
  readonly subOrderId: string;
  readonly number: string;
  readonly state: "placed" | "offered" | "accepted" | "preparing" | "ready" | "despatched" | "handed-over" | "delivered" | "expired" | "refused" | "unanswered" | "cancelled" | "uncollected";
  readonly step: number;
  readonly hasEnded: boolean;
  readonly shop: {
    readonly name: string;
    readonly street: string;
    readonly postcode: string;
    readonly town: string;
    readonly phone: string;
  };
  readonly method: "pickup" | "courier" | "parcel";
  readonly promisedFrom: string;
  readonly promisedTo: string | null;
  readonly keptUntil: string | null;
  readonly isLate: boolean;
  readonly pickupCode: unknown;
  readonly canCancel: boolean;
  readonly goodsMinor: number;
  readonly deliveryMinor: number;
  readonly totalMinor: number;
  readonly lines: readonly ({
    readonly title: string;
    readonly quantity: number;
    readonly pickedQuantity: number | null;
    readonly salesUnit: "each" | "gram" | "millimetre";
    readonly totalMinor: number;
  })[];
};

export type PaymentOutcome = {
  readonly state: "authorised" | "challenge" | "processing";
};

export type Payment = {
  readonly number: string;
  readonly state: "open" | "challenge" | "declined" | "authorised" | "expired";
  readonly totalMinor: number;
  readonly dueMinor: number;
  readonly currency: string;
  readonly payBy: string;
  readonly shops: readonly string[];
  readonly provider: "demo" | "stripe" | "none";
  readonly method: "card" | "bank-transfer";
  readonly methods: readonly ("card" | "bank-transfer")[];
  readonly transfer?: BankTransfer;
};

export type BankTransfer = {
  readonly beneficiary: string;
  readonly iban: string;
  readonly bic: string;
  readonly reference: string;
  readonly arrivedMinor: number;
  readonly missingMinor: number;
  readonly code?: string;
};

export type StartedReturn = {
  readonly number: string;
  readonly returnToken: string;
  readonly statedAt: string;
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
  /** The usual week anew, a line a day; exceptional days stay. */
  readonly setHours: { readonly params: { readonly shopId: string; }; readonly body: {
  readonly week: {
    readonly Mo: string;
    readonly Tu: string;
    readonly We: string;
    readonly Th: string;
    readonly Fr: string;
    readonly Sa: string;
    readonly Su: string;
  };
  readonly holidaysOff: boolean;
}; readonly answer: {
  readonly openingHours: string;
} };
  /** Closes the shop from now until a moment, against its usual hours. */
  readonly closeShop: { readonly params: { readonly shopId: string; }; readonly body: {
  readonly until: string;
  readonly reason?: string;
}; readonly answer: {
  readonly until: string;
} };
  /** Other hours on one day to come; an empty line is closed all day. */
  readonly setExceptionalDay: { readonly params: { readonly shopId: string; readonly date: string; }; readonly body: {
  readonly line: string;
}; readonly answer: {
  readonly openingHours: string;
} };
  /** The usual hours hold again on that day. */
  readonly dropExceptionalDay: { readonly params: { readonly shopId: string; readonly date: string; }; readonly answer: {
  readonly openingHours: string;
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
  /** Writes a product with its variants and prices; its page is shown once it lacks nothing the law asks. */
  readonly addProduct: { readonly params: { readonly shopId: string; }; readonly body: {
  readonly title: string;
  readonly brand?: string;
  readonly description?: string;
  readonly categoryId: string;
  readonly vatRateBps?: number;
  readonly salesUnit?: "each" | "gram" | "millimetre";
  readonly condition?: "new" | "used" | "refurbished";
  readonly shelf?: string;
  readonly labels?: string;
  readonly manufacturer?: {
    readonly name: string;
    readonly address: string;
    readonly email: string;
  };
  readonly responsiblePerson?: {
    readonly name: string;
    readonly address: string;
    readonly email: string;
  };
  readonly warnings?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly variants: readonly ({
    readonly offerId?: string;
    readonly options?: readonly ({
      readonly name: string;
      readonly value: string;
    })[];
    readonly gtin?: string;
    readonly merchantSku?: string;
    readonly priceMinor: number;
    readonly content?: {
      readonly amount: number;
      readonly unit: "g" | "ml" | "mm";
    };
    readonly isActive?: boolean;
  })[];
}; readonly answer: OwnProduct };
  /** The product one of the shop’s offers belongs to, as its form shows it. */
  readonly getProduct: { readonly params: { readonly shopId: string; readonly offerId: string; }; readonly answer: OwnProduct };
  /** Writes the product anew; one that other shops sell too is completed only, and variants that are left out stay as they are. */
  readonly changeProduct: { readonly params: { readonly shopId: string; readonly offerId: string; }; readonly body: {
  readonly title: string;
  readonly brand?: string;
  readonly description?: string;
  readonly categoryId: string;
  readonly vatRateBps?: number;
  readonly salesUnit?: "each" | "gram" | "millimetre";
  readonly condition?: "new" | "used" | "refurbished";
  readonly shelf?: string;
  readonly labels?: string;
  readonly manufacturer?: {
    readonly name: string;
    readonly address: string;
    readonly email: string;
  };
  readonly responsiblePerson?: {
    readonly name: string;
    readonly address: string;
    readonly email: string;
  };
  readonly warnings?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly variants: readonly ({
    readonly offerId?: string;
    readonly options?: readonly ({
      readonly name: string;
      readonly value: string;
    })[];
    readonly gtin?: string;
    readonly merchantSku?: string;
    readonly priceMinor: number;
    readonly content?: {
      readonly amount: number;
      readonly unit: "g" | "ml" | "mm";
    };
    readonly isActive?: boolean;
  })[];
}; readonly answer: OwnProduct };
  /** Adds a picture behind those that are there; the body is the file: JPEG, PNG, WebP, AVIF, GIF or TIFF. */
  readonly addPicture: { readonly params: { readonly shopId: string; readonly offerId: string; }; readonly body: Uint8Array<ArrayBuffer>; readonly answer: Pictures };
  /** Puts one of the shop’s pictures before the others. */
  readonly showPictureFirst: { readonly params: { readonly shopId: string; readonly pictureKey: string; }; readonly answer: {
  readonly pictureKey: string;
} };
  /** Takes a picture back that this shop gave. */
  readonly removePicture: { readonly params: { readonly shopId: string; readonly pictureKey: string; }; readonly answer: {
  readonly pictureKey: string;
} };
  /** Brings a product file and says what it would change; nothing changes before it is confirmed. */
  readonly bringFile: { readonly params: { readonly shopId: string; }; readonly query?: { readonly fileName?: string; }; readonly body: Uint8Array<ArrayBuffer>; readonly answer: Import };
  /** The shop’s last imports, newest first. */
  readonly listImports: { readonly params: { readonly shopId: string; }; readonly answer: Imports };
  /** One import: what it would change, or how far it is, and its pictures. */
  readonly getImport: { readonly params: { readonly shopId: string; readonly importId: string; }; readonly answer: Import };
  /** Says what the columns mean, in their order; the file is checked again, and the next one like it is understood at once. */
  readonly setImportColumns: { readonly params: { readonly shopId: string; readonly importId: string; }; readonly body: {
  readonly columns: readonly ("title" | "description" | "shortDescription" | "brand" | "category" | "gtin" | "sku" | "price" | "netPrice" | "salePrice" | "costPrice" | "currency" | "vatRate" | "quantity" | "availability" | "weight" | "weightUnit" | "image" | "optionName1" | "optionValue1" | "optionName2" | "optionValue2" | "optionName3" | "optionValue3" | "optionNames" | "optionValues" | "options" | "size" | "colour" | "variantLabel" | "productKey" | "parentKey" | "rowId" | "rowType" | "published" | "condition" | "manufacturerName" | "manufacturerAddress" | "manufacturerEmail" | "responsibleName" | "responsibleAddress" | "responsibleEmail" | "warnings" | "material" | "origin" | "ingredients" | "allergens" | "nutrition" | "storage" | "alcohol" | "ageAdvice" | "hazards" | "energyKind" | "energyClass" | "repairIndex" | "spareParts" | "model" | "author" | "publisher" | "botanicalName" | "plantHazard" | "plantPassport" | "feedKind" | "feedConstituents" | "feedUse" | "batteryKind" | "batteryCapacity" | "energySheet" | "netContent" | "shelf" | "tags" | "ignored" | null)[];
}; readonly answer: Import };
  /** Takes the checked file over; the worker does it, and getImport tells how far it is. */
  readonly confirmImport: { readonly params: { readonly shopId: string; readonly importId: string; }; readonly answer: Import };
  /** Takes a finished import back, within a day. */
  readonly undoImport: { readonly params: { readonly shopId: string; readonly importId: string; }; readonly answer: Import };
  /** Everything the shop owns, as a zip of its CSV files. */
  readonly exportEverything: { readonly params: { readonly shopId: string; }; readonly answer: string };
  /** One file of what the shop owns: UTF-8 with a mark, semicolons, CRLF. */
  readonly exportFile: { readonly params: { readonly shopId: string; readonly file: "products" | "variants" | "offers" | "prices" | "stock" | "movements" | "orders" | "documents"; }; readonly answer: string };
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
  /** What the shop is asked to bring to another shop of its network, because a shopper waits for it there; the most pressing first. */
  readonly listCarries: { readonly params: { readonly shopId: string; }; readonly answer: Carries };
  /** It leaves now, or it will not. */
  readonly answerCarry: { readonly params: { readonly shopId: string; readonly transferId: string; }; readonly body: {
  readonly answer: "sent" | "declined";
}; readonly answer: CarryState };
  /** What waits for the shop: its own sales coming back, and goods of others it took in. */
  readonly listReturns: { readonly params: { readonly shopId: string; }; readonly answer: {
  readonly toDecide: readonly Return[];
  readonly toSendHome: readonly Return[];
  readonly comingHome: readonly Return[];
  readonly expected: readonly Return[];
  readonly done: readonly Return[];
} };
  /** Goods are on the counter: counted and taken, or put to the selling shop. */
  readonly inspectReturn: { readonly params: { readonly shopId: string; }; readonly body: {
  readonly pass: string;
  readonly verdict: "accept" | "question";
  readonly note?: string;
  readonly lines: readonly ({
    readonly lineId: string;
    readonly brought: number;
    readonly good: number;
  })[];
}; readonly answer: {
  readonly number: string;
  readonly outcome: "settled" | "to-mend" | "questioned" | "refused";
  readonly refundedMinor?: number;
  readonly supplementMinor?: number;
} };
  /** The selling shop answers a doubt, refuses a claim or says that a repair is done. */
  readonly decideReturn: { readonly params: { readonly shopId: string; readonly returnId: string; }; readonly body: {
  readonly kind: "accept";
  readonly deductions?: readonly ({
    readonly lineId: string;
    readonly amountMinor: number;
  })[];
} | {
  readonly kind: "refuse";
  readonly reason: string;
} | {
  readonly kind: "mended";
} | {
  readonly kind: "refund";
}; readonly answer: {
  readonly number: string;
  readonly outcome: "settled" | "to-mend" | "questioned" | "refused";
  readonly refundedMinor?: number;
  readonly supplementMinor?: number;
} };
  /** Goods that were taken in elsewhere leave for the origin, or are there. */
  readonly moveReturnHome: { readonly params: { readonly shopId: string; readonly returnId: string; }; readonly body: {
  readonly step: "sent" | "arrived";
}; readonly answer: {
  readonly number: string;
} };
  /** Where the shop’s systems are told what happens. */
  readonly listWebhooks: { readonly params: { readonly shopId: string; }; readonly answer: Webhooks };
  /** Tells an address of yours what happens; the secret is given this once. */
  readonly createWebhook: { readonly params: { readonly shopId: string; }; readonly body: {
  readonly url: string;
  readonly events: readonly ("order.changed" | "carry.asked" | "stock.changed" | "stock.short" | "shop.switched" | "shop.hours")[];
}; readonly answer: CreatedWebhook };
  /** Tells it nothing any more. */
  readonly removeWebhook: { readonly params: { readonly shopId: string; readonly webhookId: string; }; readonly answer: {
  readonly done: true;
} };
  /** What was sent, how often it was tried and how it was answered, newest first. */
  readonly listDeliveries: { readonly params: { readonly shopId: string; }; readonly query?: { readonly limit?: number; readonly cursor?: string; }; readonly answer: WebhookDeliveries };
  /** Sends a message once more, under the same id. */
  readonly replayDelivery: { readonly params: { readonly shopId: string; readonly deliveryId: string; }; readonly answer: {
  readonly done: true;
} };
  /** What shoppers ask this shop for, unanswered first. */
  readonly listShopRequests: { readonly params: { readonly shopId: string; }; readonly answer: ShopRequests };
  /** Offers the thing for a price, or says no; may be changed until somebody takes the offer. */
  readonly answerRequest: { readonly params: { readonly shopId: string; readonly requestId: string; }; readonly body: {
  readonly answer: "no";
} | {
  readonly answer: "yes";
  readonly title: string;
  readonly priceMinor: number;
  readonly quantity: number;
  readonly available?: "now" | "tomorrow" | "days";
}; readonly answer: RequestAnswer };
  /** Asks the shops most likely to have it; the token is the only key to the request. */
  readonly askShops: { readonly body: {
  readonly words: string;
  readonly listingId?: string;
  readonly email?: string;
  readonly locale?: "fr" | "en";
}; readonly answer: AskedRequest };
  /** A request and what shops offer so far. */
  readonly getRequest: { readonly params: { readonly requestToken: string; }; readonly answer: Request };
  /** Ends the request: nobody answers it any more. */
  readonly closeRequest: { readonly params: { readonly requestToken: string; }; readonly answer: ClosedRequest };
  /** Takes a shop’s offer: it goes on sale there and into the basket. */
  readonly acceptOffer: { readonly params: { readonly requestToken: string; }; readonly body: {
  readonly shopId: string;
  readonly quantity?: number;
  readonly basketToken: string;
}; readonly answer: AcceptedOffer };
  /** What the city’s shops have for these words, the earliest in hand first. */
  readonly search: { readonly query?: { readonly latitude?: number; readonly longitude?: number; readonly q?: string; readonly department?: string; readonly shop?: string; readonly method?: "pickup" | "courier" | "parcel"; readonly openNow?: string; readonly sort?: "soonest" | "nearest" | "cheapest" | "relevance"; readonly page?: number; readonly locale?: "fr" | "en"; }; readonly answer: SearchResults };
  /** The departments of the city, with how many things each has. */
  readonly listDepartments: { readonly query?: { readonly locale?: "fr" | "en"; }; readonly answer: Departments };
  /** One thing with every shop’s offer, live: price, stock and promise. */
  readonly getListing: { readonly params: { readonly listingId: string; }; readonly query?: { readonly latitude?: number; readonly longitude?: number; readonly locale?: "fr" | "en"; }; readonly answer: Listing };
  /** Addresses of the city most like what was typed, best first. */
  readonly listAddresses: { readonly query: { readonly q: string; readonly limit?: number; }; readonly answer: Addresses };
  /** A basket with things in it and a place to bring them; the token is the only key to it. */
  readonly startBasket: { readonly body: {
  readonly locale?: "fr" | "en";
  readonly place?: {
    readonly addressId: string;
  } | {
    readonly label: string;
    readonly latitude: number;
    readonly longitude: number;
  };
  readonly lines?: readonly ({
    readonly offerId: string;
    readonly quantity: number;
    readonly shopChosen?: boolean;
  })[];
}; readonly answer: StartedBasket };
  /** The basket as it would be ordered now, with every plan worth comparing. */
  readonly getBasket: { readonly params: { readonly basketToken: string; }; readonly answer: Basket };
  /** Chooses a plan, the place, or how a shop’s goods are received. */
  readonly changeBasket: { readonly params: { readonly basketToken: string; }; readonly body: {
  readonly plan?: "suggested" | "fewest" | "soonest" | "cheapest" | "greenest" | "walk" | "round";
  readonly place?: {
    readonly addressId: string;
  } | {
    readonly label: string;
    readonly latitude: number;
    readonly longitude: number;
  } | null;
  readonly methods?: readonly ({
    readonly shopId: string;
    readonly method: "pickup" | "courier" | "parcel";
  })[];
}; readonly answer: Done };
  /** Puts an offer into the basket. */
  readonly addLine: { readonly params: { readonly basketToken: string; }; readonly body: {
  readonly listingId: string;
  readonly offerId: string;
  readonly quantity: number;
  readonly shopChosen?: boolean;
  readonly priceSeenMinor?: number;
}; readonly answer: {
  readonly lineId: string;
  readonly title: string;
} };
  /** How much of it. */
  readonly changeLine: { readonly params: { readonly basketToken: string; readonly lineId: string; }; readonly body: {
  readonly quantity: number;
}; readonly answer: {
  readonly quantity: number;
} };
  /** Takes a line out. */
  readonly removeLine: { readonly params: { readonly basketToken: string; readonly lineId: string; }; readonly answer: Done };
  /** Takes another offer in place of a line. */
  readonly replaceLine: { readonly params: { readonly basketToken: string; readonly lineId: string; }; readonly body: {
  readonly offerId: string;
}; readonly answer: {
  readonly title: string;
} };
  /** Settles how everything is received and holds the units for fifteen minutes. */
  readonly holdBasket: { readonly params: { readonly basketToken: string; }; readonly body: {
  readonly plan?: "suggested" | "fewest" | "soonest" | "cheapest" | "greenest" | "walk" | "round";
  readonly methods?: readonly ({
    readonly shopId: string;
    readonly method: "pickup" | "courier" | "parcel";
  })[];
}; readonly answer: HeldBasket };
  /** Fifteen minutes more, once. */
  readonly extendHold: { readonly params: { readonly basketToken: string; }; readonly answer: {
  readonly heldUntil: string;
} };
  /** Brings a voucher to pay with; nothing is held until the order is placed. */
  readonly bringVoucher: { readonly params: { readonly basketToken: string; }; readonly body: {
  readonly code: string;
}; readonly answer: BroughtVoucher };
  /** Takes a voucher out of the basket. */
  readonly takeVoucherBack: { readonly params: { readonly basketToken: string; readonly voucherId: string; }; readonly answer: {
  readonly done: true;
} };
  /** What vouchers pay of a held basket, and what they leave to the card. */
  readonly getTenders: { readonly params: { readonly basketToken: string; }; readonly answer: Tenders };
  /** What is left on a voucher, for whoever has its code. */
  readonly getVoucherBalance: { readonly body: {
  readonly code: string;
}; readonly answer: VoucherBalance };
  /** Orders a held basket, with obligation to pay: what was held, at the total that was read, or nothing. */
  readonly placeOrder: { readonly body: {
  readonly basketToken: string;
  readonly name: string;
  readonly email: string;
  readonly phone?: string;
  readonly totalSeenMinor: number;
  readonly dueSeenMinor?: number;
  readonly rescueWish?: "elsewhere" | "ask" | "refund";
  readonly setAside?: readonly string[];
  readonly ageConfirmed?: boolean;
  readonly locale?: "fr" | "en";
}; readonly answer: PlacedOrder };
  /** The order as its shopper watches it. */
  readonly trackOrder: { readonly params: { readonly orderToken: string; }; readonly answer: TrackedOrder };
  /** Pays with a card of the demo bank; with a real provider cards are entered in its own form. */
  readonly payOrder: { readonly params: { readonly orderToken: string; }; readonly body: {
  readonly number: string;
  readonly expiry: string;
  readonly code: string;
}; readonly answer: PaymentOutcome };
  /** The pay step as it stands. */
  readonly getPayment: { readonly params: { readonly orderToken: string; }; readonly answer: Payment };
  /** Answers the demo bank’s question: it is me, or it is not. */
  readonly answerChallenge: { readonly params: { readonly orderToken: string; }; readonly body: {
  readonly isApproved: boolean;
}; readonly answer: PaymentOutcome };
  /** Gives one shop’s part up before it is picked. */
  readonly cancelSubOrder: { readonly params: { readonly orderToken: string; readonly subOrderId: string; }; readonly answer: {
  readonly subOrderId: string;
  readonly number: string;
  readonly state: "placed" | "offered" | "accepted" | "preparing" | "ready" | "despatched" | "handed-over" | "delivered" | "expired" | "refused" | "unanswered" | "cancelled" | "uncollected";
} };
  /** An order nobody paid in time gives its basket back. */
  readonly reopenOrder: { readonly params: { readonly orderToken: string; }; readonly answer: {
  readonly basketToken: string;
} };
  /** States a withdrawal from a contract; the moment it arrives is what counts. */
  readonly withdraw: { readonly body: {
  readonly name: string;
  readonly orderNumber: string;
  readonly email: string;
  readonly articles?: string;
  readonly locale?: "fr" | "en";
}; readonly answer: {
  readonly orderNumber: string;
  readonly statedAt: string;
} };
  /** Reports illegal content; the receipt goes by mail. */
  readonly report: { readonly body: {
  readonly url: string;
  readonly reason: string;
  readonly name: string;
  readonly email: string;
}; readonly answer: {
  readonly reference: string;
} };
  /** Chooses how to pay, as long as nothing is held; a bank transfer is answered with where to send it. */
  readonly choosePayment: { readonly params: { readonly orderToken: string; }; readonly body: {
  readonly method: "card" | "bank-transfer";
}; readonly answer: Payment };
  /** Asks the provider how the payment stands, in case its message has not come yet. */
  readonly checkPayment: { readonly params: { readonly orderToken: string; }; readonly answer: Payment };
  /** Has the demo’s bank send a transfer; with a real provider the payer’s own bank does. */
  readonly sendDemoTransfer: { readonly params: { readonly orderToken: string; }; readonly body: {
  readonly kind: "exact" | "part" | "too-much" | "twice" | "late";
}; readonly answer: {
  readonly sent: true;
} };
  /** What may come back of an order, and what already does. */
  readonly listOrderReturns: { readonly params: { readonly orderToken: string; }; readonly answer: {
  readonly returnable: readonly ({
    readonly subOrderId: string;
    readonly shop: string;
    readonly withdrawUntil: string | null;
    readonly guaranteeUntil: string | null;
    readonly lines: readonly ({
      readonly lineId: string;
      readonly title: string;
      readonly left: number;
      readonly worthMinor: number;
      readonly mayWithdraw: boolean;
      readonly mayClaim: boolean;
      readonly exchanges: readonly ({
        readonly offerId: string;
        readonly title: string;
        readonly differenceMinor: number;
      })[];
    })[];
    readonly places: readonly ({
      readonly shopId: string;
      readonly name: string;
      readonly metres: number;
    })[];
  })[];
  readonly returns: readonly Return[];
} };
  /** Opens a return: things, quantities, where they will be brought; a withdrawal is stated by it. */
  readonly startReturn: { readonly params: { readonly orderToken: string; }; readonly body: {
  readonly subOrderId: string;
  readonly cause: "withdrawal" | "defect" | "exchange";
  readonly remedy?: "repair" | "replacement" | "refund";
  readonly lines: readonly ({
    readonly lineId: string;
    readonly quantity: number;
    readonly exchangeOfferId?: string;
  })[];
  readonly reason?: string;
  readonly toShopId?: string;
}; readonly answer: StartedReturn };
  /** One return by the token of its pass. */
  readonly getReturn: { readonly params: { readonly returnToken: string; }; readonly answer: Return };
  /** The parcel is on its way: the proof of despatch. */
  readonly noteReturnSent: { readonly params: { readonly returnToken: string; }; readonly body: {
  readonly tracking: string;
}; readonly answer: {
  readonly number: string;
} };
  /** The shopper keeps the goods after all. */
  readonly dropReturn: { readonly params: { readonly returnToken: string; }; readonly answer: {
  readonly number: string;
} };
};

export const places = {
  getKey: { method: 'GET', path: '/key' },
  getShop: { method: 'GET', path: '/shops/{shopId}' },
  changeShop: { method: 'PATCH', path: '/shops/{shopId}' },
  getHours: { method: 'GET', path: '/shops/{shopId}/hours' },
  setHours: { method: 'PUT', path: '/shops/{shopId}/hours' },
  closeShop: { method: 'POST', path: '/shops/{shopId}/closures' },
  setExceptionalDay: { method: 'PUT', path: '/shops/{shopId}/exceptional-days/{date}' },
  dropExceptionalDay: { method: 'DELETE', path: '/shops/{shopId}/exceptional-days/{date}' },
  findProduct: { method: 'GET', path: '/products' },
  listOffers: { method: 'GET', path: '/shops/{shopId}/offers' },
  saveOffer: { method: 'POST', path: '/shops/{shopId}/offers' },
  getOffer: { method: 'GET', path: '/shops/{shopId}/offers/{offerId}' },
  changeOffer: { method: 'PATCH', path: '/shops/{shopId}/offers/{offerId}' },
  addProduct: { method: 'POST', path: '/shops/{shopId}/products' },
  getProduct: { method: 'GET', path: '/shops/{shopId}/products/{offerId}' },
  changeProduct: { method: 'PUT', path: '/shops/{shopId}/products/{offerId}' },
  addPicture: { method: 'POST', path: '/shops/{shopId}/products/{offerId}/pictures', isFile: true },
  showPictureFirst: { method: 'PUT', path: '/shops/{shopId}/pictures/{pictureKey}/first' },
  removePicture: { method: 'DELETE', path: '/shops/{shopId}/pictures/{pictureKey}' },
  bringFile: { method: 'POST', path: '/shops/{shopId}/imports', isFile: true },
  listImports: { method: 'GET', path: '/shops/{shopId}/imports' },
  getImport: { method: 'GET', path: '/shops/{shopId}/imports/{importId}' },
  setImportColumns: { method: 'PUT', path: '/shops/{shopId}/imports/{importId}/columns' },
  confirmImport: { method: 'POST', path: '/shops/{shopId}/imports/{importId}/confirm' },
  undoImport: { method: 'POST', path: '/shops/{shopId}/imports/{importId}/undo' },
  exportEverything: { method: 'GET', path: '/shops/{shopId}/exports' },
  exportFile: { method: 'GET', path: '/shops/{shopId}/exports/{file}' },
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
  listCarries: { method: 'GET', path: '/shops/{shopId}/carries' },
  answerCarry: { method: 'POST', path: '/shops/{shopId}/carries/{transferId}' },
  listReturns: { method: 'GET', path: '/shops/{shopId}/returns' },
  inspectReturn: { method: 'POST', path: '/shops/{shopId}/returns/inspect' },
  decideReturn: { method: 'POST', path: '/shops/{shopId}/returns/{returnId}/decide' },
  moveReturnHome: { method: 'POST', path: '/shops/{shopId}/returns/{returnId}/home' },
  listWebhooks: { method: 'GET', path: '/shops/{shopId}/webhooks' },
  createWebhook: { method: 'POST', path: '/shops/{shopId}/webhooks' },
  removeWebhook: { method: 'DELETE', path: '/shops/{shopId}/webhooks/{webhookId}' },
  listDeliveries: { method: 'GET', path: '/shops/{shopId}/deliveries' },
  replayDelivery: { method: 'POST', path: '/shops/{shopId}/deliveries/{deliveryId}/replay' },
  listShopRequests: { method: 'GET', path: '/shops/{shopId}/requests' },
  answerRequest: { method: 'POST', path: '/shops/{shopId}/requests/{requestId}/answer' },
  askShops: { method: 'POST', path: '/requests' },
  getRequest: { method: 'GET', path: '/requests/{requestToken}' },
  closeRequest: { method: 'DELETE', path: '/requests/{requestToken}' },
  acceptOffer: { method: 'POST', path: '/requests/{requestToken}/acceptance' },
  search: { method: 'GET', path: '/search' },
  listDepartments: { method: 'GET', path: '/departments' },
  getListing: { method: 'GET', path: '/listings/{listingId}' },
  listAddresses: { method: 'GET', path: '/addresses' },
  startBasket: { method: 'POST', path: '/baskets' },
  getBasket: { method: 'GET', path: '/baskets/{basketToken}' },
  changeBasket: { method: 'PATCH', path: '/baskets/{basketToken}' },
  addLine: { method: 'POST', path: '/baskets/{basketToken}/lines' },
  changeLine: { method: 'PATCH', path: '/baskets/{basketToken}/lines/{lineId}' },
  removeLine: { method: 'DELETE', path: '/baskets/{basketToken}/lines/{lineId}' },
  replaceLine: { method: 'PUT', path: '/baskets/{basketToken}/lines/{lineId}' },
  holdBasket: { method: 'POST', path: '/baskets/{basketToken}/hold' },
  extendHold: { method: 'POST', path: '/baskets/{basketToken}/hold/extend' },
  bringVoucher: { method: 'POST', path: '/baskets/{basketToken}/vouchers' },
  takeVoucherBack: { method: 'DELETE', path: '/baskets/{basketToken}/vouchers/{voucherId}' },
  getTenders: { method: 'GET', path: '/baskets/{basketToken}/tenders' },
  getVoucherBalance: { method: 'POST', path: '/vouchers/balance' },
  placeOrder: { method: 'POST', path: '/orders' },
  trackOrder: { method: 'GET', path: '/orders/{orderToken}' },
  payOrder: { method: 'POST', path: '/orders/{orderToken}/payment' },
  getPayment: { method: 'GET', path: '/orders/{orderToken}/payment' },
  answerChallenge: { method: 'POST', path: '/orders/{orderToken}/payment/challenge' },
  cancelSubOrder: { method: 'POST', path: '/orders/{orderToken}/sub-orders/{subOrderId}/cancel' },
  reopenOrder: { method: 'POST', path: '/orders/{orderToken}/reopen' },
  withdraw: { method: 'POST', path: '/withdrawals' },
  report: { method: 'POST', path: '/reports' },
  choosePayment: { method: 'POST', path: '/orders/{orderToken}/payment/method' },
  checkPayment: { method: 'POST', path: '/orders/{orderToken}/payment/check' },
  sendDemoTransfer: { method: 'POST', path: '/orders/{orderToken}/payment/demo-transfer' },
  listOrderReturns: { method: 'GET', path: '/orders/{orderToken}/returns' },
  startReturn: { method: 'POST', path: '/orders/{orderToken}/returns' },
  getReturn: { method: 'GET', path: '/returns/{returnToken}' },
  noteReturnSent: { method: 'POST', path: '/returns/{returnToken}/sent' },
  dropReturn: { method: 'POST', path: '/returns/{returnToken}/drop' },
} as const;

