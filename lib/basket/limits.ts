import type { SalesUnit } from '@/lib/kernel';

/** A basket is a household's shopping, not a container's. */
export const MOST_LINES = 60;

/** Pieces of one thing; weighed and measured goods go by grams and millimetres. */
const mostOf: Readonly<Record<SalesUnit, number>> = { each: 999, gram: 50_000, millimetre: 50_000 };

/** By how much a stepper moves. */
const stepOf: Readonly<Record<SalesUnit, number>> = { each: 1, gram: 50, millimetre: 100 };

/** The largest quantity of one line, in steps of its unit. */
export function mostQuantity(unit: SalesUnit): number {
  return mostOf[unit];
}

/** One tap on plus or minus. */
export function stepQuantity(unit: SalesUnit): number {
  return stepOf[unit];
}
