import type { orderLines } from '@/db/schema';
import type { Instant, Position, ShopId } from '@/lib/kernel';
import { minor } from '@/lib/kernel';
import type { RemainderWish } from '@/lib/oms';
import type { Method } from '@/lib/promise';
import type { ShopBook } from '@/lib/shops';
import type { AwaitedPlace, Candidate, Decided, LostUnits, RoutingSettings, Sought } from '@/lib/sourcing';
import { decideLost } from '@/lib/sourcing';
import type { LockedSubOrder } from '../sub-order-repository';
import { mostPriceOf, rescueBudgetOf, rescueMethods, sameHourOf, shopsNear } from './rescue-limits';
import type { RescuePolicy } from './rescue-policy';
import type { RescueRow } from './rescue-repository';

/** Units that look for a shop, and everything their search depends on. */
export type Searched = {
  readonly rescue: RescueRow;
  readonly line: typeof orderLines.$inferSelect;
  readonly condition: Candidate['condition'];
  readonly weightGrams: number;
  readonly volumeCm3: number;
  /** Shops that could not serve it already. */
  readonly tried: ReadonlySet<ShopId>;
  /** Where the vouchers that paid for it may be spent; undefined where they bind it to no shops. */
  readonly payableAt: ReadonlySet<ShopId> | undefined;
};

/** Searched units of one part: they were promised together and are looked for together. */
export type SearchedPart = {
  readonly subOrder: LockedSubOrder;
  readonly searched: readonly Searched[];
  /** Where the shopper is expected: the door for what is brought, the shop they would have gone to otherwise. */
  readonly place: Position | undefined;
  /** The door in words; territories go by its postcode. */
  readonly address: string | undefined;
  /** Shops that have another part of the order: one stop more or less. */
  readonly committed: ReadonlySet<ShopId>;
};

/** What the market has, and how far a rescue goes. */
export type RescueFacts = {
  readonly candidates: readonly Candidate[];
  readonly book: ShopBook;
  readonly settings: RoutingSettings;
  readonly policy: RescuePolicy;
};

export type RescueQuestion = RescueFacts & {
  readonly part: SearchedPart;
  readonly wish: RemainderWish;
  /** How it is to be received, and by when that is still what was told. */
  readonly method: Method;
  readonly deadline: Instant;
  /** Only shops near the place keep the promise; for what the shopper fetches without being asked. */
  readonly isNear: boolean;
  readonly substitutes?: readonly Sought[];
  readonly awaited?: readonly AwaitedPlace[];
};

/** The last moment at which a part's promise still is the one that was made. */
export function sameHour({ method, promisedFrom, promisedTo }: SearchedPart['subOrder'], policy: RescuePolicy): Instant {
  return sameHourOf({ method, from: promisedFrom, to: promisedTo }, policy);
}

/**
 * Asks the one decider of a rescue about what a part cannot serve, with everything already committed left where it is.
 *
 * Guarantees: pure; a shop that could not serve a line is not asked for it again; nobody asks more than the rescue account may add; what was
 *   to be fetched is fetched, never brought to a shop's door.
 */
export function decideRescue(question: RescueQuestion): Decided {
  const { part, book, settings, candidates, policy, wish } = question;
  const { subOrder, place, committed, address } = part;
  const lost = part.searched.map((searched) => lostUnits(searched, question));
  return decideLost({
    id: subOrder.id,
    book,
    settings,
    candidates,
    lost,
    place,
    address,
    visited: committed,
    methods: rescueMethods(subOrder.method),
    wish,
    budgetMinor: rescueBudgetOf(
      part.searched.map(({ rescue }) => rescue.goodsMinor),
      policy,
    ),
  });
}

function lostUnits({ rescue, line, condition, weightGrams, volumeCm3, tried, payableAt }: Searched, question: RescueQuestion): LostUnits {
  const { part, policy, method, deadline, book, isNear } = question;
  // Where a voucher that paid for it may not be spent, it is not looked for.
  const unpayable = payableAt === undefined ? [] : book.all().flatMap((shop) => (payableAt.has(shop.id) ? [] : [shop.id]));
  const sought = { listingId: line.listingId, condition, salesUnit: line.salesUnit, weightGrams, volumeCm3 };
  return {
    ...sought,
    id: rescue.id,
    units: rescue.quantity,
    boughtFrom: part.subOrder.shopId,
    paidMinor: minor(rescue.goodsMinor + rescue.deliveryMinor),
    mostMinor: mostPriceOf(rescue.goodsMinor, policy),
    reroutes: 0, // counted with the rescue: whoever asks knows whether it may go on
    tried: new Set([...tried, ...unpayable]),
    told: { method, by: deadline, within: isNear && part.place ? shopsNear(part.place, book, policy) : null },
    substitutes: question.substitutes ?? [],
    awaited: question.awaited ?? [],
  };
}
