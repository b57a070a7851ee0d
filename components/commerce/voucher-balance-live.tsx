'use client';

import { useActionState } from 'react';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextField } from '@/components/ui/field';

/** A balance in words: catalogues and money stay on the server. */
export type VoucherBalanceWords = {
  readonly title: string;
  readonly left: string;
  readonly amount: string;
  readonly notes: readonly string[];
  readonly facts: readonly { readonly label: string; readonly text: string }[];
  readonly movementsTitle: string;
  readonly none: string;
  readonly movements: readonly { readonly when: string; readonly what: string; readonly amount: string }[];
};

export type VoucherBalanceState = {
  readonly typed: string;
  readonly error?: string | undefined;
  readonly balance?: VoucherBalanceWords | undefined;
};

type VoucherBalanceProps = {
  readonly action: (previous: VoucherBalanceState, posted: FormData) => Promise<VoucherBalanceState>;
  readonly locale: string;
  readonly words: { readonly code: string; readonly codeHint: string; readonly show: string; readonly errorTitle: string };
};

/** A code and what is on it. The code is posted, so that it stands in no address, log or history. */
export function VoucherBalanceLive({ action, locale, words }: VoucherBalanceProps) {
  const [state, submit] = useActionState(action, { typed: '' });
  return (
    <div className="grid gap-7">
      <form action={submit} className="grid max-w-[560px] gap-4" noValidate>
        <input type="hidden" name="locale" value={locale} />
        {state.error !== undefined && <ErrorSummary title={words.errorTitle} errors={[{ field: 'code', message: state.error }]} />}
        <TextField
          id="code"
          name="code"
          label={words.code}
          hint={words.codeHint}
          error={state.error}
          defaultValue={state.typed}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={60}
        />
        <button type="submit" className="btn btn-primary justify-self-start">
          {words.show}
        </button>
      </form>
      {state.balance && <Balance words={state.balance} />}
    </div>
  );
}

function Balance({ words }: { words: VoucherBalanceWords }) {
  return (
    <section className="panel grid gap-5 p-6" aria-labelledby="balance" data-testid="balance">
      <div>
        <h2 id="balance" className="text-2xl">
          {words.title}
        </h2>
        {words.notes.map((note) => (
          <p key={note} className="text-ink-soft">
            {note}
          </p>
        ))}
      </div>
      <p>
        {words.left} <b className="block text-4xl font-bold tabular-nums [font-family:var(--font-display)]">{words.amount}</b>
      </p>
      <dl className="grid gap-2">
        {words.facts.map(({ label, text }) => (
          <div key={label} className="flex flex-wrap gap-x-3">
            <dt className="font-semibold">{label}</dt>
            <dd className="min-w-0">{text}</dd>
          </div>
        ))}
      </dl>
      <div>
        <h3 className="text-lg">{words.movementsTitle}</h3>
        {words.movements.length === 0 && <p className="text-ink-soft">{words.none}</p>}
        <ul>
          {words.movements.map(({ when, what, amount }, index) => (
            <li key={index} className="flex flex-wrap justify-between gap-x-4 border-b border-line py-2">
              <span className="min-w-0">
                {what} <span className="text-ink-soft">{when}</span>
              </span>
              <b className="font-semibold tabular-nums">{amount}</b>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
