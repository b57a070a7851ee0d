import { SubmitButton } from '@/components/commerce/submit-button';
import { SelectField, TextAreaField, TextField } from '@/components/ui/field';
import type { Locale } from '@/lib/kernel';
import type { MerchantBalanceView } from '@/lib/payouts/views';
import { holdReasons } from '@/lib/payouts/views';
import { texts } from '@/lib/texts';
import { stamp, type OpsShowing } from '../../_parts/order-table';
import { holdPayoutsAction, liftHoldAction } from './actions';

/** What is held: whose, why, on which facts, until when, by whom; and the end of it. */
export function HoldList({ balances, showing }: { readonly balances: readonly MerchantBalanceView[]; readonly showing: OpsShowing }) {
  const t = texts(showing.locale, 'money');
  const holds = balances.flatMap((balance) => balance.holds.map((hold) => ({ hold, name: balance.name })));
  if (holds.length === 0) return <p className="box-note">{t('holds.none')}</p>;
  return (
    <ul className="grid gap-4 p-4">
      {holds.map(({ hold, name }) => (
        <li key={hold.holdId} className="grid gap-1 border-l-4 border-miel pl-4">
          <p className="font-semibold">
            {name}, {t(`holds.reasons.${hold.reason}`)}
          </p>
          <p>{hold.statement}</p>
          <p className="text-ink-soft">
            {t('holds.when', {
              from: stamp(hold.placedAt, showing),
              to: stamp(hold.freedAt, showing),
              who: hold.placedBy ?? t('holds.system'),
            })}
          </p>
          <form action={liftHoldAction}>
            <input type="hidden" name="holdId" value={hold.holdId} />
            <SubmitButton className="btn btn-secondary btn-ops">
              {t('holds.lift')}
              <span className="sr-only"> {name}</span>
            </SubmitButton>
          </form>
        </li>
      ))}
    </ul>
  );
}

/** Holds a merchant's payouts; the consequence stands above the button. */
export function HoldForm({ balances, locale }: { readonly balances: readonly MerchantBalanceView[]; readonly locale: Locale }) {
  const t = texts(locale, 'money');
  if (balances.length === 0) return null;
  return (
    <details className="px-4 pb-4">
      <summary className="min-h-11 cursor-pointer py-2 font-semibold">{t('holds.new')}</summary>
      <form action={holdPayoutsAction} className="grid max-w-[46rem] gap-4 pt-2 md:grid-cols-2">
        <SelectField id="hold-merchant" name="merchantId" label={t('holds.merchant')} required>
          {balances.map((balance) => (
            <option key={balance.merchantId} value={balance.merchantId}>
              {balance.name}
            </option>
          ))}
        </SelectField>
        <SelectField id="hold-reason" name="reason" label={t('holds.reason')} required>
          {holdReasons.map((reason) => (
            <option key={reason} value={reason}>
              {t(`holds.reasons.${reason}`)}
            </option>
          ))}
        </SelectField>
        <div className="md:col-span-2">
          <TextAreaField
            id="hold-statement"
            name="statement"
            label={t('holds.statement')}
            hint={t('holds.statementHint')}
            rows={3}
            minLength={10}
            maxLength={1000}
            required
          />
        </div>
        <TextField
          id="hold-days"
          name="days"
          type="number"
          min={1}
          max={90}
          inputMode="numeric"
          label={t('holds.days')}
          defaultValue={14}
          required
        />
        <div className="grid content-end gap-2 md:col-span-2">
          <p className="text-ink-soft">{t('holds.consequence')}</p>
          <SubmitButton className="btn btn-primary btn-ops justify-self-start">{t('holds.place')}</SubmitButton>
        </div>
      </form>
    </details>
  );
}
