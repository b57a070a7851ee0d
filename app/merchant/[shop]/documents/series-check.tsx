import { SubmitButton } from '@/components/commerce/submit-button';
import { Banner } from '@/components/ui/banner';
import type { ClosingCheck } from '@/lib/closings/views';
import type { Locale } from '@/lib/kernel';
import { formatDate, formatTime } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { verifyPapersAction } from './actions';

type SeriesCheckProps = {
  readonly check: ClosingCheck | undefined;
  readonly count: number;
  readonly slug: string;
  readonly locale: Locale;
  readonly timeZone: string;
};

/** What was found when the series were last looked through, when that was, and the button that does it now. */
export function SeriesCheck({ check, count, slug, locale, timeZone }: SeriesCheckProps) {
  const t = texts(locale, 'documents');
  const when = check && `${formatDate(check.at, locale, timeZone)}, ${formatTime(check.at, locale, timeZone)}`;
  return (
    <div className="grid gap-3">
      {check?.seriesBroken !== undefined && <Banner kind="bad">{t('list.broken', { number: check.seriesBroken })}</Banner>}
      <form action={verifyPapersAction} className="flex flex-wrap items-center gap-x-5 gap-y-2 text-base">
        <input type="hidden" name="shop" value={slug} />
        <p>
          {check && check.seriesBroken === undefined && <>{t('list.sealed', { count: check.documents })} </>}
          <span className="text-ink-soft">{when ? t('list.checked', { when }) : t('list.unchecked', { count })}</span>
        </p>
        <SubmitButton className="btn btn-secondary">{t('list.verify')}</SubmitButton>
      </form>
    </div>
  );
}
