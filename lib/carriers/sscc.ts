import { invariant } from '@/lib/kernel';

const DIGITS = 18;

/**
 * A Serial Shipping Container Code: extension digit, company prefix, serial reference, check digit; 18 digits.
 *
 * Guarantees: the check digit is the one of GS1 (mod 10, weights 3 and 1 from the right). Errors: throws when the prefix leaves no room for
 * the serial. Source: GS1 General Specifications, 2.2.1 and 7.9.
 */
export function sscc(companyPrefix: string, serial: number): string {
  invariant(/^\d{7,12}$/.test(companyPrefix), 'a company prefix has 7 to 12 digits');
  const room = DIGITS - 2 - companyPrefix.length;
  const reference = String(serial).padStart(room, '0');
  invariant(Number.isSafeInteger(serial) && serial >= 0 && reference.length === room, 'the serial fits behind the prefix');
  const body = `0${companyPrefix}${reference}`;
  return `${body}${checkDigit(body)}`;
}

/** Whether a text is an SSCC with a right check digit. */
export function isSscc(text: string): boolean {
  return /^\d{18}$/.test(text) && checkDigit(text.slice(0, -1)) === text.slice(-1);
}

function checkDigit(body: string): string {
  const sum = [...body].toReversed().reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return String((10 - (sum % 10)) % 10);
}
