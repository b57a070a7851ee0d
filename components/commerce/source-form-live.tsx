'use client';

import { useActionState, useEffect } from 'react';
import { ErrorSummary } from '@/components/ui/error-summary';
import { SelectField, TextField } from '@/components/ui/field';
import { untouchedForm, type StatefulAction } from '@/components/ui/form-state';
import { SubmitButton } from './submit-button';

export type SourceFormField = {
  readonly name: string;
  readonly kind: 'text' | 'address' | 'secret' | 'choice';
  readonly label: string;
  readonly hint?: string | undefined;
  readonly isOptional: boolean;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
};

type SourceFormProps = {
  readonly action: StatefulAction;
  readonly shop: string;
  readonly kind: string;
  readonly fields: readonly SourceFormField[];
  readonly words: { readonly connect: string; readonly errorTitle: string; readonly pageErrorTitle: string; readonly optional: string };
};

/** What one source needs to be connected. Works without script; what was typed comes back with the error. */
export function SourceFormLive({ action, shop, kind, fields, words }: SourceFormProps) {
  const [state, submit] = useActionState(action, untouchedForm);
  const { errors, notice, values } = state;
  useEffect(() => {
    if (errors.length > 0) document.title = words.pageErrorTitle;
  }, [errors, words.pageErrorTitle]);
  if (notice !== undefined) {
    return (
      <p role="status" className="banner banner-green">
        {notice}
      </p>
    );
  }
  return (
    <form action={submit} noValidate className="grid max-w-[560px] gap-5" key={state.attempt} id="form">
      <ErrorSummary title={words.errorTitle} errors={errors} />
      <input type="hidden" name="shop" value={shop} />
      <input type="hidden" name="kind" value={kind} />
      {fields.map(({ name, label, hint, isOptional, kind: sort, choices }) => {
        const own = {
          id: name,
          name,
          label,
          error: errors.find(({ field }) => field === name)?.message,
          ...(hint !== undefined && { hint }),
          ...(isOptional && { optional: words.optional }),
        };
        if (sort === 'choice')
          return (
            <SelectField key={name} {...own} defaultValue={values[name] ?? choices[0]?.value}>
              {choices.map((choice) => (
                <option key={choice.value} value={choice.value}>
                  {choice.label}
                </option>
              ))}
            </SelectField>
          );
        return (
          <TextField
            key={name}
            {...own}
            type={sort === 'secret' ? 'password' : 'text'}
            inputMode={sort === 'address' ? 'url' : 'text'}
            autoComplete={sort === 'secret' ? 'new-password' : 'off'}
            autoCapitalize="off"
            spellCheck={false}
            defaultValue={values[name] ?? ''}
            required={!isOptional}
          />
        );
      })}
      <SubmitButton className="btn btn-primary min-h-[64px]">{words.connect}</SubmitButton>
    </form>
  );
}
