import type { OfferId, OrderId, PersonId, ShopId, SubOrderId } from '@/lib/kernel';

/** What the outside was told, and must find true afterwards. */
export type Truth = {
  /** Tracking pages shown after payment: the order's token and its number. */
  readonly confirmed: Map<string, string>;
  /** Payment pages shown: an order exists. */
  readonly placed: Set<string>;
  /** Facts acknowledged to a till, by "source:key", and the units they told. */
  readonly facts: Map<string, { readonly offerId: OfferId; readonly quantity: number }>;
  /** Sub-orders a shop was told it had answered. */
  readonly answered: Map<SubOrderId, 'accept' | 'refuse'>;
  /** What did not work while something was dead, and what was refused with words. */
  lost: number;
  refused: number;
};

export function emptyTruth(): Truth {
  return { confirmed: new Map(), placed: new Set(), facts: new Map(), answered: new Map(), lost: 0, refused: 0 };
}

/** A thing shoppers of this run fight for. */
export type Prize = {
  readonly offerId: OfferId;
  readonly path: string;
  readonly shopId: ShopId;
  readonly opening: number;
  /** A till tells of it too; others are touched by orders alone, so that every unit of theirs can be counted. */
  readonly isTilled: boolean;
};

export type Desk = { readonly shopId: ShopId; readonly slug: string; readonly email: string; readonly personId: PersonId };

/** Who takes part in a run. */
export type Cast = { readonly prizes: readonly Prize[]; readonly desks: readonly Desk[] };

export type OpenPart = {
  readonly id: SubOrderId;
  readonly orderId: OrderId;
  readonly shopId: ShopId;
  readonly state: string;
  readonly method: string;
  readonly code: string;
  readonly personId: PersonId;
};
