import { randomInt } from 'node:crypto';

/** Read aloud at a counter and typed with a thumb: no letter or figure that looks or sounds like another. */
const CODE_SIGNS = 'ACDEFHJKMNPRTVWXY34679';
const CODE_LENGTH = 4;

/** Four characters said or scanned at handover. */
export function pickupCode(): string {
  return Array.from({ length: CODE_LENGTH }, () => CODE_SIGNS[randomInt(CODE_SIGNS.length)]).join('');
}
