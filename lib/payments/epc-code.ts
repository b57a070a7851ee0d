import type { Currency, Minor } from '@/lib/kernel';

/** At most so much of the name and of the words beside the amount: the guideline ends the name at 70 characters and the whole at 331 bytes. */
const NAME = { characters: 70, bytes: 140 };
const WORDS = { characters: 140, bytes: 100 };
/** 999 999 999.99 euros. */
const MOST_MINOR = 99_999_999_999;

export type EpcTransfer = {
  readonly beneficiary: string;
  readonly iban: string;
  readonly bic: string;
  readonly reference: string;
  readonly amountMinor: Minor;
  readonly currency: Currency;
};

/**
 * The text of the European payment code, which a banking app reads with its camera and turns into a filled-in transfer.
 *
 * Units: minor units, of euros. Guarantees: at most 331 bytes, one line a field, nothing after the last one used. Undefined for what a SEPA transfer cannot
 *   be: another currency, nothing, too much. Source: EPC069-12, version 002, UTF-8.
 */
export function epcCode({ beneficiary, iban, bic, reference, amountMinor, currency }: EpcTransfer): string | undefined {
  if (currency !== 'EUR' || amountMinor < 1 || amountMinor > MOST_MINOR) return undefined;
  const amount = `EUR${Math.floor(amountMinor / 100)}.${String(amountMinor % 100).padStart(2, '0')}`;
  const [purpose, creditorReference] = ['', ''];
  const lines = ['BCD', '002', '1', 'SCT', bic, line(beneficiary, NAME), iban, amount, purpose, creditorReference];
  return [...lines, line(reference, WORDS)].join('\n');
}

/** One line, cut between two characters. */
function line(text: string, most: { readonly characters: number; readonly bytes: number }): string {
  let cut = '';
  for (const character of [...text.replaceAll(/\s+/gu, ' ').trim()].slice(0, most.characters)) {
    if (Buffer.byteLength(cut + character) > most.bytes) break;
    cut += character;
  }
  return cut;
}
