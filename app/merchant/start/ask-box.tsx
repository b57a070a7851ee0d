import { missingPaperText } from '@/app/_text/explain-beginning';
import { SubmitButton } from '@/components/commerce/submit-button';
import { Banner } from '@/components/ui/banner';
import { ButtonLink } from '@/components/ui/button';
import type { Locale } from '@/lib/kernel';
import { formatDate, pathTo } from '@/lib/kernel';
import type { BeginningView } from '@/lib/onboarding';
import { opensByItself } from '@/lib/onboarding';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { askOpeningAction } from './actions';

type BoxProps = { readonly beginning: BeginningView; readonly locale: Locale };

/** Where the file is: with its keeper, with the city, open, or sent back with a reason. */
export async function StateBanner({ beginning, locale }: BoxProps) {
  const t = texts(locale, 'onboarding');
  const { state, reason = '', askedAt } = beginning;
  if (state === 'preparing') return null;
  const { timeZone } = await getCity();
  const day = askedAt === undefined ? '' : formatDate(askedAt, locale, timeZone);
  const kind = { asked: 'news', approved: 'good', refused: 'careful' } as const;
  return <Banner kind={kind[state]}>{t(`state.${state}`, { day, reason })}</Banner>;
}

/** The last step: what is still missing, each named and linked, or the button. */
export async function AskBox({ beginning, locale }: BoxProps) {
  const t = texts(locale, 'onboarding');
  const { slug, state, missing } = beginning;
  const isOpen = state === 'approved';
  const mayAsk = state === 'preparing' || state === 'refused';
  return (
    <section className="panel grid gap-4 p-5 md:p-7" aria-labelledby="ask">
      <h2 id="ask" className="text-xl">
        {t('ask.title')}
      </h2>
      {mayAsk && missing.length > 0 && (
        <div className="grid gap-2">
          <p>{t('ask.missing')}</p>
          <ul className="grid list-disc gap-1 pl-6">
            {missing.map((paper) => (
              <li key={paper.what}>
                <a href={`/merchant/start?shop=${slug}&step=${paper.step}`}>{missingPaperText(locale, paper, beginning)}</a>
              </li>
            ))}
          </ul>
        </div>
      )}
      {mayAsk && missing.length === 0 && (
        <form action={askOpeningAction} className="grid justify-items-start gap-3">
          <input type="hidden" name="shop" value={slug} />
          <p className="max-w-[60ch]">{t((await opensByItself()) ? 'ask.readyAuto' : 'ask.ready')}</p>
          <SubmitButton className="btn btn-primary min-h-[64px] px-7">{t('ask.send')}</SubmitButton>
        </form>
      )}
      <p className="flex flex-wrap gap-3">
        <ButtonLink kind={isOpen ? 'primary' : 'secondary'} className="min-h-[56px]" href={`/merchant/${slug}`}>
          {t('ask.desk')}
        </ButtonLink>
        {!mayAsk && (
          <ButtonLink kind="secondary" className="min-h-[56px]" href={pathTo(locale, 'shop', { slug })}>
            {t('ask.preview')}
          </ButtonLink>
        )}
      </p>
    </section>
  );
}
