import type { OwedShare } from '@/lib/fulfilment';
import type { Minor, SubOrderId } from '@/lib/kernel';
import { minor } from '@/lib/kernel';
import { SERVED_AND_RETURNED } from '@/lib/wallet';

/** Why money went back for things that were served and came back: the merchant had earned it. Any other reason is of what was never served. */
export const RETURNED = SERVED_AND_RETURNED;

/** What was taken for a part by card, and given back of it. Minor units. */
export type TakenShare = { readonly subOrderId: SubOrderId; readonly capturedMinor: Minor; readonly refundedMinor: Minor };

export type DueRefund = { readonly subOrderId: SubOrderId; readonly amountMinor: Minor; readonly reason: string };

/**
 * What a payment's shares come to, given what each part is owed now, and what is due back to the card.
 *
 * `returned`: what went back so far of what was served, by part. Guarantees: pure; the sum taken stays; nothing is given back that is owed or
 *   held; what came back after it was served is told apart from what never was; settled shares settle to themselves.
 */
export function settleShares<Share extends TakenShare>(
  before: readonly Share[],
  owed: readonly OwedShare[],
  returned: ReadonlyMap<string, number>,
): { readonly shares: readonly Share[]; readonly refunds: readonly DueRefund[] } {
  const refunds: DueRefund[] = [];
  const shares = movedShares(before, owed).map((share) => {
    const part = owed.find((one) => one.subOrderId === share.subOrderId);
    const excess = Math.max(0, excessOf(share, part));
    const cameBack = part === undefined ? 0 : part.servedMinor - part.owedMinor - (returned.get(share.subOrderId) ?? 0);
    const returnedMinor = minor(Math.min(excess, Math.max(0, cameBack)));
    const unservedMinor = minor(excess - returnedMinor);
    const reason = part === undefined || part.servedMinor > 0 ? 'less-than-ordered' : part.state;
    if (unservedMinor > 0) refunds.push({ subOrderId: share.subOrderId, amountMinor: unservedMinor, reason });
    if (returnedMinor > 0) refunds.push({ subOrderId: share.subOrderId, amountMinor: returnedMinor, reason: RETURNED });
    return excess === 0 ? share : { ...share, refundedMinor: minor(share.refundedMinor + excess) };
  });
  return { shares, refunds };
}

/** Taken for a part beyond what is owed or held for it; negative when a part is owed more than was taken for it. */
function excessOf(share: TakenShare, part: OwedShare | undefined): number {
  return share.capturedMinor - share.refundedMinor - (part?.owedMinor ?? 0) - (part?.heldMinor ?? 0);
}

/**
 * What was taken for one shop and is owed to another that took its place becomes the other's: the shopper's money is not given back and
 * taken again. Guarantees: the sum of the shares stays; no share is moved below what is owed, held or given back of it.
 */
function movedShares<Share extends TakenShare>(shares: readonly Share[], owed: readonly OwedShare[]): readonly Share[] {
  const partOf = (share: Share) => owed.find((one) => one.subOrderId === share.subOrderId);
  const moved = new Map(shares.map((share) => [share.subOrderId, share]));
  for (const lacking of shares.filter((share) => excessOf(share, partOf(share)) < 0)) {
    let needed = -excessOf(lacking, partOf(lacking));
    for (const giving of moved.values()) {
      const given = Math.min(needed, Math.max(0, excessOf(giving, partOf(giving))));
      if (given === 0) continue;
      needed -= given;
      const taking = moved.get(lacking.subOrderId) ?? lacking;
      moved.set(giving.subOrderId, { ...giving, capturedMinor: minor(giving.capturedMinor - given) });
      moved.set(taking.subOrderId, { ...taking, capturedMinor: minor(taking.capturedMinor + given) });
    }
  }
  return [...moved.values()];
}
