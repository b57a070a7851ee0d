/** Whether the digits of a number agree with its last one (Luhn, ISO/IEC 7812-1): how SIREN and SIRET are checked. */
function passesLuhn(digits: string): boolean {
  const sum = [...digits].toReversed().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** La Poste's establishments alone break the rule of SIRET: their digits add up to a multiple of five. */
const LA_POSTE = '356000000';

/**
 * Reads a SIREN of nine digits, or the one a SIRET of fourteen begins with, written with spaces or without.
 * Guarantees: nine digits whose check digit is right. Errors: `undefined` for any other text, also where only the establishment is wrong.
 */
export function parseSiren(text: string): string | undefined {
  const bare = text.replaceAll(/[\s.\u00a0-]/g, '');
  if (!/^(\d{9}|\d{14})$/.test(bare) || /^0+$/.test(bare)) return undefined;
  const siren = bare.slice(0, 9);
  if (!passesLuhn(siren)) return undefined;
  if (bare.length === 14 && siren !== LA_POSTE && !passesLuhn(bare)) return undefined;
  return siren;
}

/** The French VAT number of a company: a key of two digits before its SIREN. */
export function vatNumberOfSiren(siren: string): string {
  return `FR${String((12 + 3 * (Number(siren) % 97)) % 97).padStart(2, '0')}${siren}`;
}

/** Whether a VAT number is the one of this company, however it was typed. */
export function isVatNumberOf(text: string, siren: string): boolean {
  return text.replaceAll(/[\s.\u00a0-]/g, '').toUpperCase() === vatNumberOfSiren(siren);
}
