import { legalMetadata, legalTexts, type LegalProps } from '@/app/_data/legal';
import { untouchedForm } from '@/components/ui/form-state';
import { env } from '@/lib/platform/env';
import { texts } from '@/lib/texts';
import { reportAction } from './actions';
import { ReportForm } from './report-form';

export const generateMetadata = ({ params }: LegalProps) => legalMetadata(params, 'report', (t) => t('report.title'));

type ReportProps = LegalProps & { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Anyone may report illegal content, without an account (OP-09). */
export default async function ReportPage({ params, searchParams }: ReportProps) {
  const { t, locale } = await legalTexts(params);
  const page = (await searchParams)['page'];
  const url = typeof page === 'string' && page.startsWith('/') && !page.startsWith('//') ? `${env().baseUrl}${page}` : '';
  const common = texts(locale, 'common');
  return (
    <main id="main" className="wrap page grid max-w-[760px] gap-5">
      <h1 className="text-4xl" tabIndex={-1}>
        {t('report.title')}
      </h1>
      <p className="text-ink-soft">{t('report.intro')}</p>
      <ReportForm
        action={reportAction}
        initial={{ ...untouchedForm, values: { url } }}
        locale={locale}
        words={{
          url: t('report.url'),
          urlHint: t('report.urlHint'),
          reason: t('report.reason'),
          reasonHint: t('report.reasonHint'),
          name: t('report.name'),
          email: t('report.email'),
          faith: t('report.faith'),
          send: t('report.send'),
          sent: t('report.sent'),
          errorsOne: common('form.errors', { count: 1 }),
          errorsMany: common('form.errors', { count: 3 }),
        }}
      />
    </main>
  );
}
