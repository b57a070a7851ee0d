import type { EngineQuestion, PlaceWindow } from '../engine/question';

/** Windows that come equally early or lie equally far: results are asked for tier by tier, because Meilisearch knows no hour and no shopper. */
export type Tier = (window: PlaceWindow) => boolean;

/** Distances count as equal within this; metres. The farther, the coarser, so that there are few tiers. */
const steps = [150, 300, 450, 600, 800, 1_000, 1_250, 1_500, 2_000, 3_000, 5_000, Number.POSITIVE_INFINITY] as const;

const stepOf = (metres: number | undefined) => (metres === undefined ? steps.length : steps.findIndex((step) => metres <= step));

/** The tiers of an order, first first; undefined for orders that Meilisearch makes itself. */
export function tiersOf({ sort, windows }: EngineQuestion): readonly Tier[] | undefined {
  const numbers = (of: (window: PlaceWindow) => number | undefined) =>
    [...new Set(windows.flatMap((window) => of(window) ?? []))]
      .toSorted((a, b) => a - b)
      .map(
        (number): Tier =>
          (window) =>
            of(window) === number,
      );
  if (sort === 'tot') return numbers(({ rank }) => rank);
  return sort === 'pres' ? numbers(({ metres }) => stepOf(metres)) : undefined;
}
