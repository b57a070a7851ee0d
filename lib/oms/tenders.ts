import type { Minor } from '@/lib/kernel';
import { invariant, minor, roundHalfUp, sumMinor } from '@/lib/kernel';
import { apportion } from './apportion';

/** Something of an order that can be paid for: the goods of a line, or a part's delivery. Minor units, as the shopper would pay it. */
export type PayablePosition = { readonly id: string; readonly worthMinor: Minor };

/** A voucher brought to an order: what it may still spend, and on which positions its issuer lets it be spent. */
export type BroughtTender = { readonly id: string; readonly availableMinor: Minor; readonly accepts: ReadonlySet<string> };

/** What a voucher pays of each position. */
export type TenderClaim = {
  readonly id: string;
  readonly amountMinor: Minor;
  readonly positions: readonly { readonly position: string; readonly amountMinor: Minor }[];
};

/**
 * What each of several vouchers pays of an order. The one that may be spent on least is spent first, so that one bound to bread does not find
 * its bread paid by one that could have paid for anything; of two alike the smaller is emptied first.
 *
 * Units: minor units. Guarantees: no voucher pays more than it has or outside its rules; no position is paid more than its worth; within a
 *   voucher's positions its amount is in proportion to what was left of each, to the cent; the order in which vouchers come does not matter.
 */
export function claimTenders(positions: readonly PayablePosition[], tenders: readonly BroughtTender[]): readonly TenderClaim[] {
  const left = new Map(positions.map((position) => [position.id, position.worthMinor]));
  const reach = (tender: BroughtTender): number =>
    sumMinor(positions.filter(({ id }) => tender.accepts.has(id)).map(({ worthMinor }) => worthMinor));
  const narrowestFirst = tenders.toSorted(
    (a, b) => reach(a) - reach(b) || a.availableMinor - b.availableMinor || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
  return narrowestFirst.flatMap((tender): readonly TenderClaim[] => {
    const open = positions.filter(({ id }) => tender.accepts.has(id) && (left.get(id) ?? 0) > 0);
    const amountMinor = minor(Math.min(tender.availableMinor, sumMinor(open.map(({ id }) => left.get(id) ?? 0))));
    const shares = apportion(
      amountMinor,
      open.map(({ id }) => left.get(id) ?? 0),
    );
    if (amountMinor <= 0 || !shares.ok) return [];
    const paid = open.flatMap(({ id }, index) => {
      const share = shares.value[index] ?? minor(0);
      left.set(id, minor((left.get(id) ?? 0) - share));
      return share > 0 ? [{ position: id, amountMinor: share }] : [];
    });
    return [{ id: tender.id, amountMinor, positions: paid }];
  });
}

/**
 * Who owes what of a position that is worth less than was agreed: one amount for each voucher, in their order, and the card's last.
 *
 * Units: minor units; `paidMinor` is what each voucher pays of the whole `worthMinor`. Guarantees: the parts sum to `owedMinor`; they follow
 *   from it alone, whatever happened before; none grows while less is owed, so nothing is given back and taken again; each voucher's part is
 *   within a cent of its proportion of what those before it leave, and the whole of it when all is owed.
 */
export function owedByTenders(
  worthMinor: Minor,
  paidMinor: readonly Minor[],
  owedMinor: Minor,
): { readonly tenders: readonly Minor[]; readonly cardMinor: Minor } {
  invariant(owedMinor >= 0 && owedMinor <= worthMinor, 'no more is owed than was agreed');
  invariant(sumMinor(paidMinor) <= worthMinor, 'vouchers pay no more than a position is worth');
  let worth = worthMinor;
  let owed = owedMinor;
  const tenders = paidMinor.map((paid) => {
    // A slope of at most one: a cent less owed is a cent less for the voucher or for what is left to the others, never for neither or both.
    const part = worth === 0 ? minor(0) : minor(roundHalfUp(BigInt(paid) * BigInt(owed), BigInt(worth)));
    worth = minor(worth - paid);
    owed = minor(owed - part);
    return part;
  });
  return { tenders, cardMinor: owed };
}

/** What `paidMinor` is worth on a voucher the town tops up; rate in basis points, 12 500 being a quarter on top. Rounded down: no cent is invented. */
export function toppedUp(paidMinor: Minor, topUpBps: number): { readonly loadedMinor: Minor; readonly grantedMinor: Minor } {
  invariant(topUpBps >= 10_000, 'a top-up takes nothing away');
  const loadedMinor = minor(Number((BigInt(paidMinor) * BigInt(topUpBps)) / 10_000n));
  return { loadedMinor, grantedMinor: minor(loadedMinor - paidMinor) };
}

/** How a position stands that vouchers pay for. Amounts of a voucher are in the order of `paidMinor`. */
export type TenderedPosition = {
  readonly worthMinor: Minor;
  readonly paidMinor: readonly Minor[];
  /** Of the worth: what was served, and what of that is still owed after what came back. */
  readonly servedMinor: Minor;
  readonly owedMinor: Minor;
  /** Units of it look for another shop. */
  readonly isSearched: boolean;
  /** Of each voucher, what passed to another shop's position, was let go or given back unserved, and was given back after it was served. */
  readonly passedMinor: readonly Minor[];
  readonly unservedMinor: readonly Minor[];
  readonly returnedMinor: readonly Minor[];
};

/** `heldMinor`: waits for another shop. `lessMinor`, `backMinor`: due to go back to the voucher now, unserved or returned. */
export type TenderStanding = {
  readonly servedMinor: Minor;
  readonly owedMinor: Minor;
  readonly heldMinor: Minor;
  readonly lessMinor: Minor;
  readonly backMinor: Minor;
};

/**
 * Where each voucher of a position stands. While units look for another shop all that is freed of a voucher waits, so that it can pay there;
 * afterwards what passed to nobody is due back.
 *
 * Guarantees: owed, held, passed, given back and due sum to what the voucher paid; nothing due is below zero.
 */
export function tenderStandings(position: TenderedPosition): {
  readonly tenders: readonly TenderStanding[];
  readonly servedCardMinor: Minor;
  readonly owedCardMinor: Minor;
} {
  const { worthMinor, paidMinor } = position;
  const served = owedByTenders(worthMinor, paidMinor, position.servedMinor);
  const owed = owedByTenders(worthMinor, paidMinor, position.owedMinor);
  const tenders = paidMinor.map((paid, index): TenderStanding => {
    const at = (amounts: readonly Minor[]) => amounts[index] ?? minor(0);
    const freed = minor(Math.max(0, paid - at(served.tenders) - at(position.passedMinor) - at(position.unservedMinor)));
    return {
      servedMinor: at(served.tenders),
      owedMinor: at(owed.tenders),
      heldMinor: position.isSearched ? freed : minor(0),
      lessMinor: position.isSearched ? minor(0) : freed,
      backMinor: minor(Math.max(0, at(served.tenders) - at(owed.tenders) - at(position.returnedMinor))),
    };
  });
  return { tenders, servedCardMinor: served.cardMinor, owedCardMinor: owed.cardMinor };
}

/** A position of a shop that took another's place: what the shopper pays of it, and which position its money came from. */
export type TakenOver = { readonly position: string; readonly from: string; readonly worthMinor: Minor };

/** What a voucher has free of a position that could not be served. */
export type FreedTender<TenderId extends string = string> = {
  readonly tenderId: TenderId;
  readonly position: string;
  readonly freedMinor: Minor;
};

/**
 * The vouchers that paid for what one shop could not serve pay for it at the shop that does, in their order, as far as they reach.
 * Guarantees: no voucher passes on more than was freed of it; no position gets more than its worth.
 */
export function passTendersOn<TenderId extends string>(taken: readonly TakenOver[], freed: readonly FreedTender<TenderId>[]) {
  const left = freed.map((one) => ({ ...one }));
  return taken.flatMap(({ position, from, worthMinor }) => {
    let needed = worthMinor;
    return [...left.entries()].flatMap(([index, one]) => {
      const amountMinor = one.position === from ? minor(Math.min(needed, one.freedMinor)) : minor(0);
      if (amountMinor <= 0) return [];
      needed = minor(needed - amountMinor);
      left[index] = { ...one, freedMinor: minor(one.freedMinor - amountMinor) };
      return [{ tenderId: one.tenderId, position, passedFrom: from, amountMinor }];
    });
  });
}
