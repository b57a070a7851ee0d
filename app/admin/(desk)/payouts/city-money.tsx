import { SubmitButton } from '@/components/commerce/submit-button';
import type { Minor } from '@/lib/kernel';
import type { CityMoneyView } from '@/lib/payouts/views';
import { texts } from '@/lib/texts';
import { stamp, type OpsShowing } from '../../_parts/order-table';
import { payCityOutAction } from './actions';

type CityMoneyProps = {
  /** Undefined until somebody asks: it adds up everything since the beginning. */
  readonly city: CityMoneyView | undefined;
  readonly showing: OpsShowing;
  readonly money: (amount: Minor) => string;
};

/** What the city took and spent, account by account, what of it can leave, and the button that sends it. */
export function CityMoney({ city, showing, money }: CityMoneyProps) {
  const t = texts(showing.locale, 'money');
  return (
    <section className="box mt-6" aria-labelledby="city">
      <h2 id="city" className="box-title">
        {t('city.title')}
      </h2>
      {city ? (
        <Accounts city={city} showing={showing} money={money} />
      ) : (
        <p className="box-note">
          <a href="/admin/payouts?city=1#city">{t('city.open')}</a>
        </p>
      )}
    </section>
  );
}

function Accounts({ city, showing, money }: CityMoneyProps & { readonly city: CityMoneyView }) {
  const t = texts(showing.locale, 'money');
  const accounts = texts(showing.locale, 'payouts');
  return (
    <div className="box-body grid gap-4">
      <p className="max-w-[46rem] text-ink-soft">{t('city.text')}</p>
      <dl className="num grid max-w-[26rem] grid-cols-[1fr_auto] gap-x-4 gap-y-1">
        {city.accounts.map(({ account, amountMinor }) => (
          <div key={account} className="contents">
            <dt>{accounts(`entries.account.${account}`)}</dt>
            <dd className="text-right">{money(amountMinor)}</dd>
          </div>
        ))}
        <dt className="font-bold">{t('city.sum')}</dt>
        <dd className="text-right font-bold">{money(city.sumMinor)}</dd>
      </dl>
      {city.payableMinor === 0 ? (
        <p>{t('city.nothing')}</p>
      ) : (
        <form action={payCityOutAction}>
          <SubmitButton className="btn btn-primary btn-ops">{t('city.pay', { amount: money(city.payableMinor) })}</SubmitButton>
        </form>
      )}
      {city.payouts.length > 0 && (
        <div>
          <h3>{t('city.last')}</h3>
          <ul className="num">
            {city.payouts.map((payout) => (
              <li key={payout.payoutId} className="flex max-w-[26rem] flex-wrap justify-between gap-x-4 py-1">
                <span>
                  {stamp(payout.createdAt, showing)}, {t(`city.state.${payout.state}`)}
                </span>
                <b>{money(payout.amountMinor)}</b>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
