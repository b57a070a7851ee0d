'use client';

import { useActionState, useEffect } from 'react';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Checkbox, FieldGroup, SelectField, TextField } from '@/components/ui/field';
import { untouchedForm, type StatefulAction } from '@/components/ui/form-state';

export type KeyFormWords = {
  readonly label: string;
  readonly labelHint: string;
  readonly scopes: string;
  readonly reach: string;
  readonly reachShop: string;
  readonly reachNetwork: string;
  readonly make: string;
  readonly errorTitle: string;
  readonly pageErrorTitle: string;
  readonly done: string;
  readonly key: string;
};

type KeyFormProps = {
  readonly action: StatefulAction;
  readonly shop: string;
  readonly words: KeyFormWords;
  readonly scopes: readonly { readonly name: string; readonly label: string }[];
  readonly mayReachNetwork: boolean;
};

/** Makes a key and shows it, once: what is shown is in this answer only. Works without script. */
export function KeyFormLive({ action, shop, words, scopes, mayReachNetwork }: KeyFormProps) {
  const [state, submit] = useActionState(action, untouchedForm);
  const { errors, notice } = state;
  useEffect(() => {
    if (errors.length > 0) document.title = words.pageErrorTitle;
  }, [errors, words.pageErrorTitle]);
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.message;
  const scopesError = errorOf('scopes');
  return (
    <div className="grid gap-5">
      {notice !== undefined && (
        <section role="status" className="banner banner-green">
          <div className="grid gap-2">
            <p>{words.done}</p>
            <p>
              <span className="sr-only">{words.key}: </span>
              <code className="break-all select-all" data-testid="new-key">
                {notice}
              </code>
            </p>
          </div>
        </section>
      )}
      <form action={submit} noValidate className="grid max-w-[560px] gap-5" key={state.attempt}>
        <ErrorSummary title={words.errorTitle} errors={errors} />
        <input type="hidden" name="shop" value={shop} />
        <TextField
          id="label"
          name="label"
          label={words.label}
          hint={words.labelHint}
          error={errorOf('label')}
          defaultValue={notice === undefined ? (state.values['label'] ?? '') : ''}
          autoComplete="off"
          maxLength={80}
          required
        />
        <FieldGroup legend={words.scopes}>
          {scopesError !== undefined && (
            <p className="field-error" id="scopes">
              {scopesError}
            </p>
          )}
          <div className="grid gap-1">
            {scopes.map(({ name, label }) => (
              <Checkbox key={name} id={name} name={name} value="yes" defaultChecked={notice === undefined && state.values[name] === 'yes'}>
                {label}
              </Checkbox>
            ))}
          </div>
        </FieldGroup>
        {mayReachNetwork && (
          <SelectField id="reach" name="reach" label={words.reach} defaultValue={state.values['reach'] ?? 'shop'}>
            <option value="shop">{words.reachShop}</option>
            <option value="network">{words.reachNetwork}</option>
          </SelectField>
        )}
        <button type="submit" className="btn btn-primary min-h-[64px]">
          {words.make}
        </button>
      </form>
    </div>
  );
}
