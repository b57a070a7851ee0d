import type { Condition } from './city-index';
import type { PriceRange } from './price-range';

/** What a place (a shop with a lead time) can promise now, and whether it passes the filters that look at shops. */
export type PlaceWindow = {
  readonly key: string;
  readonly shopId: string;
  readonly slug: string;
  /** Start of the step of the earliest promise that fits; undefined when none does. */
  readonly rank: number | undefined;
  readonly whenBits: number;
  readonly wayBits: number;
  readonly isOpen: boolean;
  readonly isNear: boolean;
  readonly metres: number | undefined;
};

export const sorts = ['tot', 'pres', 'prix', 'pertinence'] as const;
export type Sort = (typeof sorts)[number];

/** Values of one attribute that were chosen: any of them will do. */
export type AttributeFilter = { readonly name: string; readonly values: readonly string[] };

export type EngineFilters = {
  readonly shops: readonly string[];
  readonly departments: readonly string[];
  /** From included, to excluded, in minor units; the last has no end. */
  readonly prices: readonly string[];
  readonly brands: readonly string[];
  readonly conditions: readonly Condition[];
  readonly attributes: readonly AttributeFilter[];
  readonly isOpenOnly: boolean;
  readonly isNearOnly: boolean;
};

export const noFilters: EngineFilters = {
  shops: [],
  departments: [],
  prices: [],
  brands: [],
  conditions: [],
  attributes: [],
  isOpenOnly: false,
  isNearOnly: false,
};

/** Everything an engine needs to answer: no clock, no database, no person. */
export type EngineQuestion = {
  /** As typed; empty for a department without words. */
  readonly text: string;
  readonly windows: readonly PlaceWindow[];
  /** Every category looked in, with the facet node it counts for. */
  readonly nodes: readonly { readonly categoryId: string; readonly node: string }[];
  readonly filters: EngineFilters;
  readonly priceRanges: readonly PriceRange[];
  readonly sort: Sort;
  readonly page: number;
  readonly pageSize: number;
  /** No facets wanted: a shelf, a shop's own page. */
  readonly isPageOnly: boolean;
  /** Only the first few are wanted, for a word still being typed: the total need not be told, nor everything be looked at. */
  readonly isGlance?: boolean;
};

export type Counted = { readonly value: string; readonly count: number };

/** A result, and why it is where it is: how relevant its words are (1 is good), and whether it answers what matters of the query. */
export type EngineResult = { readonly listingId: string; readonly relevance: number; readonly isStrong: boolean };

/** One page of listings, how many there are, and how many each filter would leave. */
export type EngineAnswer = {
  readonly total: number;
  readonly results: readonly EngineResult[];
  /** Shops among all results. */
  readonly shops: readonly Counted[];
  readonly when: readonly number[];
  readonly ways: readonly number[];
  readonly shop: readonly Counted[];
  readonly department: readonly Counted[];
  readonly price: readonly Counted[];
  readonly brand: readonly Counted[];
  readonly condition: readonly Counted[];
  readonly attributes: readonly { readonly name: string; readonly values: readonly Counted[] }[];
  readonly open: number;
  readonly near: number;
  /** What was read instead of words nobody knows. */
  readonly said: string | undefined;
  /** No result answers all that was asked. */
  readonly isLoose: boolean;
};

export const WHEN_CHOICES = 4;
export const WAYS = 3;
