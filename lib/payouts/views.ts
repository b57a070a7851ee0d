import type { HoldId, Instant, MerchantId, Minor } from '@/lib/kernel';
import type { AccountKind } from '@/lib/oms';
import type { HoldReason, PayoutView } from '@/lib/settlement/views';

export type { HoldReason };

export const holdReasons = [
  'papers-missing',
  'bank-refused',
  'suspected-fraud',
  'complaints',
  'legal-order',
] as const satisfies readonly HoldReason[];

export type MerchantHoldView = {
  readonly holdId: HoldId;
  readonly merchantId: MerchantId;
  readonly reason: HoldReason;
  readonly statement: string;
  readonly placedAt: Instant;
  readonly freedAt: Instant;
  /** Who placed it; undefined for the system. */
  readonly placedBy: string | undefined;
};

/** What one merchant's money stands at. Minor units. */
export type MerchantBalanceView = {
  readonly merchantId: MerchantId;
  readonly name: string;
  /** The names of its shops. */
  readonly shops: string;
  readonly isPayable: boolean;
  /** Taken from shoppers for goods that have not changed hands. */
  readonly pendingMinor: Minor;
  /** Earned and in no payout; below zero the merchant owes it. */
  readonly earnedMinor: Minor;
  readonly disputedMinor: Minor;
  readonly onTheWayMinor: Minor;
  readonly paidMinor: Minor;
  /** Below zero: what the city's guarantee carries for it, until its next sales. */
  readonly carriedMinor: Minor;
  readonly holds: readonly MerchantHoldView[];
};

/** The city's own money. Minor units. `sumMinor` is the sum of its accounts; `payableMinor` what of it can leave, never below zero. */
export type CityMoneyView = {
  readonly accounts: readonly { readonly account: AccountKind; readonly amountMinor: Minor }[];
  readonly sumMinor: Minor;
  readonly payableMinor: Minor;
  readonly payouts: readonly Pick<PayoutView, 'payoutId' | 'amountMinor' | 'createdAt' | 'state'>[];
};
