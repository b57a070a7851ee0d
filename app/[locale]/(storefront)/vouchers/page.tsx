import type { Metadata } from 'next';
import { localeFrom, showingFor } from '@/app/_data/showing';
import { Banner } from '@/components/ui/banner';
import { VoucherBalanceLive } from '@/components/commerce/voucher-balance-live';
import { currentModules } from '@/lib/modules';
import { texts } from '@/lib/texts';
import { showBalanceAction } from './actions';

type VouchersPageProps = { readonly params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: VouchersPageProps): Promise<Metadata> {
  return { title: texts(localeFrom((await params).locale), 'wallet')('balance.title') };
}

/** What is left on a voucher, for whoever holds its code. */
export default async function VouchersPage({ params }: VouchersPageProps) {
  const { locale } = await showingFor(params);
  const t = texts(locale, 'wallet');
  const isOff = !(await currentModules()).works('vouchers');
  return (
    <main id="main" className="wrap page grid max-w-[760px] gap-6">
      <div>
        <h1 className="text-4xl max-md:text-3xl">{t('balance.title')}</h1>
        <p className="mt-1.5 text-ink-soft">
          {t('balance.intro')} {t('balance.use')}
        </p>
      </div>
      {isOff && <Banner>{texts(locale, 'modules')('off.vouchers')}</Banner>}
      <VoucherBalanceLive
        action={showBalanceAction}
        locale={locale}
        words={{ code: t('code'), codeHint: t('codeHint'), show: t('balance.show'), errorTitle: t('balance.errorTitle') }}
      />
    </main>
  );
}
