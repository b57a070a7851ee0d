import type { Metadata } from 'next';
import { signOutAction } from '@/app/_actions/sign-out';
import { currentPerson } from '@/app/_data/person';
import { localeFrom } from '@/app/_data/showing';
import { explainLink } from '@/app/_text/explain-sign-in';
import { Banner } from '@/components/ui/banner';
import { Button, ButtonLink } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { MAILED_LINK_MINUTES, ownPath } from '@/lib/identity';
import { pathTo, type Locale } from '@/lib/kernel';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { requestLinkAction } from './actions';
import { SignInForm } from './sign-in-form';

type SignInPageProps = {
  readonly params: Promise<{ locale: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

const first = (value: string | string[] | undefined) => (typeof value === 'string' ? value : value?.[0]);

export async function generateMetadata({ params }: SignInPageProps): Promise<Metadata> {
  return { title: texts(localeFrom((await params).locale), 'account')('signIn.title'), robots: { index: false } };
}

/** One address, one link, no password; nobody needs it to buy. */
export default async function SignInPage({ params, searchParams }: SignInPageProps) {
  const locale = localeFrom((await params).locale);
  const query = await searchParams;
  const t = texts(locale, 'account');
  const [city, person] = await Promise.all([getCity(), currentPerson()]);
  const error = first(query['error']);
  const wanted = first(query['callbackUrl']);
  const callbackUrl = wanted === undefined ? pathTo(locale, 'account') : ownPath(wanted);
  return (
    <main id="main" className="wrap page">
      <div className="mx-auto grid max-w-[520px] gap-6">
        <h1 className="text-4xl">{t('signIn.title')}</h1>
        {person ? (
          <SignedIn locale={locale} email={person.email} next={callbackUrl} />
        ) : (
          <>
            <p className="text-ink-soft">{t('signIn.lead')}</p>
            {error !== undefined && (
              <Banner kind="bad" announce>
                {explainLink(locale, error)}
              </Banner>
            )}
            {query['sent'] !== undefined && (
              <Banner kind="good" announce>
                {t('signIn.sent.title')}. {t('signIn.sent.text', { minutes: MAILED_LINK_MINUTES })}
              </Banner>
            )}
            <div className="panel p-6">
              <SignInForm
                action={requestLinkAction}
                locale={locale}
                callbackUrl={callbackUrl}
                words={formWords(locale)}
                mailIcon={<Icon name="mail" />}
              />
            </div>
            <p className="text-md text-ink-soft">{t('signIn.noNeed')}</p>
            {city.isDemo && (
              <Banner kind="careful">
                <b className="font-semibold">{t('signIn.demo.title')}</b>
                <p>{t('signIn.demo.text')}</p>
              </Banner>
            )}
          </>
        )}
      </div>
    </main>
  );
}

function formWords(locale: Locale) {
  const t = texts(locale, 'account');
  return {
    email: t('signIn.email'),
    emailHint: t('signIn.emailHint'),
    submit: t('signIn.submit'),
    busy: t('signIn.busy'),
    errorsTitle: texts(locale, 'common')('form.errors', { count: 1 }),
    sentTitle: t('signIn.sent.title'),
    sentText: t('signIn.sent.text', { minutes: MAILED_LINK_MINUTES }),
    sentAgain: t('signIn.sent.again'),
  };
}

function SignedIn({ locale, email, next }: { locale: Locale; email: string; next: string }) {
  const t = texts(locale, 'account');
  return (
    <div className="panel grid gap-4 p-6">
      <p>{t.rich('signIn.already', { email: () => <b className="font-semibold">{email}</b> })}</p>
      <div className="flex flex-wrap gap-3">
        <ButtonLink href={next}>{t('signIn.goOn')}</ButtonLink>
        <form action={signOutAction}>
          <Button kind="secondary">{t('signOut')}</Button>
        </form>
      </div>
    </div>
  );
}
