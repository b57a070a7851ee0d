import type { Locale, Minor } from '@/lib/kernel';
import { sumMinor } from '@/lib/kernel';
import type { MerchantBalanceView } from '@/lib/payouts/views';
import { texts } from '@/lib/texts';

type BalanceTableProps = {
  readonly balances: readonly MerchantBalanceView[];
  readonly locale: Locale;
  readonly money: (amount: Minor) => string;
};

const columns = ['pending', 'earned', 'disputed', 'onTheWay', 'paid'] as const;

/** A row for each merchant: what waits, what is earned, what a bank looks into, what is on its way, what arrived. */
export function BalanceTable({ balances, locale, money }: BalanceTableProps) {
  const t = texts(locale, 'money');
  return (
    <div className="grid-scroll" role="region" aria-labelledby="balances" tabIndex={0}>
      <table className="grid-table">
        <caption className="sr-only">{t('payouts.balances')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('payouts.merchant')}</th>
            {columns.map((column) => (
              <th key={column} scope="col" className="num">
                {t(`payouts.${column}`)}
              </th>
            ))}
            <th scope="col">{t('payouts.state')}</th>
          </tr>
        </thead>
        <tbody>
          {balances.map((balance) => (
            <tr key={balance.merchantId}>
              <th scope="row">
                {balance.name}
                <span className="block font-normal text-ink-soft">{balance.shops}</span>
              </th>
              {columns.map((column) => (
                <td key={column} className="num">
                  {money(balance[`${column}Minor`])}
                </td>
              ))}
              <td>{t(`payouts.is.${stateOf(balance)}`)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('payouts.total')}</th>
            {columns.map((column) => (
              <td key={column} className="num">
                {money(sumMinor(balances.map((balance) => balance[`${column}Minor`])))}
              </td>
            ))}
            <td />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function stateOf({ holds, isPayable, earnedMinor }: MerchantBalanceView): 'held' | 'unverified' | 'owing' | 'open' {
  if (holds.length > 0) return 'held';
  if (!isPayable) return 'unverified';
  return earnedMinor < 0 ? 'owing' : 'open';
}
