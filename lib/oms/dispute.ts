import { invariant, minor, sumMinor } from '@/lib/kernel';
import type { Minor } from '@/lib/kernel';
import { apportion } from './apportion';

/** What was taken for a sub-order and has not been given back: the most a dispute can concern of it. */
export type DisputableShare = { readonly subOrder: string; readonly number: string; readonly leftMinor: Minor };

export type DisputeAttribution = {
  readonly parts: readonly { readonly subOrder: string; readonly amountMinor: Minor }[];
  /** What no sub-order that is concerned can bear: the city's. */
  readonly cityMinor: Minor;
};

/**
 * Whose part of a disputed amount is how much: of the sub-orders it names, else of all, in proportion to what was paid for each.
 *
 * Units: minor units. Guarantees: parts and the city's rest sum to the amount; none is above what is left of its sub-order; a sub-order that is
 *   not named bears nothing, whatever is missing. Source: BO-17, architecture §7.
 */
export function attributeDispute(amountMinor: Minor, shares: readonly DisputableShare[], named: readonly string[]): DisputeAttribution {
  invariant(amountMinor > 0, 'a dispute is about something');
  const concerned = shares.filter((share) => named.includes(share.number));
  const bearing = concerned.length > 0 ? concerned : shares;
  const borneMinor = minor(Math.min(amountMinor, sumMinor(bearing.map((share) => share.leftMinor))));
  const divided = apportion(
    borneMinor,
    bearing.map((share) => share.leftMinor),
  );
  const amounts = divided.ok ? divided.value : [];
  return {
    parts: bearing.flatMap(({ subOrder }, index) => {
      const part = amounts[index] ?? minor(0);
      return part > 0 ? [{ subOrder, amountMinor: part }] : [];
    }),
    cityMinor: minor(amountMinor - borneMinor),
  };
}
