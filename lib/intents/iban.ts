/** The remainder of a long number of digits by 97 (ISO 7064). */
function by97(digits: string): number {
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0);
}

/** Letters as the numbers they stand for in check digits: A is 10. */
const numbered = (text: string): string => text.replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));

/** Whether the check digits of an account number are right (ISO 13616). Without spaces. */
export function isIban(iban: string): boolean {
  return /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban) && by97(numbered(iban.slice(4) + iban.slice(0, 4))) === 1;
}

/**
 * A French account number at a bank that does not exist, for the demo: check digits and key are right, so that a banking app reads it, and the bank code
 * 99999 is nobody's, so that none will send to it. `account`: eleven digits.
 */
export function demoIban(account: string): string {
  const bank = '99999';
  const branch = '00001';
  // The key of a French account: 97 less the weighted remainder (Banque de France, RIB).
  const key = 97 - Number((89n * BigInt(bank) + 15n * BigInt(branch) + 3n * BigInt(account)) % 97n);
  const own = `${bank}${branch}${account}${String(key).padStart(2, '0')}`;
  return `FR${String(98 - by97(numbered(`${own}FR00`))).padStart(2, '0')}${own}`;
}
