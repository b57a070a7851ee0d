import type { ClosingPeriod } from '@/db/schema';
import type { Instant, MerchantId, Minor } from '@/lib/kernel';

/** A closed period as a page shows it. Minor units. */
export type ClosingView = {
  readonly period: ClosingPeriod;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly grossMinor: Minor;
  readonly vatMinor: Minor;
  readonly documents: number;
  /** Everything closed so far, this period included. */
  readonly perpetualMinor: Minor;
  readonly hash: string;
  readonly closedAt: Instant;
};

/** What was found when closings were looked through. */
export type ClosingBreak = {
  readonly period: ClosingPeriod;
  readonly startsOn: string;
  /** `seal`: changed, taken out or put in. `totals`: documents or ledger do not say what was closed. */
  readonly why: 'seal' | 'totals';
};

/**
 * When a merchant's closings and documents were last looked through, how many of each there were, and the first that was not what was closed, or
 * the first number that was not what was issued.
 */
export type ClosingCheck = {
  readonly at: Instant;
  readonly count: number;
  readonly broken: ClosingBreak | undefined;
  readonly documents: number;
  readonly seriesBroken: string | undefined;
};

/** One merchant's archive as the city's list shows it: how far it is closed, what it came to since the beginning, what was found last. */
export type MerchantArchiveView = {
  readonly merchantId: MerchantId;
  readonly name: string;
  /** The shops' names. */
  readonly shops: string;
  readonly closings: number;
  /** The last day that is closed, and the total since the beginning at its end; undefined before the first. */
  readonly closedUpTo: string | undefined;
  readonly perpetualMinor: Minor;
  readonly check: ClosingCheck | undefined;
};

/** One merchant's closings of a year for the city, newest first. */
export type MerchantClosingsView = ClosingsView & {
  readonly merchantId: MerchantId;
  readonly name: string;
  /** The years it has closings of, newest first, and the one shown; undefined before the first closing. */
  readonly years: readonly number[];
  readonly year: number | undefined;
};

/** A merchant's latest closings, newest first, and what was found when all of them were last looked through. */
export type ClosingsView = { readonly rows: readonly ClosingView[]; readonly check: ClosingCheck | undefined };
