import type { CommissionDocumentId, Currency, Instant, Minor } from '@/lib/kernel';

/** An invoice of the city's commission, or a credit note, as lists show it. */
export type FeeDocumentView = {
  readonly documentId: CommissionDocumentId;
  readonly kind: 'invoice' | 'credit-note';
  readonly number: string;
  readonly merchantName: string;
  /** The days it is about, both included: `2026-10-01`. */
  readonly from: string;
  readonly to: string;
  readonly issuedAt: Instant;
  readonly netMinor: Minor;
  readonly vatMinor: Minor;
  readonly grossMinor: Minor;
  readonly currency: Currency;
};

/** When the city's own series were last looked through, how many documents that were, and the first number that is not what was issued. */
export type FeeCheck = { readonly at: Instant; readonly documents: number; readonly brokenFrom: string | undefined };

/** A page of the city's commission documents, newest first, and what was found when its series were last looked through. */
export type CityFeesView = {
  readonly rows: readonly FeeDocumentView[];
  /** How many there are in all. */
  readonly count: number;
  /** The last of this page, where there are older ones: what the next page begins after. */
  readonly older: CommissionDocumentId | undefined;
  readonly check: FeeCheck | undefined;
};
