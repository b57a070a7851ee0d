import type { ClosingPeriod } from '@/db/schema';
import type { Instant, Minor } from '@/lib/kernel';

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

/** When closings were last looked through, how many there were, and the first that was not what was closed. */
export type ClosingCheck = { readonly at: Instant; readonly count: number; readonly broken: ClosingBreak | undefined };

/** A merchant's latest closings, newest first, and what was found when all of them were last looked through. */
export type ClosingsView = { readonly rows: readonly ClosingView[]; readonly check: ClosingCheck | undefined };
