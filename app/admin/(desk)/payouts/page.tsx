import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { deskLocale, enterCity } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { FigureLines } from '@/app/_shell/ledger-lines';
import type { Minor } from '@/lib/kernel';
import { formatMoney, moneyOf, parseId, sumMinor } from '@/lib/kernel';
import { financeRoles, getCityMoney, listBalances } from '@/lib/payouts';
import { listMerchantFigure } from '@/lib/settlement';
import { type MerchantFigureView, merchantFigures } from '@/lib/settlement/views';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import type { OpsShowing } from '../../_parts/order-table';
import { BalanceTable } from './balance-table';
import { CityMoney } from './city-money';
import { Debts } from './debts';
import { HoldForm, HoldList } from './holds';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'money')('payouts.title') };
}

type CityPayoutsProps = { readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>> };

/** Whose money is where: balances of every merchant, each opening to its entries, and what is held and why. */
export default async function CityPayoutsPage({ searchParams }: CityPayoutsProps) {
  const entered = await enterCity(financeRoles);
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, locale } = entered.value;
  const asked = await searchParams;
  const merchantId = typeof asked['merchant'] === 'string' ? parseId('merchant', asked['merchant']) : undefined;
  const of = merchantFigures.find((one) => one === asked['of']);
  const [balances, city, figure, cityMoney] = await Promise.all([
    listBalances(scope),
    getCity(),
    merchantId && of && listMerchantFigure(scope, merchantId, of),
    asked['city'] === undefined ? undefined : getCityMoney(scope),
  ]);
  if (asked['merchant'] !== undefined && !figure) notFound();
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
      {figure && <Opened figure={figure} showing={showing} money={money} />}
      <section className="box">
        <h2 className="box-title">{t('payouts.balances')}</h2>
        {balances.length === 0 ? (
          <p className="box-note">{t('payouts.none')}</p>
        ) : (
          <BalanceTable balances={balances} locale={locale} money={money} />
        )}
      </section>
      <Debts balances={balances} locale={locale} money={money} />
      <CityMoney city={cityMoney} showing={showing} money={money} />
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

type OpenedProps = { readonly figure: MerchantFigureView; readonly showing: OpsShowing; readonly money: (amount: Minor) => string };

/** A balance opened to the entries it is the sum of. */
function Opened({ figure, showing: { locale, timeZone }, money }: OpenedProps) {
  const t = texts(locale, 'money');
  return (
    <section className="box mb-6" aria-labelledby="figure">
      <h2 id="figure" className="box-title">
        {t('payouts.figure.title', { figure: t(`payouts.${figure.figure}`), name: figure.name })}
        <a className="ml-auto inline-flex min-h-8 items-center text-md" href="/admin/payouts">
          {t('payouts.figure.close')}
        </a>
      </h2>
      <div className="box-body">
        <FigureLines figure={figure} locale={locale} money={money} timeZone={timeZone} />
      </div>
    </section>
  );
}
