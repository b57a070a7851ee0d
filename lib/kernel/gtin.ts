import type { Branded } from './ids';

/** Trade item number: 14 digits, the last of which checks the others (GS1 General Specifications, 7.9). */
export type Gtin = Branded<string, 'Gtin'>;

/** Whether the last digit of a number of 8, 12, 13 or 14 digits is the right one. */
function checks(digits: string): boolean {
  let sum = 0;
  for (let at = digits.length - 2, weight = 3; at >= 0; at--, weight = 4 - weight) sum += Number(digits[at]) * weight;
  return (10 - (sum % 10)) % 10 === Number(digits.at(-1));
}

/** The EAN of an ISBN of ten places: 978 before it and a check digit of the other kind behind. */
function eanOfIsbn(isbn: string): string | undefined {
  const sum = [...isbn].reduce((total, sign, index) => total + (10 - index) * (sign === 'X' ? 10 : Number(sign)), 0);
  if (sum % 11 !== 0) return undefined;
  const body = `978${isbn.slice(0, 9)}`;
  const weighed = [...body].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return `${body}${(10 - (weighed % 10)) % 10}`;
}

/**
 * Reads a GTIN-8, -12 (UPC), -13 (EAN), -14 or an ISBN-10, with spaces, hyphens or a leading apostrophe as spreadsheets write them.
 *
 * Guarantees: 14 digits with a right check digit; the same article gives the same number however it was written, because
 *   shorter forms are filled with zeros on the left. Nothing but zeros is no number.
 * Errors: `undefined` for any other text.
 */
export function parseGtin(text: string): Gtin | undefined {
  const bare = text.trim().replace(/^'/, '').replaceAll(/[\s-]/g, '').toUpperCase();
  if (/^\d{9}[\dX]$/.test(bare)) {
    const ean = eanOfIsbn(bare);
    return ean === undefined ? undefined : (`0${ean}` as Gtin);
  }
  if (!/^(\d{8}|\d{12,14})$/.test(bare) || /^0+$/.test(bare) || !checks(bare)) return undefined;
  return bare.padStart(14, '0') as Gtin;
}

/** A number as it is printed under its bars: what has thirteen digits without the zero that fills it, everything else as it is. */
export const printedGtin = (gtin: string): string => gtin.replace(/^0(?=\d{13}$)/, '');

/**
 * Whether a number is given out by a shop or a company for itself (GS1 prefixes 02, 04, 20–29 and GTIN-8 beginning with 0 or 2):
 * the same digits mean another thing next door, so such numbers never join two shops' products.
 */
export function isInStoreGtin(gtin: Gtin): boolean {
  if (gtin.startsWith('000000')) return /^000000[02]/.test(gtin);
  return /^.(02|04|2\d)/.test(gtin);
}
