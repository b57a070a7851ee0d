import type { Metadata } from 'next';
import { deskLocale, enterCity } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { listDisputes } from '@/lib/disputes';
import type { Minor } from '@/lib/kernel';
import { formatMoney, moneyOf } from '@/lib/kernel';
import { financeRoles } from '@/lib/payouts';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { DisputeCard } from './dispute-card';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'money')('disputes.title') };
}

/** What banks took back: whose part it is, until when to answer, and the answer. */
export default async function DisputesPage() {
  const entered = await enterCity(financeRoles);
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, locale } = entered.value;
  const [disputes, city] = await Promise.all([listDisputes(scope), getCity()]);
  const t = texts(locale, 'money');
  const showing = { locale, now: requestMoment(), timeZone: city.timeZone };
  const money = (amount: Minor) => formatMoney(moneyOf(amount, city.currency), locale);
  return (
    <main id="main" className="ops-main">
      <div className="ops-head">
        <div>
          <h1>{t('disputes.title')}</h1>
          <p>{t('disputes.text')}</p>
        </div>
      </div>
      {disputes.length === 0 && (
        <div className="box">
          <p className="box-note">{t('disputes.none')}</p>
        </div>
      )}
      {disputes.map((dispute) => (
        <DisputeCard key={dispute.disputeId} dispute={dispute} showing={showing} money={money} />
      ))}
    </main>
  );
}
