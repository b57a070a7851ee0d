import type { Locale } from '@/lib/kernel';
import { assertNever } from '@/lib/kernel';
import { texts } from '@/lib/texts';

/** What may be wrong before a desk's use-case is even asked. */
export type DeskRefusal =
  { readonly kind: 'role-too-small'; readonly ask: string | undefined } | { readonly kind: 'invalid' } | { readonly kind: 'failed' };

/** Words for it. */
export function explainDesk(locale: Locale, refusal: DeskRefusal): string {
  const t = texts(locale, 'merchant');
  switch (refusal.kind) {
    case 'role-too-small':
      return refusal.ask === undefined ? t('refused.role') : t('refused.roleAsk', { name: refusal.ask });
    case 'invalid':
      return t('refused.invalid');
    case 'failed':
      return t('refused.failed');
    default:
      return assertNever(refusal);
  }
}
