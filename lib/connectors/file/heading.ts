/** Where a table's names stand: the rows up to and with the heading are no data. */
export type Heading = { readonly names: readonly string[]; readonly rowsBefore: number; readonly isGiven: boolean };

const LOOKED_AT = 12;

const isFigure = (cell: string): boolean => /^[\s€$£'+-]*\d[\d\s.,:/%€$£-]*$/.test(cell);
const isAddress = (cell: string): boolean => /^https?:\/\/|@/.test(cell);

/** How much a record looks like names: filled, different, short, without figures. */
function looksLikeNames(record: readonly string[]): boolean {
  const filled = record.filter((cell) => cell.trim() !== '');
  if (filled.length === 0) return false;
  const odd = filled.filter((cell) => isFigure(cell) || isAddress(cell) || cell.length > 120).length;
  return odd === 0 || (odd / filled.length < 0.1 && filled.length > 8);
}

/** Names told apart: a second "Image" becomes "Image (2)", an empty one "Colonne 4" of its place. */
function toldApart(cells: readonly string[], width: number): readonly string[] {
  const seen = new Map<string, number>();
  return Array.from({ length: width }, (_, index) => {
    const name = (cells[index] ?? '').trim() || `#${index + 1}`;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}

/**
 * Finds the heading among the first records. Lists printed by a till begin with a title or a date: the heading is the first record as
 * wide as the table that looks like names. Without one, columns are called by their place.
 */
export function headingOf(records: readonly (readonly string[])[]): Heading {
  const looked = records.slice(0, LOOKED_AT);
  const width = Math.max(0, ...records.map((record) => record.length));
  const filledOf = (record: readonly string[]): number => record.filter((cell) => cell.trim() !== '').length;
  const widest = Math.max(0, ...looked.map(filledOf));
  const index = looked.findIndex((record) => filledOf(record) >= Math.max(1, widest * 0.5) && looksLikeNames(record));
  if (index < 0) return { names: toldApart([], width), rowsBefore: 0, isGiven: false };
  const names = looked[index] ?? [];
  return { names: toldApart(names, names.length), rowsBefore: index + 1, isGiven: true };
}
