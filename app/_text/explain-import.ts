import type { DecideRefusal, FileRefusal, ImportRefusal } from '@/lib/connectors';
import { legalFields } from '@/lib/catalogue';
import type { Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts';

/** Words for whatever may go wrong with a product file. */
export function explainImport(locale: Locale, refusal: FileRefusal | ImportRefusal | DecideRefusal | { readonly kind: 'failed' }): string {
  return texts(locale, 'imports')(`refused.${refusal.kind}`);
}

const rowReasons = [
  'title-missing',
  'gtin-unknown',
  'price-missing',
  'price-unreadable',
  'price-not-positive',
  'price-currency',
  'parent-missing',
  'same-code-twice',
  'cell-too-long',
  'sold-elsewhere',
  'empty-record',
  'not-a-product-file',
] as const;

/** Why one row stays out. A code of another version of the program is shown as it is. */
export function explainRow(locale: Locale, reason: string): string {
  const known = rowReasons.find((one) => one === reason);
  return known === undefined ? reason : texts(locale, 'imports')(`reasons.${known}`);
}

const remarks = [
  'garbled-characters',
  'zero-bytes',
  'quote-not-closed',
  'broken-end',
  'other-sheets',
  'no-heading',
  'gtin-wrong',
  'gtin-lost-digits',
  'quantity-unreadable',
  'quantity-negative',
  'code-completed',
  'not-published',
  'grouped-left-out',
  'download',
  'vat-assumed',
  'sale-price-used',
  'text-cut',
] as const;

/** What deserves a look in a file; of what the law asks, each field by its name and why. */
export function explainRemark(locale: Locale, code: string): string {
  const law = texts(locale, 'shelf');
  const lacking = legalFields.find((field) => code === `lacks-${field}`);
  if (lacking !== undefined) return law('missing.lacks', { what: law(`legal.${lacking}.name`), why: law(`legal.${lacking}.why`) });
  const known = remarks.find((one) => one === code);
  return known === undefined ? code : texts(locale, 'imports')(`warnings.${known}`);
}

const pictureFaults = [
  'unreachable',
  'timed-out',
  'server-error',
  'asked-to-wait',
  'address-not-allowed',
  'too-large',
  'not-there',
  'refused',
  'no-picture',
] as const;

/** Why a picture could not be fetched. */
export function explainPicture(locale: Locale, reason: string): string {
  const known = pictureFaults.find((one) => one === reason);
  return known === undefined ? reason : texts(locale, 'imports')(`pictures.reasons.${known}`);
}
