import type { DifferenceKind } from '@/db/schema';
import type { Minor } from '@/lib/kernel';
import { minor, sumMinor } from '@/lib/kernel';
import type { EntryKind } from '@/lib/provider';

/** One movement, in the provider's books or in ours. Minor units, not negative: the kind says which way. */
export type Movement = {
  readonly kind: EntryKind;
  readonly reference: string;
  readonly amountMinor: Minor;
  readonly orderNumber?: string | undefined;
};

export type Difference = {
  readonly entry: EntryKind;
  readonly reference: string;
  readonly kind: DifferenceKind;
  readonly oursMinor: Minor | undefined;
  readonly theirsMinor: Minor | undefined;
  readonly orderNumber: string | undefined;
};

/**
 * What two lists of movements do not agree on.
 *
 * Units: minor units. Guarantees: order does not matter; equal lists differ in nothing; what is listed twice on one side is compared by its sum;
 *   each movement of either side is in at most one difference, and the differences' amounts explain the difference of the sums exactly.
 */
export function compareBooks(theirs: readonly Movement[], ours: readonly Movement[]): readonly Difference[] {
  const [there, here] = [byMovement(theirs), byMovement(ours)];
  const keys = [...new Set([...there.keys(), ...here.keys()])].toSorted();
  return keys.flatMap((key): readonly Difference[] => {
    const [their, our] = [there.get(key), here.get(key)];
    const one = their ?? our;
    if (!one || their?.amountMinor === our?.amountMinor) return [];
    const kind = their === undefined ? 'missing-there' : our === undefined ? 'missing-here' : 'amount-differs';
    const { kind: entry, reference } = one;
    const orderNumber = our?.orderNumber ?? their?.orderNumber;
    return [{ entry, reference, kind, oursMinor: our?.amountMinor, theirsMinor: their?.amountMinor, orderNumber }];
  });
}

function byMovement(movements: readonly Movement[]): ReadonlyMap<string, Movement> {
  const groups = Map.groupBy(movements, ({ kind, reference }) => `${kind} ${reference}`);
  return new Map(
    [...groups].flatMap(([key, own]) => {
      const [first] = own;
      return first ? [[key, { ...first, amountMinor: minor(sumMinor(own.map((one) => one.amountMinor))) }] as const] : [];
    }),
  );
}
