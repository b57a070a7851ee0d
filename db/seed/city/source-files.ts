import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

type Row = Readonly<Record<string, string>>;

const read = (path: string): string => {
  const bytes = readFileSync(new URL(`../${path}`, import.meta.url));
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
};

const linesOf = (path: string): readonly string[] => read(path).split('\n').filter(Boolean);

/** Rows of a tab-separated file without a header, as lists of cells. */
export function readCells(path: string): readonly (readonly string[])[] {
  return linesOf(path).map((line) => line.split('\t'));
}

/** Rows of a tab-separated file with a header, by column name; an empty cell is the empty string. */
export function readRows(path: string): readonly Row[] {
  const [head = '', ...lines] = linesOf(path);
  const names = head.split('\t');
  return lines.map((line) => {
    const cells = line.split('\t');
    return Object.fromEntries(names.map((name, at) => [name, cells[at] ?? '']));
  });
}

/** A cell that must be there: a source file with a hole is a bug of this repository. */
export function cell(row: Row, name: string): string {
  const value = row[name];
  if (value === undefined) throw new Error(`the source file lacks the column ${name}`);
  return value;
}

export function readNames(path: string): Readonly<Record<string, readonly string[]>> {
  return JSON.parse(read(path));
}
