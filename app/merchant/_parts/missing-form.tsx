import { SubmitButton } from '@/components/commerce/submit-button';
import { Icon } from '@/components/ui/icon';
import type { CounterSubOrderView } from '@/lib/fulfilment/views';
import type { Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { missingAction } from '../[shop]/counter/actions';
import { quantityText } from './pick-line';

type MissingFormProps = { readonly subOrder: CounterSubOrderView; readonly locale: Locale; readonly slug: string };

const reasons = ['missing', 'damaged'] as const;

/** "Il en manque": which article, how much of it was found, and why. The rest looks for another shop or is not paid. */
export function MissingForm({ subOrder, locale, slug }: MissingFormProps) {
  const t = texts(locale, 'merchant');
  const lines = subOrder.lines.filter((line) => (line.pickedQuantity ?? 0) < line.quantity - line.refusedQuantity);
  return (
    <details className="foot-missing">
      <summary className="btn btn-secondary foot-side">
        <Icon name="x" />
        {t('missing.button')}
      </summary>
      <div className="foot-sheet">
        <p>{lines.length === 0 ? t('missing.none') : t('missing.which')}</p>
        {lines.length > 0 && <p className="text-ink-soft">{t('missing.next')}</p>}
        {lines.map((line) => (
          <form key={line.lineId} action={missingAction} className="foot-sheet-row" data-keep="missing" data-keep-of={line.title}>
            <input type="hidden" name="shop" value={slug} />
            <input type="hidden" name="subOrderId" value={subOrder.subOrderId} />
            <input type="hidden" name="lineId" value={line.lineId} />
            <label htmlFor={`found-${line.lineId}`}>
              {line.title}
              <small>{t('missing.found', { quantity: quantityText(locale, line.quantity - line.refusedQuantity, line.salesUnit) })}</small>
            </label>
            <input
              id={`found-${line.lineId}`}
              name="found"
              type="number"
              inputMode="numeric"
              min={0}
              max={line.quantity - line.refusedQuantity - 1}
              step={1}
              defaultValue={0}
              required
            />
            {reasons.map((reason) => (
              <SubmitButton key={reason} className="btn btn-secondary" name="reason" value={reason}>
                {t(`missing.reason.${reason}`)}
              </SubmitButton>
            ))}
          </form>
        ))}
      </div>
    </details>
  );
}
