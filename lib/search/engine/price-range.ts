/** From included, to excluded, in minor units; the last has no end. */
export type PriceRange = { readonly name: string; readonly fromMinor: number; readonly toMinor: number };

/** In which range a price lies, or -1. */
export function rangeOf(ranges: readonly PriceRange[], minor: number): number {
  return ranges.findIndex(({ fromMinor, toMinor }) => minor >= fromMinor && minor < toMinor);
}

/** Are they cut at the same prices? */
export function areSameRanges(some: readonly PriceRange[], others: readonly PriceRange[]): boolean {
  return (
    some === others ||
    (some.length === others.length &&
      some.every(({ fromMinor, toMinor }, at) => others[at]?.fromMinor === fromMinor && others[at].toMinor === toMinor))
  );
}
