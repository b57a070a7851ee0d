import { folded } from '@/lib/kernel';

const MOST_WORDS = 8;
const LONGEST_WORD = 40;

/** The words of a query, folded; the ninth and later are dropped. */
export function wordsOf(query: string): readonly string[] {
  const words = folded(query)
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  return [...new Set(words)].slice(0, MOST_WORDS).map((word) => word.slice(0, LONGEST_WORD));
}

/** Digits that may be a barcode, as 14 digits; undefined for anything else. */
export function gtinOf(query: string): string | undefined {
  const digits = query.replace(/[\s-]/g, '');
  return /^\d{8}$|^\d{12,14}$/.test(digits) ? digits.padStart(14, '0') : undefined;
}
