'use client';

import { useActionState } from 'react';
import { ErrorSummary } from '@/components/ui/error-summary';
import type { FormState, StatefulAction } from '@/components/ui/form-state';

type Words = Readonly<
  Record<'words' | 'wordsHint' | 'photo' | 'photoHint' | 'email' | 'emailHint' | 'send' | 'errorsOne' | 'errorsMany', string>
>;

type AskFormProps = {
  readonly action: StatefulAction;
  readonly initial: FormState;
  readonly locale: string;
  readonly listingId: string | undefined;
  readonly longest: number;
  readonly words: Words;
};

const fields = ['words', 'photo', 'email'] as const;

/** What one looks for, a picture of it if it helps, where to be told; what was typed comes back with what is missing. */
export function AskFormLive({ action, initial, locale, listingId, longest, words }: AskFormProps) {
  const [state, send, isBusy] = useActionState(action, initial);
  const errorOf = (field: string) => state.errors.find((error) => error.field === field)?.message;
  return (
    <form action={send} noValidate className="grid gap-5" key={state.attempt}>
      <ErrorSummary title={state.errors.length > 1 ? words.errorsMany : words.errorsOne} errors={state.errors} />
      <input type="hidden" name="locale" value={locale} />
      {listingId !== undefined && <input type="hidden" name="listing" value={listingId} />}
      {fields.map((field) => {
        const error = errorOf(field);
        const shared = {
          id: field,
          name: field,
          'aria-invalid': error === undefined ? undefined : true,
          'aria-describedby': `${field}-hint${error === undefined ? '' : ` ${field}-error`}`,
        };
        return (
          <div className="field" key={field}>
            <label htmlFor={field}>{words[field]}</label>
            <p className="hint" id={`${field}-hint`}>
              {words[`${field}Hint`]}
            </p>
            {error !== undefined && (
              <p className="field-error" id={`${field}-error`}>
                {error}
              </p>
            )}
            {field === 'words' && (
              <textarea className="input" rows={3} maxLength={longest} required defaultValue={state.values[field] ?? ''} {...shared} />
            )}
            {field === 'photo' && <input className="input" type="file" accept="image/*" {...shared} />}
            {field === 'email' && (
              <input
                className="input"
                type="email"
                autoComplete="email"
                inputMode="email"
                maxLength={200}
                defaultValue={state.values[field] ?? ''}
                {...shared}
              />
            )}
          </div>
        );
      })}
      <p>
        <button
          type="submit"
          id="form"
          className="btn btn-primary min-h-14 text-lg"
          {...(isBusy && { 'aria-busy': true as const, onClick: (event: { preventDefault(): void }) => event.preventDefault() })}
        >
          {words.send}
        </button>
      </p>
    </form>
  );
}
