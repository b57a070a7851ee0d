import { SubmitButton } from '@/components/commerce/submit-button';
import { Checkbox, SelectField, TextField } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { absentReasons, type DoorStopView } from '@/lib/courier/views';
import type { Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { absentAction, deliverAction } from './actions';
import { PartLine, StopFrame } from './stop-frame';

type DoorStopProps = { readonly stop: DoorStopView; readonly token: string; readonly locale: Locale; readonly isNext: boolean };

/** A door: handed over against the code or a name, or kept on board with the reason. */
export function DoorStop({ stop, token, locale, isNext }: DoorStopProps) {
  const onBoard = stop.parts.filter((part) => part.state === 'on-board' || part.state === 'absent');
  return (
    <StopFrame stop={stop} name={stop.name ?? stop.orderNumber} phone={stop.phone} locale={locale} isNext={isNext}>
      <ul className="run-parts">
        {stop.parts.map((part) => (
          <PartLine key={part.subOrderId} part={part} locale={locale} />
        ))}
      </ul>
      {onBoard.length > 0 && (
        <HandOver stop={stop} token={token} locale={locale} age={Math.max(0, ...onBoard.map((part) => part.minimumAge ?? 0))} />
      )}
      {onBoard.some((part) => part.state === 'on-board') && <Absent stop={stop} token={token} locale={locale} />}
    </StopFrame>
  );
}

type AtDoor = { readonly stop: DoorStopView; readonly token: string; readonly locale: Locale };

function Hidden({ stop, token, locale }: AtDoor) {
  return (
    <>
      <input type="hidden" name="locale" value={locale} />
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="position" value={stop.position} />
    </>
  );
}

function HandOver({ age, ...door }: AtDoor & { readonly age: number }) {
  const t = texts(door.locale, 'courier');
  const id = `door-${door.stop.position}`;
  return (
    <form action={deliverAction} className="run-form" aria-labelledby={`stop-${door.stop.position}-name`}>
      <Hidden {...door} />
      <TextField
        id={`${id}-code`}
        name="code"
        label={t('code')}
        hint={t('codeHint')}
        maxLength={20}
        autoComplete="off"
        autoCapitalize="characters"
      />
      <TextField id={`${id}-name`} name="receivedBy" label={t('receivedBy')} maxLength={80} autoComplete="off" />
      {age > 0 && (
        <Checkbox id={`${id}-age`} name="ageChecked" value="yes">
          {t('ageChecked', { age })}
        </Checkbox>
      )}
      <SubmitButton className="btn btn-primary">
        <Icon name="check" />
        {t('deliver')}
      </SubmitButton>
    </form>
  );
}

function Absent(door: AtDoor) {
  const t = texts(door.locale, 'courier');
  return (
    <details className="mt-2 text-md">
      <summary className="inline-flex min-h-11 items-center text-plaque underline underline-offset-[.18em]">{t('absent')}</summary>
      <form action={absentAction} className="run-form">
        <Hidden {...door} />
        <SelectField id={`absent-${door.stop.position}`} name="reason" label={t('absentWhy')}>
          {absentReasons.map((reason) => (
            <option key={reason} value={reason}>
              {t(`reason.${reason}`)}
            </option>
          ))}
        </SelectField>
        <SubmitButton className="btn btn-secondary">{t('absentSubmit')}</SubmitButton>
      </form>
    </details>
  );
}
