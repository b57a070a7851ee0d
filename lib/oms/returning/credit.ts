import { invariant, minor, roundHalfUp } from '@/lib/kernel';
import type { Minor } from '@/lib/kernel';

/** A line as it was served: so many units, what the shopper owes for them, and what the rescue account pays of them. */
export type ServedLine = { readonly servedQuantity: number; readonly owedMinor: Minor; readonly rescueMinor: Minor };

/** What goes back to whom. */
export type ReturnCredit = { readonly shopperMinor: Minor; readonly rescueMinor: Minor };

/**
 * What units that come back are worth, to each source of their money.
 *
 * Units: steps of the sales unit; minor units with VAT. Guarantees: by difference, rounded half-up on what is left, so that any sequence of
 *   returns sums exactly to what was paid; never negative. Source: golden cases C2 and C3.
 * Errors: throws when more comes back than was served; the caller counts first.
 */
export function returnCredit(line: ServedLine, returnedBefore: number, quantity: number): ReturnCredit {
  const left = line.servedQuantity - returnedBefore;
  invariant(quantity > 0 && quantity <= left && returnedBefore >= 0, 'no more comes back than was served');
  const part = (amount: Minor): Minor =>
    minor(shareOf(amount, left, line.servedQuantity) - shareOf(amount, left - quantity, line.servedQuantity));
  return { shopperMinor: part(line.owedMinor), rescueMinor: part(line.rescueMinor) };
}

function shareOf(amount: Minor, units: number, of: number): number {
  return roundHalfUp(BigInt(amount) * BigInt(units), BigInt(of));
}

export type DeliveryPaid = {
  readonly owedMinor: Minor;
  readonly rescueMinor: Minor;
  /** The least expensive standard delivery the shop offered; null when it is not known, and then all of it goes back. */
  readonly standardMinor: Minor | null;
};

/**
 * What of the outward delivery goes back, once nothing of the contract is left.
 *
 * Guarantees: a withdrawal gives back no more than the standard delivery would have cost (BO-13); a defect gives back all of it; an exchange
 *   nothing, for the delivery served its purpose. Source: CRD 13(1), 13(2); BO-14.
 */
export function deliveryCredit(
  cause: 'withdrawal' | 'defect' | 'exchange',
  { owedMinor, rescueMinor, standardMinor }: DeliveryPaid,
): ReturnCredit {
  switch (cause) {
    case 'exchange':
      return { shopperMinor: minor(0), rescueMinor: minor(0) };
    case 'defect':
      return { shopperMinor: owedMinor, rescueMinor };
    case 'withdrawal':
      return { shopperMinor: minor(Math.min(owedMinor, standardMinor ?? owedMinor)), rescueMinor };
  }
}

/**
 * A credit less what the goods lost by handling.
 *
 * Guarantees: only a withdrawal may be lessened, and never below nothing; the rescue account bears none of it. Source: CRD 14(2); L.221-23.
 */
export function lessDeduction(cause: 'withdrawal' | 'defect' | 'exchange', credit: ReturnCredit, deductionMinor: Minor): ReturnCredit {
  invariant(deductionMinor >= 0, 'a deduction is no gift');
  if (cause !== 'withdrawal') return credit;
  return { ...credit, shopperMinor: minor(Math.max(0, credit.shopperMinor - deductionMinor)) };
}

export type ExchangeMoney = {
  /** What the new thing is sold for on the order: never more than the old one gave. */
  readonly lineMinor: Minor;
  /** What the new thing costs beyond that, rung on the shop's own till when it changes hands. */
  readonly supplementMinor: Minor;
  /** What goes back when the new thing costs less. */
  readonly backMinor: Minor;
};

/** The money of an exchange. Guarantees: `lineMinor + backMinor` is the credit, `lineMinor + supplementMinor` the new price; one of the two is zero. */
export function exchangeMoney(creditMinor: Minor, newPriceMinor: Minor): ExchangeMoney {
  const lineMinor = minor(Math.min(creditMinor, newPriceMinor));
  return { lineMinor, supplementMinor: minor(newPriceMinor - lineMinor), backMinor: minor(creditMinor - lineMinor) };
}
