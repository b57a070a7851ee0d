/** Which sign stands before the cents in a column. */
export type DecimalSign = ',' | '.';

const currencySigns: Readonly<Record<string, string>> = { '€': 'EUR', $: 'USD', '£': 'GBP', '¥': 'JPY' };

/** An amount in hundredths of its currency; the currency only where the cell names it. */
export type Amount = { readonly minor: number; readonly currency: string | undefined };

/**
 * Decides for a whole column which sign stands before decimals: `1,234` alone could be a thousand, but not beside `12,50`.
 * Undefined where no cell tells.
 */
export function guessDecimalSign(cells: readonly string[]): DecimalSign | undefined {
  let comma = 0;
  let point = 0;
  for (const cell of cells) {
    if (/,\d{1,2}(?!\d)/.test(cell)) comma++;
    if (/\.\d{1,2}(?!\d)/.test(cell)) point++;
  }
  if (comma === point) return undefined;
  return comma > point ? ',' : '.';
}

/** Which of the signs in a number is the decimal one, if any. */
function decimalPlace(digits: string, hint: DecimalSign | undefined): number {
  const comma = digits.lastIndexOf(',');
  const point = digits.lastIndexOf('.');
  if (comma >= 0 && point >= 0) return Math.max(comma, point);
  const at = Math.max(comma, point);
  if (at < 0) return -1;
  const sign = digits[at];
  if (digits.indexOf(sign ?? '') !== at) return -1; // several of one sign: thousands
  if (digits.length - at - 1 !== 3 || digits.startsWith('0')) return at;
  if (hint !== undefined) return sign === hint ? at : -1;
  return sign === '.' ? at : -1; // machines write 66.050; people write 1,234
}

/** Reads a whole or decimal number as thousandths, exactly; undefined when the text is none. */
function parseThousandths(text: string, hint: DecimalSign | undefined): bigint | undefined {
  const bare = text
    .replaceAll(/[\s\u00a0\u202f'’_]/g, '')
    .replace(/[-–]$/, '')
    .replace(/,(?:-|–|—)$/, '');
  const match = /^([+-]?)([\d.,]+)$/.exec(bare);
  const digits = match?.[2];
  if (match === null || digits === undefined || !/\d/.test(digits) || digits.length > 20) return undefined;
  const at = decimalPlace(digits, hint);
  const whole = (at < 0 ? digits : digits.slice(0, at)).replaceAll(/[.,]/g, '');
  const part = at < 0 ? '' : digits.slice(at + 1).replaceAll(/[.,]/g, '');
  const scaled = BigInt(`${whole === '' ? '0' : whole}${part.slice(0, 3).padEnd(3, '0')}`);
  const roundsUp = (part[3] ?? '0') >= '5' ? 1n : 0n;
  return (scaled + roundsUp) * (match[1] === '-' ? -1n : 1n);
}

const MOST_MINOR = 100_000_000n;

/** Reads a price with its currency sign or code before or behind, half a cent rounded up. Errors: undefined for what is no price. */
export function parseAmount(text: string, hint: DecimalSign | undefined): Amount | undefined {
  const code = /\b([A-Z]{3})\b/i.exec(text)?.[1]?.toUpperCase();
  const sign = /[€$£¥]/.exec(text)?.[0];
  const bare = text.replace(/\b[A-Z]{3}\b/gi, '').replaceAll(/[€$£¥]|\b(?:ttc|ht|euros?)\b/gi, '');
  const thousandths = parseThousandths(bare, hint);
  if (thousandths === undefined) return undefined;
  const minor = thousandths < 0n ? thousandths / 10n : (thousandths + 5n) / 10n;
  if (minor > MOST_MINOR || minor < -MOST_MINOR) return undefined;
  return { minor: Number(minor), currency: sign === undefined ? code : currencySigns[sign] };
}

/** Reads a count of pieces: `12`, `12.0`, `1 200`. Parts of a piece are dropped. */
export function parseCount(text: string, hint: DecimalSign | undefined): number | undefined {
  const thousandths = parseThousandths(text.replace(/\b(?:pcs?|pi[eè]ces?|st(?:ück|k)?|u(?:nit[eé]?s?|ds?)?|pz)\.?$/i, ''), hint);
  if (thousandths === undefined || thousandths > 1_000_000_000n || thousandths < -1_000_000_000n) return undefined;
  return Math.floor(Number(thousandths) / 1_000);
}

/** Reads a rate of VAT in basis points: `20`, `20 %`, `5,5`, `0.2`, `TVA 20 %`. */
export function parseRateBps(text: string): number | undefined {
  const digits = /(\d{1,3}(?:[.,]\d{1,4})?)\s*(%?)/.exec(text);
  if (digits?.[1] === undefined) return undefined;
  const value = Number(digits[1].replace(',', '.'));
  const percent = value > 0 && value < 1 && digits[2] !== '%' ? value * 100 : value;
  return percent > 60 ? undefined : Math.round(percent * 100);
}

const gramsPer: Readonly<Record<string, number>> = {
  g: 1,
  gr: 1,
  gram: 1,
  grams: 1,
  kg: 1_000,
  mg: 0.001,
  lb: 453.592,
  lbs: 453.592,
  oz: 28.3495,
};

/** Reads a weight in whole grams; the unit comes from the cell, else from `unit`, else it is kilograms. */
export function parseGrams(text: string, unit: string, hint: DecimalSign | undefined): number | undefined {
  const own = /([a-z]+)\.?\s*$/i.exec(text)?.[1]?.toLowerCase();
  const factor = gramsPer[own ?? ''] ?? gramsPer[unit.toLowerCase()] ?? 1_000;
  const thousandths = parseThousandths(text.replace(/[a-z]+\.?\s*$/i, ''), hint);
  if (thousandths === undefined || thousandths <= 0n) return undefined;
  const grams = Math.round((Number(thousandths) / 1_000) * factor);
  return grams > 0 && grams <= 2_000_000 ? grams : undefined;
}

/** Net content for the unit price (ME-06). */
export type NetContent = { readonly amount: number; readonly unit: 'g' | 'ml' | 'mm' };

const contentUnits: Readonly<Record<string, readonly [number, NetContent['unit']]>> = {
  g: [1, 'g'],
  gr: [1, 'g'],
  kg: [1_000, 'g'],
  ml: [1, 'ml'],
  cl: [10, 'ml'],
  dl: [100, 'ml'],
  l: [1_000, 'ml'],
};

/** Finds a content in words: `750 g`, `6 x 33 cl`, `1,5L`. The last one counts, because names end with it. */
export function findNetContent(text: string): NetContent | undefined {
  const all = [...text.matchAll(/(?:(\d{1,3})\s*[x×*]\s*)?(\d{1,5}(?:[.,]\d{1,3})?)\s*(kg|gr|g|ml|cl|dl|l)\b/gi)];
  const match = all.at(-1);
  const unit = contentUnits[match?.[3]?.toLowerCase() ?? ''];
  if (match?.[2] === undefined || unit === undefined) return undefined;
  const amount = Math.round(Number(match[1] ?? '1') * Number(match[2].replace(',', '.')) * unit[0]);
  return amount > 0 && amount <= 1_000_000 ? { amount, unit: unit[1] } : undefined;
}
