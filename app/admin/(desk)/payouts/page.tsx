import type { Metadata } from 'next';
import { deskLocale, enterCity } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import type { Minor } from '@/lib/kernel';
import { formatMoney, moneyOf, sumMinor } from '@/lib/kernel';
import { financeRoles, listBalances } from '@/lib/payouts';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { BalanceTable } from './balance-table';
import { HoldForm, HoldList } from './holds';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'money')('payouts.title') };
}

/** Whose money is where: balances of every merchant, and what is held and why. */
export default async function CityPayoutsPage() {
  const entered = await enterCity(financeRoles);
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, locale } = entered.value;
  const [balances, city] = await Promise.all([listBalances(scope), getCity()]);
  const t = texts(locale, 'money');
  const showing = { locale, now: requestMoment(), timeZone: city.timeZone };
  const money = (amount: Minor) => formatMoney(moneyOf(amount, city.currency), locale);
  const earned = sumMinor(balances.map((one) => Math.max(0, one.earnedMinor)));
  return (
    <main id="main" className="ops-main">
      <div className="ops-head">
        <div>
          <h1>{t('payouts.title')}</h1>
          <p>{t('payouts.text', { amount: money(earned) })}</p>
        </div>
      </div>
      <section className="box">
        <h2 className="box-title">{t('payouts.balances')}</h2>
        {balances.length === 0 ? (
          <p className="box-note">{t('payouts.none')}</p>
        ) : (
          <BalanceTable balances={balances} locale={locale} money={money} />
        )}
      </section>
      <section className="box mt-6" aria-labelledby="holds">
        <h2 id="holds" className="box-title">
          {t('holds.title')}
        </h2>
        <HoldList balances={balances} showing={showing} />
        <HoldForm balances={balances} locale={locale} />
      </section>
    </main>
  );
}
