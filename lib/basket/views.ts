import type {
  BasketId,
  BasketLineId,
  Currency,
  Instant,
  ListingId,
  MerchantId,
  Minor,
  OfferId,
  Quantity,
  SalesUnit,
  ShopId,
} from '@/lib/kernel';
import type { Method, PromiseView, ShopPromise } from '@/lib/promise/views';

/**
 * The plans a shopper may choose between, in the order they are shown: the five goals (architecture §5), then everything on one walk and
 * everything by one courier at one door.
 */
export const planKinds = ['suggested', 'fewest', 'soonest', 'cheapest', 'greenest', 'walk', 'round'] as const;
export type PlanKind = (typeof planKinds)[number];

/** What a plan does differently from the chosen one: a thing from another shop, or a shop's goods received another way. */
export type PlanChange =
  | { readonly kind: 'shop'; readonly shopName: string; readonly fromShopName: string }
  | { readonly kind: 'method'; readonly shopName: string; readonly method: Method };

/** One walk from home past every shop and back: when to leave, how long and how far it is, and which shop comes when. */
export type WalkView = {
  readonly leaveAt: Instant;
  readonly minutes: number;
  readonly metres: number;
  readonly shopNames: readonly string[];
};

/** One way to split and receive the basket. */
export type PlanView = {
  readonly kind: PlanKind;
  readonly isChosen: boolean;
  readonly shopCount: number;
  readonly pickupCount: number;
  readonly courierCount: number;
  readonly parcelCount: number;
  /** When the last thing is in hand. */
  readonly lastAt: Instant;
  readonly deliveryMinor: Minor;
  readonly totalMinor: Minor;
  /** To the chosen plan; below zero is cheaper. */
  readonly differenceMinor: number;
  readonly changes: readonly PlanChange[];
  readonly co2Grams: number;
  /** The odds that every shelf is as recorded, so that the plan is kept whole; basis points. */
  readonly oddsBps: number;
  /** Everything comes in one bag, from one shop in one way. */
  readonly isOneBag: boolean;
  /** Everything comes by one courier at one door, from several shops. */
  readonly isOneRound: boolean;
  /** Everything can be collected in one walk. */
  readonly walk: WalkView | undefined;
};

export type BasketShopView = {
  readonly shopId: ShopId;
  readonly slug: string;
  readonly name: string;
  readonly street: string;
  readonly town: string;
  /** No two shops of one basket share a colour. */
  readonly awning: number;
  readonly metres: number | undefined;
  readonly walkingMinutes: number | undefined;
  readonly merchantId: MerchantId;
  readonly merchantName: string;
  readonly returnDays: number;
  readonly takesReturns: boolean;
  readonly verifiedAt: Instant | undefined;
};

/** A thing of the basket at the shop that supplies it. */
export type BasketLineView = {
  readonly lineId: BasketLineId;
  readonly listingId: ListingId;
  readonly offerId: OfferId;
  readonly slugId: string;
  readonly title: string;
  readonly keyAttribute: string | undefined;
  readonly glyph: string;
  readonly family: string;
  /** What this shop supplies; the whole line may be shared by two. */
  readonly quantity: Quantity;
  readonly salesUnit: SalesUnit;
  readonly stepQuantity: number;
  readonly maximumQuantity: number;
  readonly unitPriceMinor: Minor;
  readonly priceSteps: number;
  readonly totalMinor: Minor;
  /** The price that was shown before, when it was another. */
  readonly former: { readonly unitPriceMinor: Minor } | undefined;
  /** The earlier moment that was shown a little while ago and can no longer be kept. */
  readonly formerPromiseAt: Instant | undefined;
  /** The shop it was shown with, when this plan takes it from another. */
  readonly movedFromShopName: string | undefined;
  readonly shopChosen: boolean;
  readonly isUsed: boolean;
  readonly minimumAge: number | undefined;
  readonly withdrawalException: string | undefined;
};

export type BasketGroupView = {
  readonly shop: BasketShopView;
  readonly promise: PromiseView;
  readonly lines: readonly BasketLineView[];
  readonly goodsMinor: Minor;
  readonly deliveryMinor: Minor;
  readonly totalMinor: Minor;
  /** Every way this shop's goods could be received ("Changer"). */
  readonly methods: readonly { readonly method: Method; readonly promise: PromiseView; readonly isChosen: boolean }[];
};

export type BasketProblemReason = 'no-longer-sold' | 'sold-out' | 'less-left' | 'shop-closed' | 'cannot-be-received';

export type SubstituteView = {
  readonly offerId: OfferId;
  readonly listingId: ListingId;
  readonly slugId: string;
  readonly title: string;
  readonly shopName: string;
  readonly priceMinor: Minor;
  readonly priceSteps: number;
  readonly walkingMinutes: number | undefined;
  readonly promise: ShopPromise;
};

/** Something that cannot be had as wished: kept and said, never silently removed. */
export type BasketProblemView = {
  readonly reason: BasketProblemReason;
  readonly line: {
    readonly lineId: BasketLineId;
    readonly listingId: ListingId;
    readonly slugId: string;
    readonly title: string;
    readonly keyAttribute: string | undefined;
    readonly glyph: string;
    readonly family: string;
    readonly quantity: Quantity;
    readonly salesUnit: SalesUnit;
    readonly shopName: string;
  };
  /** Units that can still be had. */
  readonly available: number;
  readonly substitutes: readonly SubstituteView[];
};

export type BasketView = {
  readonly basketId: BasketId;
  /** Pieces; a weighed line counts as one. */
  readonly articleCount: number;
  readonly shopCount: number;
  readonly place: { readonly label: string } | undefined;
  readonly plan: PlanKind;
  readonly canUndoPlan: boolean;
  readonly plans: readonly PlanView[];
  readonly groups: readonly BasketGroupView[];
  readonly problems: readonly BasketProblemView[];
  readonly goodsMinor: Minor;
  readonly deliveryMinor: Minor;
  /** What will be paid: with VAT and delivery. */
  readonly totalMinor: Minor;
  readonly currency: Currency;
};
