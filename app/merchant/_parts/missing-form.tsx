import { SubmitButton } from '@/components/commerce/submit-button';
import { Icon } from '@/components/ui/icon';
import type { CounterSubOrderView } from '@/lib/fulfilment/views';
import type { Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { tickAction } from '../[shop]/counter/actions';
import { quantityText } from './pick-line';

type MissingFormProps = { readonly subOrder: CounterSubOrderView; readonly locale: Locale; readonly slug: string };

/** "Il en manque": which article, and how much of it was found. What was not found is not paid. */
export function MissingForm({ subOrder, locale, slug }: MissingFormProps) {
  const t = texts(locale, 'merchant');
  const lines = subOrder.lines.filter((line) => line.pickedQuantity !== line.quantity);
  return (
    <details className="foot-missing">
      <summary className="btn btn-secondary foot-side">
        <Icon name="x" />
        {t('missing.button')}
      </summary>
      <div className="foot-sheet">
        <p>{lines.length === 0 ? t('missing.none') : t('missing.which')}</p>
        {lines.map((line) => (
          <form key={line.lineId} action={tickAction} className="foot-sheet-row">
            <input type="hidden" name="shop" value={slug} />
            <input type="hidden" name="lineId" value={line.lineId} />
            <label htmlFor={`found-${line.lineId}`}>
              {line.title}
              <small>{t('missing.found', { quantity: quantityText(locale, line.quantity, line.salesUnit) })}</small>
            </label>
            <input
              id={`found-${line.lineId}`}
              name="pickedQuantity"
              type="number"
              inputMode="numeric"
              min={0}
              max={line.quantity}
              step={1}
              defaultValue={0}
              required
            />
            <SubmitButton className="btn btn-secondary">{t('missing.save')}</SubmitButton>
          </form>
        ))}
      </div>
    </details>
  );
}
