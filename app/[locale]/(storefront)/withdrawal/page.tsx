import type { Metadata } from 'next';
import { currentShopper } from '@/app/_data/shopper';
import { localeFrom } from '@/app/_data/showing';
import { WithdrawalFormLive } from '@/components/commerce/withdrawal-form-live';
import { texts } from '@/lib/texts';
import { withdrawAction } from './actions';

type WithdrawalPageProps = {
  readonly params: Promise<{ locale: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

export async function generateMetadata({ params }: WithdrawalPageProps): Promise<Metadata> {
  const t = texts(localeFrom((await params).locale), 'tracking');
  return { title: t('withdrawal.title') };
}

/** The withdrawal function (BO-07 to BO-09): reached from every page and every order, without an account, no reason asked. */
export default async function WithdrawalPage({ params, searchParams }: WithdrawalPageProps) {
  const locale = localeFrom((await params).locale);
  const asked = (await searchParams)['commande'];
  const { session } = await currentShopper();
  const t = texts(locale, 'tracking');
  return (
    <main id="main" className="wrap page">
      <h1 className="text-4xl max-md:text-3xl">{t('withdrawal.title')}</h1>
      <p className="mt-2 mb-7 max-w-[62ch] text-ink-soft">{t('withdrawal.intro')}</p>
      <WithdrawalFormLive
        action={withdrawAction}
        known={{
          name: session?.name ?? '',
          email: session?.email ?? '',
          orderNumber: typeof asked === 'string' && /^H-\d{1,12}(-\d{1,3})?$/u.test(asked) ? asked : '',
        }}
        hidden={{ locale, key: crypto.randomUUID() }}
        words={{
          errorTitle: t('withdrawal.errorTitle', { count: 2 }),
          pageErrorTitle: t('withdrawal.pageError', { title: t('withdrawal.title') }),
          optional: texts(locale, 'checkout')('optional'),
          name: t('withdrawal.name'),
          orderNumber: t('withdrawal.orderNumber'),
          orderNumberHint: t('withdrawal.orderNumberHint'),
          email: t('withdrawal.email'),
          articles: t('withdrawal.articles'),
          articlesHint: t('withdrawal.articlesHint'),
          confirm: t('withdrawal.confirm'),
          done: t('withdrawal.done'),
          next: t('withdrawal.next'),
        }}
      />
    </main>
  );
}
