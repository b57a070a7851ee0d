import type { Minor } from '@/lib/kernel';
import { invariant, minor } from '@/lib/kernel';

/**
 * The accounts of the city's ledger. Money is always at a payment provider (OP-24): these say whose it is.
 *
 * `provider`: what the provider holds for all of us. `shopper-funds`: taken from a shopper for a sub-order, not yet earned. `refunds`: owed
 * back to a shopper, not yet sent. `merchant`: earned by a merchant, not yet paid out; below zero the merchant owes. `merchant-held`: earned, and kept aside
 * while a bank looks into its sale. `commission`,
 * `commission-vat`: the city's fee and the VAT on it.
 * `voucher`: redeemed at an issuer's expense, settled from the issuer's own provider account. `city-discounts`: what the city gives off.
 * `rescue`: kept to hold promises. `compensation`: what the city bears beside its fee (ADR 0184). `guarantee`: a merchant below zero whom the city carries.
 * `disputes`: taken back by a bank, not decided. `provider-fees`: what the provider keeps. `return-clearing`: between two merchants, for goods
 * that came back to another shop than the one that sold them; zero once both sides are written.
 */
export const accountKinds = [
  'provider',
  'shopper-funds',
  'refunds',
  'merchant',
  'merchant-held',
  'commission',
  'commission-vat',
  'voucher',
  'city-discounts',
  'rescue',
  'compensation',
  'guarantee',
  'disputes',
  'provider-fees',
  'return-clearing',
] as const;
export type AccountKind = (typeof accountKinds)[number];

/** An account and, where there are many of a kind, whose: a sub-order's, a merchant's, an issuer's. */
export type Account = { readonly kind: AccountKind; readonly holder: string | null };

/** `pending`: held, to be made final or given up. `posted`: final. */
export type PostingPhase = 'pending' | 'posted';

/** A signed amount on an account. Above zero: more is owed to whoever the account is for, or was earned; `provider` is the other side. */
export type Posting = { readonly account: Account; readonly amountMinor: Minor; readonly phase: PostingPhase };

/** An immutable set of postings that sums to zero in each phase. */
export type LedgerTransaction = { readonly kind: string; readonly postings: readonly Posting[] };

/** A line of a transaction before its zeros are left out. */
export type Entry = readonly [kind: AccountKind, holder: string | null, amountMinor: number];

/**
 * A transaction of these lines.
 *
 * Guarantees: sums to zero in its phase; no line is zero; lines of one account are one line. Errors: throws when it does not balance, which
 *   is a bug of whoever wrote the lines.
 */
export function transactionOf(kind: string, entries: readonly Entry[], phase: PostingPhase = 'posted'): LedgerTransaction {
  const sums = new Map<string, Posting>();
  for (const [account, holder, amount] of entries) {
    const key = `${account} ${holder ?? ''}`;
    const amountMinor = minor((sums.get(key)?.amountMinor ?? 0) + amount);
    sums.set(key, { account: { kind: account, holder }, amountMinor, phase });
  }
  const postings = [...sums.values()].filter((posting) => posting.amountMinor !== 0);
  const sum = postings.reduce((total, posting) => total + posting.amountMinor, 0);
  invariant(sum === 0, `a transaction sums to zero, not ${sum}`);
  return { kind, postings };
}

/** Several transactions told as one. */
export function joined(kind: string, parts: readonly LedgerTransaction[]): LedgerTransaction {
  return { kind, postings: parts.flatMap((part) => part.postings) };
}

/** The opposite of a transaction: nothing in a ledger is ever edited. */
export function reversalOf({ kind, postings }: LedgerTransaction): LedgerTransaction {
  return {
    kind: `${kind}-reversed`,
    postings: postings.map((posting) => ({ ...posting, amountMinor: minor(-posting.amountMinor) })),
  };
}

/** Does every phase of it sum to zero? */
export function isBalanced({ postings }: LedgerTransaction): boolean {
  return (['pending', 'posted'] as const).every(
    (phase) => postings.reduce((sum, posting) => sum + (posting.phase === phase ? posting.amountMinor : 0), 0) === 0,
  );
}

/** What an account stands at after these transactions, in one phase. Minor units. */
export function balanceOf(transactions: readonly LedgerTransaction[], account: Account, phase: PostingPhase = 'posted'): Minor {
  return minor(
    transactions
      .flatMap(({ postings }) => postings)
      .filter((posting) => posting.phase === phase && isSame(posting.account, account))
      .reduce((sum, posting) => sum + posting.amountMinor, 0),
  );
}

function isSame(a: Account, b: Account): boolean {
  return a.kind === b.kind && a.holder === b.holder;
}

/** Throws on an amount below zero: which way money goes is said by the transaction, never by a sign. */
export function notNegative(...amounts: readonly number[]): void {
  invariant(
    amounts.every((amount) => Number.isSafeInteger(amount) && amount >= 0),
    'amounts of a transaction are whole and not negative',
  );
}
