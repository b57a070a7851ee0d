import type { FormState } from '@/components/ui/form-state';
import type { Locale } from '@/lib/kernel';
import type { BeginningView, BeginRefusal, DayRefusal, MissingPaper, SignRefusal, StepRefusal } from '@/lib/onboarding';
import { LEAST_PRODUCTS } from '@/lib/onboarding';
import { texts } from '@/lib/texts';

/** What a step answers when it is refused: the field, the sentence, and addresses that were meant perhaps. */
export function explainStep(
  locale: Locale,
  refusal: BeginRefusal | SignRefusal | StepRefusal | DayRefusal,
): Omit<FormState, 'attempt' | 'values'> {
  const t = texts(locale, 'onboarding');
  switch (refusal.kind) {
    case 'address-unknown':
      return { errors: [{ field: 'address', message: t('errors.address-unknown') }], suggestions: refusal.like };
    case 'too-many-begun':
      return { errors: [{ field: 'name', message: t('errors.too-many-begun', { most: refusal.most }) }] };
    case 'hours-unreadable':
      return { errors: [{ field: refusal.day, message: `${t(`days.${refusal.day}`)} – ${t('errors.hours-unreadable')}` }] };
    case 'hours-missing':
      return { errors: [{ field: 'Mo', message: t('errors.hours-missing') }] };
    case 'not-open-to-change':
      return { errors: [{ field: 'form', message: t('errors.not-open-to-change') }] };
  }
}

/** One missing paper in a few words. */
export function missingPaperText(locale: Locale, { what }: MissingPaper, { productsReady }: Pick<BeginningView, 'productsReady'>): string {
  return texts(locale, 'onboarding')(`missing.${what}`, { least: LEAST_PRODUCTS, ready: productsReady });
}
