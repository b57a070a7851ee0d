import type { Currency, Instant, Minor, PayoutId } from '@/lib/kernel';

/** One cause of money on a merchant's account, with what it is made of. `netMinor = worthMinor − commissionMinor − commissionVatMinor − vouchersMinor`, signed. */
export type StatementLine = {
  readonly cause: string;
  readonly kind: 'earned' | 'refunded' | 'return-sold' | 'return-bought' | 'other';
  readonly subOrderNumber: string | undefined;
  readonly occurredAt: Instant;
  readonly worthMinor: Minor;
  readonly commissionMinor: Minor;
  readonly commissionVatMinor: Minor;
  /** Of the worth, what vouchers paid: their issuers pay it, the day after handover. */
  readonly vouchersMinor: Minor;
  readonly netMinor: Minor;
};

export type PayoutView = {
  readonly payoutId: PayoutId;
  readonly amountMinor: Minor;
  readonly cutOffAt: Instant;
  readonly createdAt: Instant;
};

/** A merchant's money: what the next payout holds, what waits and why, what was sent. */
export type StatementView = {
  readonly merchantName: string;
  readonly currency: Currency;
  readonly timeZone: string;
  /** Earned and in no payout yet; below zero the merchant owes it, and the next sales pay. */
  readonly balanceMinor: Minor;
  readonly nextPayoutAt: Instant;
  /** Paid by shoppers for goods that have not changed hands yet. */
  readonly waitingMinor: Minor;
  readonly payouts: readonly PayoutView[];
  /** The payout shown, or undefined for what comes next. */
  readonly shown: PayoutView | undefined;
  readonly lines: readonly StatementLine[];
};
