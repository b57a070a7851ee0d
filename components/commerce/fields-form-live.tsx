'use client';

import { useActionState, useEffect } from 'react';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Checkbox, SelectField, TextAreaField, TextField } from '@/components/ui/field';
import type { FormState, StatefulAction } from '@/components/ui/form-state';
import { untouchedForm } from '@/components/ui/form-state';
import { SubmitButton } from './submit-button';

type Named = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value?: string | undefined;
  readonly isOptional?: boolean | undefined;
  /** Shares its line with its neighbour where there is room. */
  readonly isHalf?: boolean | undefined;
};

export type FormField =
  | (Named & {
      readonly kind: 'text';
      readonly inputMode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email' | 'url' | undefined;
      readonly autoComplete?: string | undefined;
    })
  | (Named & { readonly kind: 'area'; readonly rows?: number })
  | (Named & { readonly kind: 'choice'; readonly choices: readonly { readonly value: string; readonly label: string }[] })
  | (Named & { readonly kind: 'check' })
  | { readonly kind: 'title'; readonly name: string; readonly label: string; readonly hint?: string | undefined };

export type FieldsFormWords = {
  readonly submit: string;
  readonly errorTitle: string;
  readonly pageErrorTitle: string;
  readonly optional: string;
  /** Above values that were meant perhaps. */
  readonly suggestions?: string;
};

type FieldsFormProps = {
  /** Its name on a page that has several. */
  readonly id?: string;
  readonly action: StatefulAction;
  readonly hidden: Readonly<Record<string, string>>;
  readonly fields: readonly FormField[];
  readonly words: FieldsFormWords;
};

/** A form that is a list of fields. Works without script; what was typed comes back with the error. */
export function FieldsFormLive({ id = 'form', action, hidden, fields, words }: FieldsFormProps) {
  const [state, submit] = useActionState(action, untouchedForm);
  const { errors, notice, suggestions = [] } = state;
  useEffect(() => {
    if (errors.length > 0) document.title = words.pageErrorTitle;
  }, [errors, words.pageErrorTitle]);
  return (
    <form action={submit} noValidate className="fields-form" key={state.attempt} id={id}>
      <ErrorSummary title={words.errorTitle} errors={errors} />
      {notice !== undefined && (
        <p role="status" className="banner banner-green">
          {notice}
        </p>
      )}
      {suggestions.length > 0 && (
        <div className="banner">
          <div>
            <p>{words.suggestions}</p>
            <ul className="mt-1 list-disc pl-5">
              {suggestions.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          </div>
        </div>
      )}
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {fields.map((field) => (
        <OneField key={field.name} field={field} state={state} optional={words.optional} />
      ))}
      <SubmitButton className="btn btn-primary min-h-[64px] justify-self-start px-7">{words.submit}</SubmitButton>
    </form>
  );
}

function OneField({ field, state, optional }: { readonly field: FormField; readonly state: FormState; readonly optional: string }) {
  const { name, label, hint } = field;
  if (field.kind === 'title')
    return (
      <div className="fields-title">
        <h3 className="text-lg">{label}</h3>
        {hint !== undefined && <p className="hint">{hint}</p>}
      </div>
    );
  const typed = state.attempt === 0 ? (field.value ?? '') : (state.values[name] ?? '');
  const error = state.errors.find((one) => one.field === name)?.message;
  const own = { id: name, name, label, error, ...(hint !== undefined && { hint }), ...(field.isOptional && { optional }) };
  if (field.kind === 'check')
    return (
      <div>
        <Checkbox id={name} name={name} value="yes" defaultChecked={typed === 'yes'} error={error}>
          {label}
        </Checkbox>
        {hint !== undefined && <p className="hint pl-[34px]">{hint}</p>}
      </div>
    );
  return (
    <div className={field.isHalf ? 'is-half' : undefined}>
      {field.kind === 'choice' ? (
        <SelectField {...own} defaultValue={typed}>
          {field.choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </SelectField>
      ) : field.kind === 'area' ? (
        <TextAreaField {...own} defaultValue={typed} rows={field.rows ?? 3} />
      ) : (
        <TextField {...own} defaultValue={typed} inputMode={field.inputMode} autoComplete={field.autoComplete ?? 'off'} />
      )}
    </div>
  );
}
