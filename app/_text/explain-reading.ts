import type { LegalField } from '@/lib/catalogue';
import type { ReadingRefusal } from '@/lib/connectors';
import type { Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts';

/** Why a reading of the phone was not taken, in one sentence. */
export function explainReading(locale: Locale, { kind }: ReadingRefusal): string {
  return texts(locale, 'shelf')(`refused.${kind}`);
}

/** What the law asks for, as people call it. */
export function legalFieldText(locale: Locale, field: LegalField): string {
  return texts(locale, 'shelf')(`legal.${field}.name`);
}
