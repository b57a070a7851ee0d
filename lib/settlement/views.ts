import type { Currency, Instant, MerchantId, Minor, OrderLineId, PayoutId, VoucherSettlementId } from '@/lib/kernel';
import type { RuleWords } from '@/lib/commission/views';
import type { AccountKind } from '@/lib/oms';
import type { TenderView } from '@/lib/wallet/views';

export type StatementLineKind =
  | 'earned'
  | 'refunded'
  | 'commission-rounded'
  | 'return-sold'
  | 'return-bought'
  | 'payout-failed'
  | 'dispute-held'
  | 'dispute-freed'
  | 'dispute-lost'
  | 'carried'
  | 'recovered'
  | 'other';

/** One cause of money on a merchant's account, with what it is made of. `netMinor = worthMinor − commissionMinor − commissionVatMinor − vouchersMinor`, signed. */
export type StatementLine = {
  readonly cause: string;
  readonly kind: StatementLineKind;
  readonly subOrderNumber: string | undefined;
  readonly occurredAt: Instant;
  readonly worthMinor: Minor;
  readonly commissionMinor: Minor;
  readonly commissionVatMinor: Minor;
  /** How the commission came about, rule by rule; empty where there is none. Their fees sum to it. */
  readonly fees: readonly StatementFee[];
  /** Of the worth, what vouchers paid: their issuers pay it, the day after handover. */
  readonly vouchersMinor: Minor;
  readonly netMinor: Minor;
  /** The postings of its ledger transaction; they sum to zero. */
  readonly entries: readonly StatementEntry[];
};

/** `basisMinor × rateBps = feeMinor`, and the rate of the VAT on it; below zero where it is given back. */
export type StatementFee = {
  readonly basisMinor: Minor;
  readonly rateBps: number;
  readonly feeMinor: Minor;
  readonly vatRateBps: number;
  /** Who said so; undefined for the merchant's contract. */
  readonly rule: RuleWords | undefined;
};

/** `pending`: held, to be made final or given up. */
export type StatementEntry = { readonly account: AccountKind; readonly phase: 'pending' | 'posted'; readonly amountMinor: Minor };

/** The kinds of transactions that have words; the words are the catalogues' (`money`, `books.kind`). */
export const bookKinds = [
  'authorised',
  'voided',
  'captured',
  'moved',
  'earned',
  'refunded',
  'refund-sent',
  'return-sold',
  'return-bought',
  'dispute-opened',
  'dispute-held',
  'dispute-freed',
  'dispute-won',
  'dispute-lost',
  'provider-fee',
  'carried',
  'recovered',
  'commission-rounded',
  'voucher-settled',
  'paid-out',
  'payout-failed',
] as const;

export type BookKind = (typeof bookKinds)[number] | 'other';

/** The kind under which a transaction is shown; what was written by rules that are no more is a movement. */
export function bookKindOf(kind: string): BookKind {
  return bookKinds.find((one) => one === kind) ?? 'other';
}

/** A transaction of the ledger about an order. */
export type OrderBookView = Pick<
  StatementLine,
  'cause' | 'subOrderNumber' | 'occurredAt' | 'fees' | 'commissionMinor' | 'commissionVatMinor' | 'entries'
> & {
  readonly kind: BookKind;
};

/** The figures of a merchant's money, in the order in which it moves. `earned`: in no payout yet, what vouchers pay left out. `disputed`: kept aside while a bank decides. `carried`: below zero, what the city's
 * guarantee bears for it until its next sales. */
export const merchantFigures = ['pending', 'earned', 'disputed', 'onTheWay', 'paid', 'carried'] as const;
export type MerchantFigure = (typeof merchantFigures)[number];

/** One transaction of the ledger as a part of a figure: what it adds to it, signed, and entries of its own. */
export type FigureLine = Pick<OrderBookView, 'cause' | 'kind' | 'subOrderNumber' | 'occurredAt' | 'entries'> & {
  readonly amountMinor: Minor;
};

/** A figure and what it is the sum of: `sumMinor` = lines + `earlier`. */
export type FigureView = {
  readonly sumMinor: Minor;
  readonly lines: readonly FigureLine[];
  /** What is older than the lines shown. */
  readonly earlier: { readonly count: number; readonly amountMinor: Minor } | undefined;
};

export type MerchantFigureView = FigureView & { readonly merchantId: MerchantId; readonly name: string; readonly figure: MerchantFigure };

/** The money of one shop's part of an order: each figure with its transactions. Figures of nothing are left out. */
export type PartMoneyView = {
  /** `held`: on the shopper's card. `waiting`: taken, for goods that have not changed hands. `yours`: earned, less commission; `vouchers`: of it, what issuers pay. */
  readonly figures: readonly (FigureView & { readonly figure: 'held' | 'waiting' | 'yours' | 'vouchers' })[];
  /** How the commission came about, transaction by transaction. */
  readonly books: readonly OrderBookView[];
};

export type PayoutView = {
  readonly payoutId: PayoutId;
  readonly amountMinor: Minor;
  readonly cutOffAt: Instant;
  readonly createdAt: Instant;
  /** `created`: to be sent. `sent`: on its way. `failed`: the bank sent it back, and it is in the balance again. */
  readonly state: 'created' | 'sent' | 'paid' | 'failed';
  readonly settledAt: Instant | undefined;
};

export type HoldReason = 'papers-missing' | 'bank-refused' | 'suspected-fraud' | 'complaints' | 'legal-order';

/** Why nothing is paid out for now, and until when. */
export type HoldView = { readonly reason: HoldReason; readonly statement: string; readonly placedAt: Instant; readonly freedAt: Instant };

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
  /** The holds in force; while there is one, what is earned waits. */
  readonly holds: readonly HoldView[];
  /** Whether the provider has what it needs to pay this merchant. */
  readonly isPayable: boolean;
  /** Of what was earned, what a bank took back and has not decided on. */
  readonly disputedMinor: Minor;
  readonly payouts: readonly PayoutView[];
  /** The payout shown, or undefined for what comes next. */
  readonly shown: PayoutView | undefined;
  readonly lines: readonly StatementLine[];
};

/** What an issuer of vouchers owes a merchant; below zero the merchant owes. */
export type VoucherDueView = { readonly issuerName: string; readonly merchantName: string; readonly amountMinor: Minor };

/** Issuers and merchants: what was settled between them, day by day, when the provider moved it, and what is due now. */
export type VoucherSettlementsView = {
  readonly due: readonly VoucherDueView[];
  readonly made: readonly (VoucherDueView & {
    readonly settlementId: VoucherSettlementId;
    readonly cutOffAt: Instant;
    readonly sentAt: Instant | undefined;
  })[];
};

/** A line whose money went back, or a delivery where there is no line; by card is what is not any voucher's. */
export type LineBackView = {
  readonly lineId: OrderLineId | undefined;
  readonly title: string | undefined;
  readonly amountMinor: Minor;
  readonly vouchers: readonly { readonly name: string; readonly codeEnd: string; readonly amountMinor: Minor }[];
  readonly cardMinor: Minor;
};

/** The vouchers that pay an order, and where the money of what came back went; both empty where none pays. */
export type TenderStoryView = { readonly tenders: readonly TenderView[]; readonly back: readonly LineBackView[] };
