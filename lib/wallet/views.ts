import type { Currency, Instant, IssuerId, Minor, SeriesId, TenderId, VoucherId } from '@/lib/kernel';

export const voucherKinds = ['voucher', 'gift-card', 'employer-card', 'local-currency', 'loyalty'] as const;
export type VoucherKind = (typeof voucherKinds)[number];

/** A voucher brought to a basket, with what it would pay of it now. */
export type BroughtVoucherView = {
  readonly voucherId: VoucherId;
  readonly name: string;
  readonly issuerName: string;
  readonly kind: VoucherKind;
  readonly codeEnd: string;
  readonly paysMinor: Minor;
  /** What stays on it afterwards. */
  readonly leftMinor: Minor;
};

/** What vouchers pay of an order about to be placed, and what is left to the card. */
export type TenderPreview = { readonly vouchers: readonly BroughtVoucherView[]; readonly paidMinor: Minor; readonly cardMinor: Minor };

/** A voucher's part in an order that was placed. */
export type TenderView = {
  readonly tenderId: TenderId;
  readonly name: string;
  readonly issuerName: string;
  readonly codeEnd: string;
  readonly state: 'authorised' | 'captured' | 'released';
  readonly amountMinor: Minor;
  readonly capturedMinor: Minor;
  readonly returnedMinor: Minor;
};

/** What a holder reads about a voucher, by its code. */
export type VoucherBalanceView = {
  readonly name: string;
  readonly issuerName: string;
  readonly kind: VoucherKind;
  readonly codeEnd: string;
  readonly currency: Currency;
  readonly balanceMinor: Minor;
  /** Of it, held by orders in progress. */
  readonly reservedMinor: Minor;
  readonly validUntil: Instant;
  readonly state: 'usable' | 'blocked' | 'expired' | 'not-yet';
  /** Names of the shops and departments it is bound to; empty where it is not. */
  readonly shops: readonly string[];
  readonly departments: readonly string[];
  readonly paysDelivery: boolean;
  readonly movements: readonly {
    readonly kind: 'loaded' | 'spent' | 'returned';
    readonly amountMinor: Minor;
    readonly grantedMinor: Minor;
    readonly orderNumber: string | undefined;
    readonly at: Instant;
  }[];
};

/** A series as its issuer and the city see it. `outstandingMinor` is what the issuer still answers for. */
export type SeriesView = {
  readonly seriesId: SeriesId;
  readonly issuerId: IssuerId;
  readonly issuerName: string;
  readonly name: string;
  readonly kind: VoucherKind;
  readonly purpose: 'multi' | 'single';
  readonly topUpBps: number;
  readonly validUntil: Instant;
  readonly count: number;
  readonly blocked: number;
  readonly loadedMinor: Minor;
  readonly grantedMinor: Minor;
  readonly spentMinor: Minor;
  readonly returnedMinor: Minor;
  readonly reservedMinor: Minor;
  readonly outstandingMinor: Minor;
};

/** A series with the rules it was given under; empty lists bind to nothing. */
export type SeriesRulesView = {
  readonly vatRateBps: number | undefined;
  readonly shops: readonly string[];
  readonly departments: readonly string[];
  readonly paysDelivery: boolean;
  readonly validFrom: Instant;
};

/** A code of a series; the code itself was shown once, when it was made. */
export type VoucherRowView = {
  readonly voucherId: VoucherId;
  readonly codeEnd: string;
  readonly holderEmail: string | undefined;
  readonly balanceMinor: Minor;
  readonly reservedMinor: Minor;
  readonly validUntil: Instant;
  readonly isBlocked: boolean;
};
