import type { Metadata } from 'next';
import { deskLocale, enterCity } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { listCityFees } from '@/lib/billing';
import { commissionRuleInput, earliestStart, listDepartmentSubjects, listRules, listSubjects, previewRule } from '@/lib/commission';
import type { Minor } from '@/lib/kernel';
import { dayKey, formatMoney, moneyOf, parseId } from '@/lib/kernel';
import { financeRoles } from '@/lib/payouts';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { FeeTable } from './fee-table';
import { PreviewTable } from './preview-table';
import { RuleForm } from './rule-form';
import { RuleList } from './rule-list';

type CommissionPageProps = { readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'money')('commission.title') };
}

/** Rates of commission: what counts, what comes, and what a new one would change before anybody is told of it. */
export default async function CommissionPage({ searchParams }: CommissionPageProps) {
  const entered = await enterCity(financeRoles);
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, locale } = entered.value;
  const asked = await searchParams;
  const draft = commissionRuleInput.pick({ subject: true, department: true, method: true, rate: true }).safeParse(asked);
  const [rules, subjects, departments, city, fees, preview] = await Promise.all([
    listRules(scope),
    listSubjects(scope),
    listDepartmentSubjects(scope),
    getCity(),
    listCityFees(scope, typeof asked['older'] === 'string' ? parseId('commissionDocument', asked['older']) : undefined),
    draft.success
      ? previewRule(scope, {
          subject: draft.data.subject,
          rateBps: draft.data.rate,
          categoryId: draft.data.department,
          method: draft.data.method,
        })
      : undefined,
  ]);
  const t = texts(locale, 'money');
  const now = requestMoment();
  const earliest = dayKey(earliestStart(now, city.timeZone), city.timeZone);
  const showing = { locale, now, timeZone: city.timeZone };
  const money = (amount: Minor) => formatMoney(moneyOf(amount, city.currency), locale);
  const said = (name: string, otherwise = ''): string => (typeof asked[name] === 'string' ? asked[name] : otherwise);
  const wanted = { subject: said('subject', 'city'), department: said('department'), method: said('method'), rate: said('rate') };
  return (
    <main id="main" className="ops-main">
      <div className="ops-head">
        <div>
          <h1>{t('commission.title')}</h1>
          <p>{t('commission.text')}</p>
        </div>
      </div>
      <section className="box" aria-labelledby="new-rate">
        <h2 id="new-rate" className="box-title">
          {t('commission.new')}
        </h2>
        <RuleForm subjects={subjects} departments={departments} wanted={wanted} preview={preview} earliest={earliest} locale={locale} />
        {preview && draft.success && <PreviewTable preview={preview} rateBps={draft.data.rate} locale={locale} money={money} />}
      </section>
      <section className="box mt-6" aria-labelledby="rates">
        <h2 id="rates" className="box-title">
          {t('commission.rules')}
        </h2>
        <RuleList rules={rules} showing={showing} />
      </section>
      <section className="box mt-6" aria-labelledby="fees">
        <h2 id="fees" className="box-title">
          {t('fees.title')} <small>{t('fees.hint')}</small>
        </h2>
        <FeeTable fees={fees} showing={showing} money={money} />
      </section>
    </main>
  );
}
