import type { Instant, Result } from '@/lib/kernel';
import { dateOf, err, ok } from '@/lib/kernel';

/** What somebody typed into the demo's card form; never stored, never logged. */
export type CardEntry = { readonly number: string; readonly expiry: string; readonly code: string };

export type CardEntryRefusal =
  | { readonly kind: 'card-number-invalid' }
  | { readonly kind: 'card-expiry-unreadable' }
  | { readonly kind: 'card-expiry-past' }
  | { readonly kind: 'card-code-invalid' };

/** The check digit of ISO/IEC 7812: catches every single wrong digit and most swapped ones. */
export function passesLuhn(digits: string): boolean {
  if (!/^\d{12,19}$/.test(digits)) return false;
  const sum = [...digits].toReversed().reduce((total, character, index) => {
    const doubled = Number(character) * (index % 2 === 1 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

/** A card is valid until the last day of the month printed on it. */
function expiryOf(text: string): { readonly year: number; readonly month: number } | undefined {
  const [, month, year] = /^\s*(0?[1-9]|1[0-2])\s*[/.-]?\s*(\d{2}|20\d{2})\s*$/.exec(text) ?? [];
  return month === undefined || year === undefined ? undefined : { month: Number(month), year: (Number(year) % 100) + 2000 };
}

/** Digits of a card that could exist. Spaces and dashes in the number are how people copy it from the card. */
export function readCard(card: CardEntry, now: Instant): Result<{ readonly digits: string }, CardEntryRefusal> {
  const digits = card.number.replace(/[\s.-]/g, '');
  if (!passesLuhn(digits)) return err({ kind: 'card-number-invalid' });
  const expiry = expiryOf(card.expiry);
  if (!expiry) return err({ kind: 'card-expiry-unreadable' });
  const today = dateOf(now);
  if (expiry.year * 12 + expiry.month < today.getUTCFullYear() * 12 + today.getUTCMonth() + 1) return err({ kind: 'card-expiry-past' });
  if (!/^\d{3,4}$/.test(card.code.trim())) return err({ kind: 'card-code-invalid' });
  return ok({ digits });
}
