import type { ReactNode } from 'react';
import { leaveOnboardingAction, startOnboardingAction } from '@/app/_actions/payment-account';
import { type AccountPlace, accountPage } from '@/app/_actions/account-page';
import { SubmitButton } from '@/components/commerce/submit-button';
import type { Locale } from '@/lib/kernel';
import { onboardingFormKey } from '@/lib/provider';
import { texts } from '@/lib/texts';
import { ProviderForm } from './provider-form';

type Place = { readonly at: AccountPlace; readonly slug: string };

type ToAccountProps = Place & { readonly className: string; readonly children: ReactNode };

/** The way to the account at the payment provider: its form in this page where it has one, its own pages where it has none. */
export function ToAccount({ className, children, ...place }: ToAccountProps) {
  if (onboardingFormKey() === undefined) {
    return (
      <ToProvider className={className} {...place}>
        {children}
      </ToProvider>
    );
  }
  // A plain link: the page is loaded anew, with a policy that lets the form in.
  return (
    <a className={className} href={accountPage(place.at, place.slug, { isFilling: true })}>
      {children}
    </a>
  );
}

function ToProvider({ at, slug, className, children }: ToAccountProps) {
  return (
    <form action={startOnboardingAction}>
      <input type="hidden" name="shop" value={slug} />
      <input type="hidden" name="at" value={at} />
      <SubmitButton className={className}>{children}</SubmitButton>
    </form>
  );
}

/** Whether a page is asked with the provider's form open in it, and there is such a form. */
export function isFillingAccount(asked: unknown): boolean {
  return asked === 'open' && onboardingFormKey() !== undefined;
}

/** The provider's form itself, and where it cannot be shown the way to its own pages. Nothing where the provider has no form. */
export function AccountForm({ at, slug, locale }: Place & { readonly locale: Locale }) {
  const publishableKey = onboardingFormKey();
  if (publishableKey === undefined) return null;
  const t = texts(locale, 'onboarding');
  return (
    <ProviderForm
      publishableKey={publishableKey}
      slug={slug}
      locale={locale}
      leave={leaveOnboardingAction}
      at={at}
      words={{ loading: t('account.form.loading'), failed: t('account.form.failed'), done: t('account.form.done') }}
      instead={
        <ToProvider at={at} slug={slug} className="btn btn-secondary min-h-[64px]">
          {t('account.form.instead')}
        </ToProvider>
      }
    />
  );
}
