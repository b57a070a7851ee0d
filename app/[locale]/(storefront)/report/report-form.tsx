'use client';

import { useActionState } from 'react';
import { ErrorSummary } from '@/components/ui/error-summary';
import type { FormState, StatefulAction } from '@/components/ui/form-state';

type Words = Readonly<
  Record<'url' | 'urlHint' | 'reason' | 'reasonHint' | 'name' | 'email' | 'faith' | 'send' | 'sent' | 'errorsOne' | 'errorsMany', string>
>;

type ReportFormProps = { readonly action: StatefulAction; readonly initial: FormState; readonly locale: string; readonly words: Words };

const fields = ['url', 'reason', 'name', 'email'] as const;

/** The form of a report; what was typed comes back with what is missing. */
export function ReportForm({ action, initial, locale, words }: ReportFormProps) {
  const [state, send] = useActionState(action, initial);
  if (state.notice !== undefined) {
    return (
      <div role="status" className="banner banner-green grid gap-1">
        <b>{words.sent}</b>
        <span>{state.notice}</span>
      </div>
    );
  }
  const errorOf = (field: string) => state.errors.find((error) => error.field === field)?.message;
  const hints: Readonly<Record<string, string>> = { url: words.urlHint, reason: words.reasonHint };
  return (
    <form action={send} noValidate className="grid gap-5" key={state.attempt}>
      <ErrorSummary title={state.errors.length > 1 ? words.errorsMany : words.errorsOne} errors={state.errors} />
      <input type="hidden" name="locale" value={locale} />
      {fields.map((field) => {
        const error = errorOf(field);
        const shared = {
          id: field,
          name: field,
          defaultValue: state.values[field] ?? '',
          required: true,
          'aria-invalid': error === undefined ? undefined : true,
          'aria-describedby': [hints[field] && `${field}-hint`, error && `${field}-error`].filter(Boolean).join(' ') || undefined,
        };
        return (
          <div className="field" key={field}>
            <label htmlFor={field}>{words[field]}</label>
            {hints[field] !== undefined && (
              <p className="hint" id={`${field}-hint`}>
                {hints[field]}
              </p>
            )}
            {error !== undefined && (
              <p className="field-error" id={`${field}-error`}>
                {error}
              </p>
            )}
            {field === 'reason' ? (
              <textarea className="input" rows={6} maxLength={4000} {...shared} />
            ) : (
              <input
                className="input"
                type={field === 'email' ? 'email' : field === 'url' ? 'url' : 'text'}
                autoComplete={field === 'name' ? 'name' : field === 'email' ? 'email' : 'off'}
                maxLength={field === 'url' ? 500 : 200}
                {...shared}
              />
            )}
          </div>
        );
      })}
      <div>
        {errorOf('faith') !== undefined && (
          <p className="field-error" id="faith-error">
            {errorOf('faith')}
          </p>
        )}
        <label className="choice" htmlFor="faith">
          <input
            className="check"
            type="checkbox"
            id="faith"
            name="faith"
            value="1"
            aria-invalid={errorOf('faith') === undefined ? undefined : true}
            aria-describedby={errorOf('faith') === undefined ? undefined : 'faith-error'}
          />
          <span>{words.faith}</span>
        </label>
      </div>
      <p>
        <button type="submit" className="btn btn-primary">
          {words.send}
        </button>
      </p>
    </form>
  );
}
