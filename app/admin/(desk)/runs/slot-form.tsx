import { SubmitButton } from '@/components/commerce/submit-button';
import { TextField } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import type { SlotView } from '@/lib/courier/views';
import type { Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { planRunAction } from './actions';

type SlotFormProps = { readonly slot: SlotView; readonly title: string; readonly locale: Locale };

/** The bags of one slot, ticked where they may ride, and who rides. */
export function SlotForm({ slot, title, locale }: SlotFormProps) {
  const t = texts(locale, 'courier');
  const id = `slot-${slot.slotFrom}-${slot.slotTo}`;
  return (
    <form action={planRunAction} className="box mb-4" aria-labelledby={id}>
      <h3 id={id} className="box-title">
        {title}, {t('city.parts', { count: slot.parts.length })}
      </h3>
      <div className="grid-scroll" role="region" aria-label={title} tabIndex={0}>
        <table className="grid-table">
          <caption className="sr-only">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t('city.number')}</th>
              <th scope="col">{t('city.shop')}</th>
              <th scope="col">{t('city.door')}</th>
              <th scope="col">{t('city.stateHead')}</th>
            </tr>
          </thead>
          <tbody>
            {slot.parts.map((part) => (
              <tr key={part.subOrderId}>
                <th scope="row" className="nowrap">
                  {part.state === 'offered' ? (
                    part.number
                  ) : (
                    <label className="inline-flex min-h-8 items-center gap-2">
                      <input type="checkbox" name={`part:${part.subOrderId}`} value="yes" defaultChecked />
                      <span className="sr-only">{t('city.take', { number: '' })}</span>
                      {part.number}
                    </label>
                  )}
                </th>
                <td>{part.shopName}</td>
                <td>{part.addressLabel}</td>
                <td>{part.state === 'offered' ? t('city.unanswered') : t(`city.state.${part.state}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {slot.parts.some((part) => part.state !== 'offered') && (
        <div className="flex flex-wrap items-end gap-3 p-4">
          <TextField id={`${id}-name`} name="courierName" label={t('city.name')} maxLength={60} required autoComplete="off" />
          <SubmitButton className="btn btn-primary btn-ops">
            <Icon name="bike" />
            {t('city.plan')}
          </SubmitButton>
        </div>
      )}
    </form>
  );
}
