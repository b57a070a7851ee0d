import type { ProviderName } from '@/db/schema';
import type { Currency, Instant, MerchantId, Minor, PayoutId, VoucherSettlementId } from '@/lib/kernel';

/** What a merchant's account at the provider may do, and what the provider still asks for. */
export type AccountReport = {
  readonly reference: string;
  readonly chargesEnabled: boolean;
  readonly payoutsEnabled: boolean;
  readonly requirements: readonly string[];
};

export type NewAccount = {
  readonly merchantId: MerchantId;
  readonly legalName: string;
  readonly email: string;
  /** ISO 3166 alpha-2. */
  readonly country: string;
};

/** Money into a merchant's account. `group` is the order's number: it ties all movements of one order together. */
export type NewTransfer = {
  readonly key: string;
  readonly account: string;
  readonly amountMinor: Minor;
  readonly currency: Currency;
  readonly group: string | undefined;
  /** The payment it comes from; then it may go before that payment's money has arrived. */
  readonly intent: string | undefined;
};

/** Money from an issuer's own account to a merchant's, or back: the city's account never has it (OP-24). */
export type NewSettlement = {
  readonly settlementId: VoucherSettlementId;
  readonly from: string;
  readonly to: string;
  readonly amountMinor: Minor;
  readonly currency: Currency;
};

export type NewPayout = {
  readonly payoutId: PayoutId;
  /** Whose; undefined for the city's own. */
  readonly account: string | undefined;
  readonly amountMinor: Minor;
  readonly currency: Currency;
};

/** `sent`: a message will say what became of it. */
export type SentPayout = { readonly reference: string; readonly state: 'sent' | 'paid' };

/** One movement in the provider's books. Amounts are not negative; the kind says which way. */
export type ProviderEntry = {
  readonly kind: EntryKind;
  readonly reference: string;
  readonly amountMinor: Minor;
  /** What the provider kept of it. */
  readonly feeMinor: Minor;
  readonly occurredAt: Instant;
};

export const entryKinds = ['charge', 'refund', 'transfer', 'reversal', 'payout', 'dispute', 'dispute-won', 'settlement'] as const;
export type EntryKind = (typeof entryKinds)[number];

/**
 * The merchants' side of whoever moves the money (separate charges and transfers): each merchant has an account of its own there, and the city
 * has none of their money. Every call may be repeated: with the same key it has the same effect, once.
 */
export type MerchantProvider = {
  readonly name: ProviderName;
  openAccount(merchant: NewAccount): Promise<AccountReport>;
  retrieveAccount(reference: string): Promise<AccountReport>;
  /** Where the merchant tells the provider who it is, on the provider's own pages; of short life. */
  onboardingLink(reference: string, pages: { readonly done: string; readonly again: string }): Promise<string>;
  /** The secret of a form of the provider's inside our page, for the same; good once and of short life. Undefined where there is none. */
  onboardingSession(reference: string): Promise<string | undefined>;
  transfer(transfer: NewTransfer): Promise<{ readonly reference: string }>;
  /** Takes back part of a transfer, or all of it. */
  reverse(transfer: string, amountMinor: Minor, key: string): Promise<{ readonly reference: string }>;
  /** Moves what vouchers paid from one account to another, in one call. */
  settle(settlement: NewSettlement): Promise<{ readonly reference: string }>;
  payOut(payout: NewPayout): Promise<SentPayout>;
  /** `accept`: the shopper keeps the money. `contest`: the bank decides, on `evidence`. */
  answerDispute(
    reference: string,
    answer: { readonly kind: 'accept' } | { readonly kind: 'contest'; readonly evidence: string },
  ): Promise<void>;
  /** Everything that moved in [from, to); of payouts those from these accounts and the city's own. */
  listEntries(between: {
    readonly from: Instant;
    readonly to: Instant;
    readonly accounts: readonly string[];
  }): Promise<readonly ProviderEntry[]>;
};
