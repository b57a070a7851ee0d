import type { Currency, DocumentId, Instant, Minor } from '@/lib/kernel';

/** What can be had of a document: PDF with the data inside (Factur-X), or the data alone in one of two syntaxes. */
export const documentFormats = ['pdf', 'cii', 'ubl'] as const;
export type DocumentFormat = (typeof documentFormats)[number];

/** A document as lists show it. */
export type DocumentRowView = {
  readonly documentId: DocumentId;
  readonly kind: 'invoice' | 'credit-note';
  readonly number: string;
  readonly subOrderNumber: string;
  readonly issuedAt: Instant;
  readonly grossMinor: Minor;
  readonly vatMinor: Minor;
  readonly currency: Currency;
};

/** A page of a shop's documents, newest first. */
export type ShopDocumentsView = {
  readonly rows: readonly DocumentRowView[];
  /** How many its merchant has in all. */
  readonly count: number;
  /** The last of this page, where there are older ones: what the next page begins after. */
  readonly older: DocumentId | undefined;
  readonly timeZone: string;
};
