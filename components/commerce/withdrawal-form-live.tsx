'use client';

import { useActionState, useEffect } from 'react';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextAreaField, TextField } from '@/components/ui/field';
import { untouchedForm, type StatefulAction } from '@/components/ui/form-state';

export type WithdrawalWords = {
  readonly errorTitle: string;
  readonly pageErrorTitle: string;
  readonly optional: string;
  readonly name: string;
  readonly orderNumber: string;
  readonly orderNumberHint: string;
  readonly email: string;
  readonly articles: string;
  readonly articlesHint: string;
  readonly confirm: string;
  readonly done: string;
  readonly next: string;
};

type WithdrawalFormProps = {
  readonly action: StatefulAction;
  readonly words: WithdrawalWords;
  readonly known: Readonly<Record<string, string>>;
  readonly hidden: Readonly<Record<string, string>>;
};

/** The statement: three things are asked, a part of the order may be named, the one button bears the legal words. Works without script. */
export function WithdrawalFormLive({ action, words, known, hidden }: WithdrawalFormProps) {
  const [state, submit, isBusy] = useActionState(action, untouchedForm);
  const { errors } = state;
  useEffect(() => {
    if (errors.length > 0) document.title = words.pageErrorTitle;
  }, [errors, words.pageErrorTitle]);
  if (state.notice !== undefined) {
    return (
      <section role="status" className="banner banner-green" data-testid="withdrawn">
        <div className="grid gap-1">
          <h2 className="text-xl">{words.done}</h2>
          <p>{state.notice}</p>
          <p className="text-ink-soft">{words.next}</p>
        </div>
      </section>
    );
  }
  const field = (name: string) => ({
    id: name,
    name,
    error: errors.find((error) => error.field === name)?.message,
    defaultValue: state.values[name] ?? known[name] ?? '',
  });
  return (
    <form action={submit} noValidate className="grid max-w-[560px] gap-5" key={state.attempt}>
      <ErrorSummary title={words.errorTitle} errors={errors} />
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <TextField {...field('name')} label={words.name} autoComplete="name" required />
      <TextField
        {...field('orderNumber')}
        label={words.orderNumber}
        hint={words.orderNumberHint}
        autoComplete="off"
        autoCapitalize="characters"
        required
      />
      <TextField {...field('email')} type="email" label={words.email} autoComplete="email" inputMode="email" required />
      <TextAreaField {...field('articles')} label={words.articles} hint={words.articlesHint} optional={words.optional} rows={3} />
      <button
        type="submit"
        className="btn btn-primary btn-pay"
        {...(isBusy && { 'aria-busy': true as const, onClick: (event: { preventDefault(): void }) => event.preventDefault() })}
      >
        {words.confirm}
      </button>
    </form>
  );
}
