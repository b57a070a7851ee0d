import type { LegalField, OwnProductView } from '@/lib/catalogue';
import type { ReadingRefusal } from '@/lib/connectors';
import type { Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts';

/** Why a reading of the phone was not taken, in one sentence. */
export function explainReading(locale: Locale, { kind }: ReadingRefusal): string {
  return texts(locale, 'shelf')(`refused.${kind}`);
}

/** What a product still lacks, in one sentence; a class of energy that is written, but on no step of its scale, is named with the scale. */
export function lackText(
  locale: Locale,
  field: LegalField,
  { attributes, energyScale }: Pick<OwnProductView, 'attributes' | 'energyScale'>,
): string {
  const t = texts(locale, 'shelf');
  const what = legalFieldText(locale, field);
  const letter = field === 'energyClass' ? (attributes[field] ?? '').trim() : '';
  return letter !== '' && energyScale !== undefined
    ? t('missing.offScale', { what, letter, best: energyScale.best, worst: energyScale.worst })
    : t('missing.because', { what, why: t(`legal.${field}.why`) });
}

/** What the law asks for, as people call it. */
export function legalFieldText(locale: Locale, field: LegalField): string {
  return texts(locale, 'shelf')(`legal.${field}.name`);
}
