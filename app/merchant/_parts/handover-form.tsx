'use client';

import { useActionState, useEffect, useRef } from 'react';
import { untouchedForm, type StatefulAction } from '@/components/ui/form-state';

type HandoverFormProps = {
  readonly action: StatefulAction;
  /** Hidden fields: the shop, the sub-order and, when it was asked on the page before, the proof. */
  readonly fields: Readonly<Record<string, string>>;
  readonly minimumAge: number | undefined;
  /** Whose order it is. */
  readonly of: string;
  readonly words: { readonly code: string; readonly submit: string; readonly hint: string; readonly age: string };
};

/** The four characters the customer shows, then "Remis". A wrong code stays on screen with what to do. */
export function HandoverForm({ action, fields, minimumAge, of, words }: HandoverFormProps) {
  const [state, submit, isPending] = useActionState(action, untouchedForm);
  const error = state.errors[0];
  const code = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (state.attempt > 0 && state.errors.length > 0) code.current?.focus();
  }, [state]);
  const asksCode = fields['code'] === undefined && fields['name'] === undefined;
  return (
    <form action={submit} className="handover-form" noValidate data-keep="handover" data-keep-of={of}>
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {error !== undefined && (
        <p className="field-error" role="alert" id="code-error">
          {error.message}
        </p>
      )}
      {minimumAge !== undefined && (
        <label className="choice">
          <input className="check" type="checkbox" name="ageChecked" value="yes" />
          <span>{words.age}</span>
        </label>
      )}
      {asksCode && (
        <label className="handover-code">
          <span>{words.code}</span>
          <input
            ref={code}
            className="code-input"
            name="code"
            maxLength={8}
            autoCapitalize="characters"
            autoComplete="off"
            autoCorrect="off"
            spellCheck={false}
            enterKeyHint="done"
            key={state.attempt}
            defaultValue={state.values['code'] ?? ''}
            {...(error !== undefined && { 'aria-invalid': true, 'aria-describedby': 'code-error' })}
          />
        </label>
      )}
      <span className="foot-main">
        <button type="submit" className="btn btn-primary" {...(isPending && { 'aria-busy': true as const })}>
          <span>
            {words.submit}
            <small>{words.hint}</small>
          </span>
        </button>
      </span>
    </form>
  );
}
