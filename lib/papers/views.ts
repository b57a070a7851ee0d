import type { Instant, MerchantId } from '@/lib/kernel';

/** A shop's hours in lines to be typed over. */
export type HoursView = {
  /** By the day as OSM names it: `09:00 – 12:30, 14:00 – 19:00`; empty is closed. */
  readonly lines: Readonly<Record<string, string>>;
  /** False where the hours are written in a way a line a day cannot show. */
  readonly isShown: boolean;
  readonly written: string;
  readonly holidaysOff: boolean;
  /** YYYY-MM-DD where the shop is. */
  readonly today: string;
  /** Days to come on which other hours hold; an empty line is closed all day. */
  readonly days: readonly { readonly date: string; readonly line: string }[];
};

/** The legal person as its owner stated it, and what the city and the mandate say of it. */
export type PapersView = {
  readonly company: {
    readonly siren: string;
    readonly legalName: string;
    readonly legalForm: string;
    readonly capital: string;
    readonly register: string;
    readonly address: string;
    readonly email: string;
    readonly vatNumber: string;
    readonly regime: 'normal' | 'exempt' | 'margin' | undefined;
  };
  readonly mediatorName: string;
  readonly mediatorUrl: string;
  readonly declaredAt: Instant | undefined;
  readonly verifiedAt: Instant | undefined;
  readonly mandate: { readonly signedAt: Instant; readonly signer: string; readonly isCurrent: boolean } | undefined;
};

/** A merchant of open shops whose statement changed since the city looked. */
export type ChangedPapersView = {
  readonly merchantId: MerchantId;
  readonly shops: string;
  readonly legalName: string;
  readonly legalForm: string;
  readonly siren: string;
  readonly register: string;
  readonly address: string;
  readonly declaredAt: Instant | undefined;
};
