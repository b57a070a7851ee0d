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

/** A merchant's latest closings, newest first, and whether all of them hold. */
export type ClosingsView = { readonly rows: readonly ClosingView[]; readonly count: number; readonly broken: ClosingBreak | undefined };
