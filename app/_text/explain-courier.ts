import type { BackRefusal, CallOffRefusal, DoorRefusal, FetchRefusal, PlanRunRefusal } from '@/lib/courier';
import type { Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts';

/** Words for what a courier's tap was refused. */
export function explainCourier(locale: Locale, refusal: FetchRefusal | DoorRefusal | BackRefusal | { readonly kind: 'invalid' }): string {
  const t = texts(locale, 'courier');
  return refusal.kind === 'age-not-confirmed' ? t('refused.age-not-confirmed', { age: refusal.minimumAge }) : t(`refused.${refusal.kind}`);
}

/** Words for what the city was refused when it made or called off a run. */
export function explainRun(locale: Locale, refusal: PlanRunRefusal | CallOffRefusal | { readonly kind: 'invalid' }): string {
  const t = texts(locale, 'courier');
  return refusal.kind === 'too-many-parts' ? t('city.refused.too-many-parts', { most: refusal.most }) : t(`city.refused.${refusal.kind}`);
}
