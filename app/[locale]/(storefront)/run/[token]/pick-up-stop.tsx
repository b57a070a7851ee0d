import { SubmitButton } from '@/components/commerce/submit-button';
import { TextField } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { VisuallyHidden } from '@/components/ui/tag';
import type { PickUpStopView } from '@/lib/courier/views';
import type { Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { fetchPartAction } from './actions';
import { PartLine, StopFrame } from './stop-frame';

type PickUpStopProps = { readonly stop: PickUpStopView; readonly token: string; readonly locale: Locale; readonly isNext: boolean };

/** A shop: each bag is taken by its button, or by the code on its slip. */
export function PickUpStop({ stop, token, locale, isNext }: PickUpStopProps) {
  const t = texts(locale, 'courier');
  const waiting = stop.parts.filter((part) => part.state === 'to-fetch' || part.state === 'not-ready');
  return (
    <StopFrame stop={stop} name={stop.shopName} phone={stop.shopPhone} locale={locale} isNext={isNext}>
      <ul className="run-parts">
        {stop.parts.map((part) => (
          <PartLine key={part.subOrderId} part={part} locale={locale}>
            {(part.state === 'to-fetch' || part.state === 'not-ready') && (
              <form action={fetchPartAction}>
                <input type="hidden" name="locale" value={locale} />
                <input type="hidden" name="token" value={token} />
                <input type="hidden" name="subOrderId" value={part.subOrderId} />
                <SubmitButton className={part.state === 'to-fetch' ? 'btn btn-primary' : 'btn btn-secondary'}>
                  <Icon name="check" />
                  {t('fetch')}
                  <VisuallyHidden>{t('fetchHidden', { number: part.number })}</VisuallyHidden>
                </SubmitButton>
              </form>
            )}
          </PartLine>
        ))}
      </ul>
      {isNext && waiting.length > 1 && (
        <form action={fetchPartAction} className="run-form">
          <input type="hidden" name="locale" value={locale} />
          <input type="hidden" name="token" value={token} />
          <TextField id="scan" name="code" label={t('scan')} hint={t('scanHint')} autoComplete="off" autoCapitalize="characters" />
          <SubmitButton className="btn btn-secondary">
            <Icon name="scan-barcode" />
            {t('scanSubmit')}
          </SubmitButton>
        </form>
      )}
    </StopFrame>
  );
}
