import type { ImportId, Instant } from '@/lib/kernel';

/** What became, or is going to become, of the rows of a file. */
export type ImportCountsView = { readonly new: number; readonly changed: number; readonly unchanged: number; readonly rejected: number };

export type ImportState = 'staged' | 'checked' | 'applying' | 'done' | 'undoing' | 'undone';

/** One line of the list of a shop's imports. */
export type ImportListView = {
  readonly importId: ImportId;
  readonly fileName: string;
  readonly state: ImportState;
  readonly rows: number;
  readonly counts: ImportCountsView | undefined;
  readonly createdAt: Instant;
  readonly undoUntil: Instant | undefined;
};

/** A refused row; `reason` is a code for `lib/texts`. */
export type RejectedRowView = { readonly row: number; readonly reason: string; readonly value: string | undefined };

/** A column of the file: its heading, what it is taken for, and what it holds on the first rows. */
export type ImportColumnView = { readonly heading: string; readonly field: string | undefined; readonly samples: readonly string[] };

/** What one row is understood as. */
export type DraftView = {
  readonly row: number;
  readonly title: string;
  readonly label: string | undefined;
  readonly priceMinor: number;
  readonly quantity: number | undefined;
  readonly gtin: string | undefined;
  readonly verdict: 'new' | 'changed' | 'unchanged';
};

/** Everything the page of one import shows. */
export type ImportView = ImportListView & {
  readonly format: string;
  readonly encoding: string | undefined;
  readonly separator: string | undefined;
  readonly shape: string | undefined;
  readonly columns: readonly ImportColumnView[];
  readonly drafts: readonly DraftView[];
  readonly rejected: readonly RejectedRowView[];
  readonly warnings: readonly { readonly code: string; readonly count: number; readonly rows: readonly number[] }[];
  /** How many addresses of pictures its rows name. */
  readonly pictures: number;
  /** 0 to 1. */
  readonly progress: number;
  readonly mayUndo: boolean;
};
