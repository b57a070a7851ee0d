import type { LinkRefusal } from '@/lib/identity';
import type { Locale } from '@/lib/kernel';
import { assertNever } from '@/lib/kernel';
import { texts } from '@/lib/texts';

export type SignInRefusal =
  LinkRefusal | { readonly kind: 'not-an-address' } | { readonly kind: 'address-missing' } | { readonly kind: 'not-sent' };

/** Words for a sign-in link that was not sent. */
export function explainSignIn(locale: Locale, refusal: SignInRefusal): string {
  const t = texts(locale, 'account');
  switch (refusal.kind) {
    case 'address-missing':
      return t('signIn.refused.addressMissing');
    case 'not-an-address':
      return t('signIn.refused.notAnAddress');
    case 'too-many-links':
      return t('signIn.refused.tooMany', { minutes: refusal.retryMinutes });
    case 'not-sent':
      return t('signIn.refused.notSent');
    default:
      return assertNever(refusal);
  }
}

/** Words for a link that did not open, from the code next-auth gives. */
export function explainLink(locale: Locale, code: string): string {
  const t = texts(locale, 'account');
  return code === 'Verification' ? t('signIn.failed.used') : t('signIn.failed.other');
}
