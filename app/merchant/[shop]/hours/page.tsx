import type { Metadata } from 'next';
import { deskLocale, enterShop } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { FieldsFormLive } from '@/components/commerce/fields-form-live';
import { SubmitButton } from '@/components/commerce/submit-button';
import { Banner, Empty } from '@/components/ui/banner';
import { TextField } from '@/components/ui/field';
import type { Locale } from '@/lib/kernel';
import { formatDate, instantOf } from '@/lib/kernel';
import type { HoursView } from '@/lib/papers/views';
import { getHours } from '@/lib/papers';
import { texts } from '@/lib/texts';
import { hoursFields } from '../../start/fields';
import { changeWeekAction, dropExceptionalDayAction, setExceptionalDayAction } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'onboarding')('hoursPage.title') };
}

/** When the shop is open: its usual week, and the days that differ. Owners and managers. */
export default async function HoursPage({ params }: { readonly params: Promise<{ readonly shop: string }> }) {
  const entered = await enterShop((await params).shop, 'manager');
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, shop, locale } = entered.value;
  const hours = await getHours(scope, requestMoment());
  const t = texts(locale, 'onboarding');
  const words = { submit: t('hoursPage.save'), errorTitle: t('hoursPage.errorTitle'), pageErrorTitle: t('hoursPage.pageErrorTitle'), optional: t('optional') }; // prettier-ignore
  return (
    <main id="main" className="desk-page grid gap-6">
      <header>
        <a href={`/merchant/${shop.slug}/settings`} className="text-base">
          {t('hoursPage.back')}
        </a>
        <h1 className="mt-2">{t('hoursPage.title')}</h1>
        <p className="mt-2 max-w-[62ch] text-ink-soft">{t('hoursPage.lead')}</p>
      </header>
      <section className="panel grid gap-4 p-5" aria-labelledby="week">
        <h2 id="week" className="text-xl">
          {t('hoursPage.week')}
        </h2>
        {!hours.isShown && <Banner kind="careful">{t('hoursPage.unshown', { written: hours.written })}</Banner>}
        <FieldsFormLive action={changeWeekAction} hidden={{ shop: shop.slug }} fields={hoursFields(locale, hours)} words={words} />
      </section>
      <ExceptionalDays hours={hours} slug={shop.slug} locale={locale} />
    </main>
  );
}

/** A day of a calendar in words; it is no moment of any zone. */
const dayText = (date: string, locale: Locale): string => formatDate(instantOf(new Date(`${date}T12:00:00Z`)), locale, 'UTC');

type DaysProps = { readonly hours: HoursView; readonly slug: string; readonly locale: Locale };

function ExceptionalDays({ hours, slug, locale }: DaysProps) {
  const t = texts(locale, 'onboarding');
  return (
    <section className="panel grid gap-4 p-5" aria-labelledby="exceptional">
      <div>
        <h2 id="exceptional" className="text-xl">
          {t('hoursPage.days')}
        </h2>
        <p className="mt-1 max-w-[62ch] text-base text-ink-soft">{t('hoursPage.daysLead')}</p>
      </div>
      {hours.days.length === 0 ? (
        <Empty title={t('hoursPage.none')}>{t('hoursPage.noneText')}</Empty>
      ) : (
        <ul className="grid gap-2">
          {hours.days.map(({ date, line }) => (
            <li key={date} className="flex flex-wrap items-center justify-between gap-3">
              <span>
                <strong>{dayText(date, locale)}</strong> <span className="num">{line === '' ? t('hoursPage.closed') : line}</span>
              </span>
              <form action={dropExceptionalDayAction}>
                <input type="hidden" name="shop" value={slug} />
                <input type="hidden" name="date" value={date} />
                <SubmitButton className="btn btn-quiet" label={t('hoursPage.dropLabel', { day: dayText(date, locale) })}>
                  {t('hoursPage.drop')}
                </SubmitButton>
              </form>
            </li>
          ))}
        </ul>
      )}
      <form action={setExceptionalDayAction} className="fields-form">
        <input type="hidden" name="shop" value={slug} />
        <div className="is-half">
          <TextField id="date" name="date" type="date" label={t('hoursPage.date')} min={hours.today} required />
        </div>
        <div className="is-half">
          <TextField id="line" name="line" label={t('hoursPage.line')} hint={t('hoursPage.lineHint')} maxLength={80} />
        </div>
        <SubmitButton className="btn btn-primary min-h-[64px] justify-self-start px-7">{t('hoursPage.add')}</SubmitButton>
      </form>
    </section>
  );
}
