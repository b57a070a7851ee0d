import type { Locale, Minor } from '@/lib/kernel';
import { sumMinor } from '@/lib/kernel';
import type { MerchantBalanceView } from '@/lib/payouts/views';
import { type MerchantFigure, merchantFigures } from '@/lib/settlement/views';
import { texts } from '@/lib/texts';
import { GridTable } from '../../_parts/grid-table';

type BalanceTableProps = {
  readonly balances: readonly MerchantBalanceView[];
  readonly locale: Locale;
  readonly money: (amount: Minor) => string;
};

/**
 * A row for each merchant: what waits, what is earned, what a bank looks into, what is on its way, what arrived. Whoever needs a look comes first, then who has most
 * that is open; nothing is a dash, and a column that nobody has anything in is left out.
 */
export function BalanceTable({ balances, locale, money }: BalanceTableProps) {
  const t = texts(locale, 'money');
  const shown = merchantFigures.filter((column) => balances.some((balance) => balance[`${column}Minor`] !== 0));
  const amount = (balance: MerchantBalanceView, figure: MerchantFigure) => {
    const value = balance[`${figure}Minor`];
    if (value === 0) return <span className="soft">–</span>;
    return (
      <a
        href={`/admin/payouts?merchant=${balance.merchantId}&of=${figure}#figure`}
        aria-label={t('payouts.figure.open', { amount: money(value), figure: t(`payouts.${figure}`), name: balance.name })}
      >
        {money(value)}
      </a>
    );
  };
  return (
    <GridTable
      caption={t('payouts.balances')}
      rows={balances.toSorted((a, b) => urgency(b) - urgency(a) || openOf(b) - openOf(a))}
      rowKey={(balance) => balance.merchantId}
      asCards
      columns={[
        {
          head: t('payouts.merchant'),
          cell: (balance) => (
            <>
              {balance.name}
              {balance.shops !== balance.name && <span className="block font-normal text-ink-soft">{balance.shops}</span>}
            </>
          ),
          foot: t('payouts.total'),
        },
        ...shown.map((column) => ({
          head: t(`payouts.${column}`),
          kind: 'num' as const,
          cell: (balance: MerchantBalanceView) => amount(balance, column),
          foot: money(sumMinor(balances.map((balance) => balance[`${column}Minor`]))),
        })),
        { head: t('payouts.state'), cell: (balance) => t(`payouts.is.${stateOf(balance)}`) },
      ]}
    />
  );
}

function stateOf({ holds, isPayable, earnedMinor }: MerchantBalanceView): 'held' | 'unverified' | 'owing' | 'open' {
  if (holds.length > 0) return 'held';
  if (!isPayable) return 'unverified';
  return earnedMinor < 0 ? 'owing' : 'open';
}

const urgency = (balance: MerchantBalanceView): number => (stateOf(balance) !== 'open' || balance.disputedMinor !== 0 ? 1 : 0);
const openOf = ({ pendingMinor, earnedMinor, onTheWayMinor }: MerchantBalanceView): number => pendingMinor + earnedMinor + onTheWayMinor;
