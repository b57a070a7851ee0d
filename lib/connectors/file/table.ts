/** What a file turned out to be. */
export type FileFormat = 'csv' | 'xlsx' | 'json' | 'ndjson' | 'xml';

/** One record of a file; `row` is the number a spreadsheet shows beside it (the heading is row 1). */
export type SourceRow = { readonly row: number; readonly cells: readonly string[] };

/** Something odd about the whole file that its owner should know. */
export type FileWarning = 'garbled-characters' | 'zero-bytes' | 'quote-not-closed' | 'broken-end' | 'other-sheets' | 'no-heading';

/** A file as rows and columns, whatever it was: rows are read as they are wanted and never all kept. */
export type Table = {
  readonly format: FileFormat;
  readonly encoding: string | null;
  readonly separator: string | null;
  readonly header: readonly string[];
  readonly warnings: ReadonlySet<FileWarning>;
  /** Every call reads the file from its beginning. */
  rows(): AsyncIterable<SourceRow>;
  /** Gives the file back; to be called once, when no more rows are wanted. */
  close(): void;
};

/** Why a file cannot be read at all. */
export type FileRefusal =
  | { readonly kind: 'file-empty' }
  | { readonly kind: 'file-too-large'; readonly mostBytes: number }
  | { readonly kind: 'file-not-readable' }
  | { readonly kind: 'file-kind-unknown'; readonly looksLike: 'xls' | 'pdf' | 'image' | 'zip' | 'binary' };

/** Longest text of one cell; what is longer is cut when staged, and its row refused. */
export const LONGEST_CELL = 65_536;
/** Most columns that are looked at. */
export const MOST_COLUMNS = 500;
