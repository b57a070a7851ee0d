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

/** The city's commission documents, newest first, and whether its series hold. */
export type CityFeesView = {
  readonly rows: readonly FeeDocumentView[];
  readonly count: number;
  readonly brokenFrom: string | undefined;
};
