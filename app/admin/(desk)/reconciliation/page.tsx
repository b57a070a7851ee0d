import type { Metadata } from 'next';
import { deskLocale, enterCity } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { SubmitButton } from '@/components/commerce/submit-button';
import { TextField } from '@/components/ui/field';
import type { Locale, Minor } from '@/lib/kernel';
import { DAY, dayKey, formatMoney, instant, moneyOf } from '@/lib/kernel';
import { financeRoles } from '@/lib/payouts';
import { listReconciliations } from '@/lib/reconciliation';
import type { ReconciliationView } from '@/lib/reconciliation/views';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { GridTable } from '../../_parts/grid-table';
import { compareAgainAction } from './actions';
import { DifferenceList } from './difference-list';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'money')('reconciliation.title') };
}

/** Our books beside the provider's, day by day, and everything they do not agree on. */
export default async function ReconciliationPage() {
  const entered = await enterCity(financeRoles);
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, locale } = entered.value;
  const [{ days, differences }, city] = await Promise.all([listReconciliations(scope), getCity()]);
  const t = texts(locale, 'money');
  const now = requestMoment();
  const showing = { locale, now, timeZone: city.timeZone };
  const money = (amount: Minor) => formatMoney(moneyOf(amount, city.currency), locale);
  return (
    <main id="main" className="ops-main">
      <div className="ops-head">
        <div>
          <h1>{t('reconciliation.title')}</h1>
          <p>{t('reconciliation.text')}</p>
        </div>
      </div>
      <section className="box" aria-labelledby="differences">
        <h2 id="differences" className="box-title">
          {t('reconciliation.differences')}
        </h2>
        <DifferenceList differences={differences} showing={showing} money={money} />
      </section>
      <section className="box mt-6">
        <h2 className="box-title">{t('reconciliation.days')}</h2>
        {days.length === 0 ? (
          <p className="box-note">{t('reconciliation.noDays')}</p>
        ) : (
          <DayTable days={days} locale={locale} money={money} />
        )}
        <form action={compareAgainAction} className="flex flex-wrap items-end gap-3 p-4">
          <TextField
            id="day"
            name="day"
            type="date"
            label={t('reconciliation.againDay')}
            defaultValue={dayKey(instant(now - DAY), city.timeZone)}
            max={dayKey(now, city.timeZone)}
            required
          />
          <SubmitButton className="btn btn-secondary btn-ops">{t('reconciliation.again')}</SubmitButton>
        </form>
      </section>
    </main>
  );
}

type DayTableProps = { readonly days: readonly ReconciliationView[]; readonly locale: Locale; readonly money: (amount: Minor) => string };

function DayTable({ days, locale, money }: DayTableProps) {
  const t = texts(locale, 'money');
  return (
    <GridTable
      caption={t('reconciliation.days')}
      rows={days}
      rowKey={(day) => `${day.provider} ${day.day}`}
      columns={[
        { head: t('reconciliation.day'), kind: 'nowrap', cell: (day) => day.day },
        { head: t('reconciliation.compared'), kind: 'num', cell: (day) => day.compared },
        { head: t('reconciliation.ours'), kind: 'num', cell: (day) => money(day.oursMinor) },
        { head: t('reconciliation.theirs'), kind: 'num', cell: (day) => money(day.theirsMinor) },
        { head: t('reconciliation.open'), kind: 'num', cell: (day) => day.open },
      ]}
    />
  );
}
