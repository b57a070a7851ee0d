import type { LegalFacts, LegalField } from '@/lib/catalogue';
import type { Instant, ListingId, Minor, RequestId, ShopId } from '@/lib/kernel';

/** When a shop has the thing: on its shelf, tomorrow, or within some days. */
export const availabilities = ['now', 'tomorrow', 'days'] as const;
export type Availability = (typeof availabilities)[number];

export type RequestState = 'open' | 'accepted' | 'closed' | 'expired' | 'removed';

/** What one shop says to a request. */
export type RequestOfferView = {
  readonly shopId: ShopId;
  readonly shopName: string;
  readonly shopSlug: string;
  readonly street: string;
  readonly awning: number;
  readonly title: string;
  readonly priceMinor: Minor;
  readonly quantity: number;
  readonly available: Availability;
  /** From when it can be collected, by the shop's hours; undefined when the shop does not open long enough. */
  readonly readyFrom: Instant | undefined;
  readonly walkingMinutes: number | undefined;
  readonly answeredAt: Instant;
  readonly isAccepted: boolean;
};

/** A request as whoever asked sees it. */
export type RequestView = {
  readonly token: string;
  readonly words: string;
  readonly photoKey: string | undefined;
  readonly state: RequestState;
  readonly askedAt: Instant;
  readonly expiresAt: Instant;
  /** How many shops were asked, and how many of them have not answered yet. */
  readonly shopsAsked: number;
  readonly shopsSilent: number;
  readonly isMailed: boolean;
  /** In the order of the promise, then of the price. */
  readonly offers: readonly RequestOfferView[];
};

/** A question as the shop that is asked sees it. */
export type ShopRequestView = {
  readonly requestId: RequestId;
  readonly words: string;
  readonly photoKey: string | undefined;
  readonly askedAt: Instant;
  readonly expiresAt: Instant;
  readonly otherShops: number;
  /** What the law wants said of a thing like this before it has a page; nothing where the page is there. */
  readonly asked: readonly LegalField[];
  readonly facts: LegalFacts | undefined;
  /** What it answered already: an offer may be changed until somebody takes it. */
  readonly offered:
    { readonly title: string; readonly priceMinor: Minor; readonly quantity: number; readonly available: Availability } | undefined;
};

/** A request as the city's moderators see it. */
export type ModeratedRequestView = {
  readonly requestId: RequestId;
  readonly words: string;
  readonly photoKey: string | undefined;
  readonly askedAt: Instant;
  readonly shopsAsked: number;
  readonly offers: number;
};

/** What may be asked about before anything is: the thing of a page, if it names one. */
export type AskedThing = { readonly listingId: ListingId; readonly title: string };
