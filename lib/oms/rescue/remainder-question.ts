import type { Instant, Minor, OfferId, ShopId, StockLocationId } from '@/lib/kernel';
import type { ServiceMode } from '../routing/case';
import type { OwnFirst } from '../sourcing/own-first';
import type { SourcingLine, SourcingLocation, SourcingPlan, SourcingProblem } from '../sourcing/problem';

/** What the shopper was told about a line: how, and when it is in hand at the latest (ready for a pickup, else the window's end). */
export type ToldPromise = {
  readonly method: ServiceMode;
  readonly by: Instant;
  /** Where it is fetched counts too: only these shops keep the promise. Null: any shop does. */
  readonly within: ReadonlySet<ShopId> | null;
};

/** A line of a placed order, or some units of it, that lost its source. */
export type LostLine = {
  /** What is still wanted, with every offer that could serve it today. */
  readonly line: SourcingLine;
  readonly told: ToldPromise;
  /** What the shopper paid for these units: goods and their share of delivery. */
  readonly paidMinor: Minor;
  /** How often it was routed again already. */
  readonly reroutes: number;
  /** Other things the shopper agreed to take in its place. */
  readonly substitutes: readonly SourcingLine[];
  /** Its goods carried from elsewhere to the shop where the shopper collects: places of that shop, with the carrying in their windows. */
  readonly transfers: readonly SourcingLocation[];
  /** The same thing from deliveries that are expected: places with the stock to come, and windows after it came. */
  readonly awaited: readonly SourcingLocation[];
};

/** A part of the placed order that stands: the goods of one place, on their way to the shopper. */
export type CommittedPart = {
  readonly locationId: StockLocationId;
  readonly method: ServiceMode;
  /** May a bag still be opened? Then what joins it costs only the difference. */
  readonly isOpen: boolean;
  readonly units: number;
  readonly grams: number;
  readonly cm3: number;
};

/** What the shopper said before paying should happen when a shop cannot serve (architecture §5). */
export type RemainderWish = 'elsewhere' | 'ask' | 'refund';

export type RemainderQuestion = {
  /** Today's market: every place that could supply, with its services; `lines` are those of `lost`. */
  readonly problem: Omit<SourcingProblem, 'lines' | 'wishes'>;
  readonly lost: readonly LostLine[];
  readonly committed: readonly CommittedPart[];
  /** Who is asked no more: shops that refused or were silent, and offers that were not found on the shelf. */
  readonly excluded: {
    readonly shopIds: readonly ShopId[];
    readonly offers: readonly { readonly offerId: OfferId; readonly locationId: StockLocationId }[];
  };
  readonly wish: RemainderWish;
  /** Networks that supply their lines from their own shops first, also now; none when left out. */
  readonly ownFirst?: readonly OwnFirst[];
  /** The most the rescue account adds so that a promise is kept; in minor units, for the whole question. */
  readonly budgetMinor: Minor;
};

/** A line is routed again so often at most; then its money goes back. */
export const MOST_REROUTES = 2;

/** Lines that keep their promise from elsewhere: no question needs to be asked. */
export type Rescued = {
  readonly plan: SourcingPlan;
  readonly lineIds: readonly string[];
  /** What the plan costs more than was paid for the same units; the rescue account bears it. Below zero is cheaper. */
  readonly extraMinor: number;
};

export const rescueKinds = ['elsewhere', 'substitute', 'transfer', 'otherwise', 'later', 'wait'] as const;

/**
 * What else the shopper may be offered. `elsewhere`: the same promise from another shop. `substitute`: a thing they agreed to, same
 * promise. `transfer`: brought to the shop where they collect. `otherwise`: received in another way. `later`: the same way, later.
 * `wait`: from an expected delivery.
 */
export type RescueKind = (typeof rescueKinds)[number];

export type RescueOption = {
  readonly kind: RescueKind;
  readonly plan: SourcingPlan;
  /** To what was paid for the same units; below zero is cheaper. */
  readonly differenceMinor: number;
  /** How much later than told; zero when the promise is kept. Milliseconds. */
  readonly lateMs: number;
};

/** A line about which the shopper is asked; the best option first, none that another beats in time and money. */
export type AskedLine = { readonly lineId: string; readonly quantity: number; readonly options: readonly RescueOption[] };

export type Rescue = {
  readonly rescued: readonly Rescued[];
  readonly asked: readonly AskedLine[];
  /** Units nothing can bring, or that the shopper wanted refunded. */
  readonly refunded: readonly { readonly lineId: string; readonly quantity: number }[];
};
