import { quantity } from '@/lib/kernel';
import type { Instant, Quantity } from '@/lib/kernel';

/**
 * A fact about the units at one place. A `change` is signed; a `count` says how many were there at that instant.
 * `key` names the fact at its source: the same key again is the same fact. Units: steps of the offer.
 */
export type StockFact =
  | { readonly kind: 'change'; readonly key: string; readonly occurredAt: Instant; readonly delta: number }
  | { readonly kind: 'count'; readonly key: string; readonly occurredAt: Instant; readonly counted: number };

export type StockFigure = { readonly onHand: number; readonly asOf: Instant | undefined };

/**
 * Folds every fact known about one offer at one place into its figure.
 *
 * Units: steps of the offer. Guarantees: the same facts give the same figure in any order of arrival; a key counts once;
 *   a count resets the fold at its instant and later changes still apply. A change at the very instant of a count is held to be
 *   seen by it, and of two counts at one instant the one with the greater key wins: a rule is needed, and this one is repeatable.
 *   May be negative: the shelf outranks the record.
 */
export function foldStock(facts: readonly StockFact[]): StockFigure {
  const byKey = new Map<string, StockFact>();
  for (const fact of facts) {
    const known = byKey.get(fact.key);
    // Two facts with one key should be equal; if a source contradicts itself, arrival order must still not matter.
    if (!known || inFoldOrder(known, fact) < 0) byKey.set(fact.key, fact);
  }
  let onHand = 0;
  let asOf: Instant | undefined;
  for (const fact of [...byKey.values()].toSorted(inFoldOrder)) {
    onHand = fact.kind === 'count' ? fact.counted : onHand + fact.delta;
    asOf = fact.occurredAt;
  }
  return { onHand, asOf };
}

function inFoldOrder(a: StockFact, b: StockFact): number {
  if (a.occurredAt !== b.occurredAt) return a.occurredAt - b.occurredAt;
  if (a.kind !== b.kind) return a.kind === 'change' ? -1 : 1;
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  return amountOf(a) - amountOf(b);
}

function amountOf(fact: StockFact): number {
  return fact.kind === 'count' ? fact.counted : fact.delta;
}

export type StockClaims = {
  readonly onHand: number;
  readonly reserved: number;
  readonly allocated: number;
  readonly safetyStock: number;
};

/** Units that may still be promised. Guarantees: never below zero, never more than is on hand. Units: steps. */
export function availableToPromise({ onHand, reserved, allocated, safetyStock }: StockClaims): Quantity {
  return quantity(Math.max(0, onHand - reserved - allocated - safetyStock));
}

/** Units promised beyond what is there: the rescue chain must act on so many. Safety stock does not count: it is there. */
export function shortageOf({ onHand, reserved, allocated }: Omit<StockClaims, 'safetyStock'>): Quantity {
  return quantity(Math.max(0, reserved + allocated - onHand));
}
