'use client';

import { startTransition, useActionState, useEffect, type ReactNode } from 'react';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextField } from '@/components/ui/field';
import { untouchedForm, type FormState, type StatefulAction } from '@/components/ui/form-state';

export type CardWords = {
  readonly errorTitle: string;
  readonly pageErrorTitle: string;
  readonly number: string;
  readonly numberHint: string;
  readonly expiry: string;
  readonly expiryHint: string;
  readonly code: string;
  readonly codeHint: string;
};

type CardFormProps = {
  readonly action: StatefulAction;
  readonly words: CardWords;
  readonly hidden: Readonly<Record<string, string>>;
  /** What an earlier attempt came to, until a new one says otherwise. */
  readonly before: ReactNode;
  /** The amount and the button, right under the fields. */
  readonly children: ReactNode;
};

const errorOf = (state: FormState, field: string): string | undefined => state.errors.find((error) => error.field === field)?.message;

/** The card form of the demonstration provider. Numbers can be pasted in any shape; nothing typed is lost when the bank says no. */
export function CardFormLive({ action, words, hidden, before, children }: CardFormProps) {
  const [state, submit] = useActionState(action, untouchedForm);
  const { errors } = state;
  useEffect(() => {
    if (errors.length > 0) document.title = words.pageErrorTitle;
  }, [errors, words.pageErrorTitle]);
  return (
    <form
      className="grid gap-6"
      action={submit}
      noValidate
      onSubmit={(event) => {
        event.preventDefault(); // keeps what was typed; the browser's own action would clear the fields first
        const posted = new FormData(event.currentTarget);
        startTransition(() => submit(posted));
      }}
    >
      {state.attempt === 0 && before}
      <ErrorSummary title={words.errorTitle} errors={errors} />
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <TextField
        id="number"
        name="number"
        label={words.number}
        hint={words.numberHint}
        error={errorOf(state, 'number')}
        defaultValue={state.values['number'] ?? ''}
        autoComplete="cc-number"
        inputMode="numeric"
        enterKeyHint="next"
        required
      />
      <div className="grid grid-cols-2 items-end gap-4">
        <TextField
          id="expiry"
          name="expiry"
          label={words.expiry}
          hint={words.expiryHint}
          error={errorOf(state, 'expiry')}
          defaultValue={state.values['expiry'] ?? ''}
          autoComplete="cc-exp"
          inputMode="numeric"
          enterKeyHint="next"
          required
        />
        <TextField
          id="code"
          name="code"
          label={words.code}
          hint={words.codeHint}
          error={errorOf(state, 'code')}
          defaultValue={state.values['code'] ?? ''}
          autoComplete="cc-csc"
          inputMode="numeric"
          enterKeyHint="done"
          required
        />
      </div>
      {children}
    </form>
  );
}
