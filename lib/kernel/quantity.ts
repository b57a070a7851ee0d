import type { Branded } from './ids';
import { invariant } from './invariant';

/** Count of an offer's smallest saleable step; the step is named by its `SalesUnit`. */
export type Quantity = Branded<number, 'Quantity'>;

/** The step in which something is sold: a piece, a gram, a millimetre. */
export const salesUnits = ['each', 'gram', 'millimetre'] as const;
export type SalesUnit = (typeof salesUnits)[number];

/** Makes a quantity out of a whole, non-negative number; throws on anything else. */
export function quantity(value: number): Quantity {
  invariant(Number.isSafeInteger(value) && value >= 0, `a quantity is a whole count, not ${value}`);
  return value as Quantity;
}
