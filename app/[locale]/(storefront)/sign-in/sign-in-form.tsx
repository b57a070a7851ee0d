'use client';

import { useActionState, type ReactNode } from 'react';
import { ErrorSummary } from '@/components/ui/error-summary';
import { untouchedForm, type StatefulAction } from '@/components/ui/form-state';

type SignInFormProps = {
  readonly action: StatefulAction;
  readonly locale: string;
  readonly callbackUrl: string;
  readonly words: {
    readonly email: string;
    readonly emailHint: string;
    readonly submit: string;
    readonly busy: string;
    readonly errorsTitle: string;
    readonly sentTitle: string;
    readonly sentText: string;
    readonly sentAgain: string;
  };
  readonly mailIcon: ReactNode;
};

/** Address in, link out; the answer takes the place of the form, with or without JavaScript. */
export function SignInForm({ action, locale, callbackUrl, words, mailIcon }: SignInFormProps) {
  const [state, submit, isPending] = useActionState(action, untouchedForm);
  const error = state.errors[0]?.message;
  if (state.notice !== undefined) {
    return (
      <div role="status" className="grid gap-3">
        <h2 className="text-xl">{words.sentTitle}</h2>
        <p>
          <b className="font-semibold">{state.notice}</b>
        </p>
        <p className="text-ink-soft">{words.sentText}</p>
        <p>
          <a href="?">{words.sentAgain}</a>
        </p>
      </div>
    );
  }
  return (
    <form action={submit} className="grid gap-5" noValidate>
      <ErrorSummary title={words.errorsTitle} errors={state.errors} />
      <input type="hidden" name="locale" value={locale} />
      <input type="hidden" name="callbackUrl" value={callbackUrl} />
      <div className="field">
        <label htmlFor="email">{words.email}</label>
        <p className="hint" id="email-hint">
          {words.emailHint}
        </p>
        {error !== undefined && (
          <p className="field-error" id="email-error">
            {error}
          </p>
        )}
        <input
          className="input"
          id="email"
          name="email"
          type="email"
          autoComplete="email"
          inputMode="email"
          enterKeyHint="send"
          spellCheck={false}
          required
          key={state.attempt}
          defaultValue={state.values['email'] ?? ''}
          aria-describedby={error === undefined ? 'email-hint' : 'email-hint email-error'}
          {...(error !== undefined && { 'aria-invalid': true })}
        />
      </div>
      <button type="submit" className="btn btn-primary btn-pay" {...(isPending && { 'aria-busy': true })}>
        {mailIcon}
        {isPending ? words.busy : words.submit}
      </button>
    </form>
  );
}
