import { createHash, randomInt } from 'node:crypto';

/** Letters and digits nobody reads for another: no I, L, O, U, 0 or 1. */
const SIGNS = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 16;

/** A new code, four groups of four: 78 bits of chance, which no rate of guessing reaches. */
export function makeCode(): string {
  const signs = Array.from({ length: LENGTH }, () => SIGNS[randomInt(SIGNS.length)] ?? '').join('');
  return (signs.match(/.{4}/gu) ?? []).join('-');
}

/** What somebody typed or pasted, as a code; undefined when it cannot be one. Case, spaces and dashes do not matter. */
export function readCode(text: string): string | undefined {
  const signs = text.toUpperCase().replaceAll(/[\s-]/gu, '');
  return signs.length === LENGTH && [...signs].every((sign) => SIGNS.includes(sign)) ? signs : undefined;
}

/** What is kept of a code: nobody who reads the database can spend it. Plain SHA-256 is enough for a secret made of chance. */
export function hashOfCode(signs: string): string {
  return createHash('sha256').update(`halles voucher ${signs}`).digest('hex');
}

/** How people tell two of their vouchers apart. */
export function endOfCode(signs: string): string {
  return signs.slice(-4);
}
