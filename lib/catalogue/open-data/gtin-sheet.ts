/** What open data knows of a bar code. Every sheet names where its words come from and under which licence they may be shown. */
export type GtinSheet = {
  readonly gtin: string;
  readonly title: string;
  /** Leaf of our tree, by its French slug, where the title tells it. */
  readonly leaf: string | undefined;
  readonly netContent: { readonly amount: number; readonly unit: 'g' | 'ml' } | undefined;
  readonly brand?: string;
  /** Facts under the names of a draft's attributes: ingredients, allergens. */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly source: string;
  readonly licence: string;
};

/** Where sheets come from: the bundled book by default, an open service when its address is configured. */
export type GtinSource = (gtins: readonly string[]) => Promise<ReadonlyMap<string, GtinSheet>>;
