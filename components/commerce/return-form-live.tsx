'use client';

import { useActionState, useEffect, type ReactNode } from 'react';
import { ErrorSummary } from '@/components/ui/error-summary';
import { FieldGroup, RadioCard, SelectField, TextAreaField } from '@/components/ui/field';
import { untouchedForm, type StatefulAction } from '@/components/ui/form-state';

type Option = { readonly value: string; readonly label: string };
type Card = Option & { readonly note: string };

export type ReturnFormLine = {
  readonly lineId: string;
  readonly tile: ReactNode;
  readonly title: string;
  readonly note: string | undefined;
  /** What it gives back, or why it cannot be chosen. */
  readonly says: string;
  readonly quantityLabel: string;
  /** From keeping all to giving back all; empty when it cannot be chosen. */
  readonly quantities: readonly Option[];
  readonly chosen: string;
  readonly exchange: { readonly label: string; readonly options: readonly Option[] } | undefined;
};

export type ReturnFormWords = {
  readonly errorTitle: string;
  readonly pageErrorTitle: string;
  readonly lines: string;
  readonly remedy: string;
  readonly where: string;
  readonly reason: string;
  readonly reasonHint: string;
  readonly optional: string;
  readonly note: string | undefined;
  readonly confirm: string;
};

type ReturnFormProps = {
  readonly action: StatefulAction;
  readonly hidden: Readonly<Record<string, string>>;
  readonly lines: readonly ReturnFormLine[];
  readonly remedies: readonly Option[];
  readonly places: readonly Card[];
  readonly words: ReturnFormWords;
};

/** Which things, how many, where to: one form, one button, which bears the legal words where it withdraws. Works without script. */
export function ReturnFormLive({ action, hidden, lines, remedies, places, words }: ReturnFormProps) {
  const [state, submit, isBusy] = useActionState(action, untouchedForm);
  const { errors, values } = state;
  useEffect(() => {
    if (errors.length > 0) document.title = words.pageErrorTitle;
  }, [errors, words.pageErrorTitle]);
  return (
    <form action={submit} noValidate className="grid max-w-[680px] gap-7" key={state.attempt}>
      <ErrorSummary title={words.errorTitle} errors={errors} />
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <FieldGroup legend={words.lines}>
        <ul className="panel divide-y divide-line px-[22px] max-md:px-4" id="lines" tabIndex={-1}>
          {lines.map((line) => (
            <ReturnLine key={line.lineId} line={line} values={values} />
          ))}
        </ul>
      </FieldGroup>
      {remedies.length > 0 && (
        <Choice name="remedy" legend={words.remedy} cards={remedies} chosen={values['remedy'] ?? remedies[0]?.value ?? ''} />
      )}
      <Choice name="place" legend={words.where} cards={places} chosen={values['place'] ?? places[0]?.value ?? ''} />
      <TextAreaField
        id="reason"
        name="reason"
        label={words.reason}
        hint={words.reasonHint}
        optional={words.optional}
        rows={2}
        maxLength={500}
        defaultValue={values['reason'] ?? ''}
      />
      {words.note !== undefined && <p className="hint">{words.note}</p>}
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

function ReturnLine({ line, values }: { line: ReturnFormLine; values: Readonly<Record<string, string>> }) {
  const quantity = `quantity:${line.lineId}`;
  const instead = `instead:${line.lineId}`;
  return (
    <li className="grid grid-cols-[64px_1fr] gap-x-4 gap-y-3 py-4 md:grid-cols-[64px_1fr_180px]">
      {line.tile}
      <div className="min-w-0">
        <p className="font-semibold">{line.title}</p>
        {line.note !== undefined && <p className="text-md text-ink-soft">{line.note}</p>}
        <p className="mt-1 text-md text-ink-soft">{line.says}</p>
      </div>
      {line.quantities.length > 0 && (
        <select
          className="select max-md:col-start-2"
          name={quantity}
          aria-label={line.quantityLabel}
          defaultValue={values[quantity] ?? line.chosen}
        >
          {line.quantities.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
      {line.exchange !== undefined && (
        <div className="col-start-2 md:col-span-2">
          <SelectField id={instead} name={instead} label={line.exchange.label} defaultValue={values[instead] ?? ''}>
            {line.exchange.options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </SelectField>
        </div>
      )}
    </li>
  );
}

type ChoiceProps = {
  readonly name: string;
  readonly legend: string;
  readonly cards: readonly (Option & { readonly note?: string })[];
  readonly chosen: string;
};

function Choice({ name, legend, cards, chosen }: ChoiceProps) {
  return (
    <FieldGroup legend={legend}>
      <div className="grid gap-2.5" id={name} tabIndex={-1}>
        {cards.map((card) => (
          <RadioCard key={card.value} name={name} value={card.value} defaultChecked={card.value === chosen}>
            <b className="block font-semibold">{card.label}</b>
            {card.note !== undefined && card.note !== '' && <span className="block text-md text-ink-soft">{card.note}</span>}
          </RadioCard>
        ))}
      </div>
    </FieldGroup>
  );
}
