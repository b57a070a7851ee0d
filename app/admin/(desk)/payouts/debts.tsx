import { SubmitButton } from '@/components/commerce/submit-button';
import type { Locale, Minor } from '@/lib/kernel';
import type { MerchantBalanceView } from '@/lib/payouts/views';
import { texts } from '@/lib/texts';
import { carryDebtAction } from './actions';

type DebtsProps = { readonly balances: readonly MerchantBalanceView[]; readonly locale: Locale; readonly money: (amount: Minor) => string };

/** Who owes, how much, and the button by which the city carries it; the consequence stands above. */
export function Debts({ balances, locale, money }: DebtsProps) {
  const t = texts(locale, 'money');
  const owing = balances.filter((balance) => balance.earnedMinor < 0);
  if (owing.length === 0) return null;
  return (
    <section className="box mt-6" aria-labelledby="debts">
      <h2 id="debts" className="box-title">
        {t('debts.title')}
      </h2>
      <div className="box-body grid gap-3">
        <p className="max-w-[46rem] text-ink-soft">{t('debts.text')}</p>
        <ul className="grid gap-3">
          {owing.map(({ merchantId, name, earnedMinor }) => (
            <li key={merchantId}>
              <form action={carryDebtAction} className="flex flex-wrap items-center gap-x-4 gap-y-2">
                <input type="hidden" name="merchant" value={merchantId} />
                <span>
                  {name} <b className="num">{money(earnedMinor)}</b>
                </span>
                <SubmitButton className="btn btn-secondary btn-ops">
                  {t('debts.carry')}
                  <span className="sr-only"> {name}</span>
                </SubmitButton>
              </form>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
