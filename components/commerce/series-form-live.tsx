'use client';

import { useActionState, useEffect } from 'react';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Checkbox, FieldGroup, RadioCard, SelectField, TextField } from '@/components/ui/field';
import { untouchedForm, type FormState, type StatefulAction } from '@/components/ui/form-state';

export type SeriesFormWords = Readonly<
  Record<
    | 'issuer'
    | 'name'
    | 'nameHint'
    | 'kind'
    | 'purpose'
    | 'multi'
    | 'single'
    | 'vatRate'
    | 'vatRateHint'
    | 'where'
    | 'shops'
    | 'departments'
    | 'everywhere'
    | 'paysDelivery'
    | 'topUp'
    | 'topUpHint'
    | 'from'
    | 'until'
    | 'count'
    | 'paid'
    | 'paidHint'
    | 'holder'
    | 'holderHint'
    | 'optional'
    | 'make'
    | 'errorTitle'
    | 'pageErrorTitle'
    | 'codes',
    string
  >
>;

type Choice = { readonly value: string; readonly label: string };

type SeriesFormProps = {
  readonly action: StatefulAction;
  readonly words: SeriesFormWords;
  /** The sentence above the codes, by how many there are. */
  readonly done: readonly [one: string, several: string];
  readonly issuers: readonly Choice[];
  readonly kinds: readonly Choice[];
  readonly shops: readonly Choice[];
  readonly departments: readonly Choice[];
  readonly start: Readonly<Record<'validFrom' | 'validUntil', string>>;
};

/** Issues a series and shows its codes, once: what is shown is in this answer only. Works without script. */
export function SeriesFormLive(props: SeriesFormProps) {
  const [state, submit] = useActionState(props.action, untouchedForm);
  const { words, done } = props;
  const { errors, notice } = state;
  useEffect(() => {
    if (errors.length > 0) document.title = words.pageErrorTitle;
  }, [errors, words.pageErrorTitle]);
  const codes = notice === undefined ? [] : notice.split('\n');
  return (
    <div className="grid gap-6">
      {codes.length > 0 && (
        <section role="status" className="banner banner-green">
          <div className="grid gap-3">
            <p>{(codes.length === 1 ? done[0] : done[1]).replace('#', String(codes.length))}</p>
            <ul className="grid gap-1.5" aria-label={words.codes} data-testid="new-codes">
              {codes.map((code) => (
                <li key={code}>
                  <code className="select-all">{code}</code>
                </li>
              ))}
            </ul>
          </div>
        </section>
      )}
      <form action={submit} noValidate className="grid max-w-[720px] gap-7" key={state.attempt}>
        <ErrorSummary title={words.errorTitle} errors={errors} />
        <WhatFields {...props} state={state} />
        <WhereFields {...props} state={state} />
        <HowMuchFields {...props} state={state} />
        <button type="submit" className="btn btn-primary justify-self-start">
          {words.make}
        </button>
      </form>
    </div>
  );
}

type Fields = SeriesFormProps & { readonly state: FormState };

const errorOf = ({ state }: Fields, field: string) => state.errors.find((error) => error.field === field)?.message;
const valueOf = ({ state }: Fields, field: string, start = ''): string => state.values[field] ?? start;
const isTicked = ({ state }: Fields, field: string): boolean => state.values[field] !== undefined;

const options = (choices: readonly Choice[]) =>
  choices.map(({ value, label }) => (
    <option key={value} value={value}>
      {label}
    </option>
  ));

function WhatFields(props: Fields) {
  const { words } = props;
  const purpose = valueOf(props, 'purpose', 'multi');
  return (
    <div className="grid gap-5">
      <SelectField
        id="issuerId"
        name="issuerId"
        label={words.issuer}
        error={errorOf(props, 'issuerId')}
        defaultValue={valueOf(props, 'issuerId')}
      >
        {options(props.issuers)}
      </SelectField>
      <TextField
        id="name"
        name="name"
        label={words.name}
        hint={words.nameHint}
        error={errorOf(props, 'name')}
        defaultValue={valueOf(props, 'name')}
        autoComplete="off"
        maxLength={120}
        required
      />
      <SelectField
        id="kind"
        name="kind"
        label={words.kind}
        error={errorOf(props, 'kind')}
        defaultValue={valueOf(props, 'kind', 'gift-card')}
      >
        {options(props.kinds)}
      </SelectField>
      <FieldGroup legend={words.purpose}>
        <div className="grid gap-3" id="purpose">
          {(['multi', 'single'] as const).map((value) => (
            <RadioCard key={value} name="purpose" value={value} defaultChecked={value === purpose}>
              {words[value]}
            </RadioCard>
          ))}
        </div>
      </FieldGroup>
      <TextField
        id="vatRate"
        name="vatRate"
        label={words.vatRate}
        hint={words.vatRateHint}
        optional={words.optional}
        error={errorOf(props, 'vatRate')}
        defaultValue={valueOf(props, 'vatRate')}
        inputMode="decimal"
        autoComplete="off"
        maxLength={5}
      />
    </div>
  );
}

function WhereFields(props: Fields) {
  const { words } = props;
  const lists = [
    ['shop', words.shops, props.shops],
    ['category', words.departments, props.departments],
  ] as const;
  return (
    <FieldGroup legend={words.where}>
      <p className="hint mb-2">{words.everywhere}</p>
      {lists.map(([what, label, choices]) => (
        <details key={what} open={choices.some(({ value }) => isTicked(props, `${what}:${value}`))}>
          <summary className="min-h-11 content-center font-semibold">{label}</summary>
          <div className="grid gap-1 pb-3 md:grid-cols-2">
            {choices.map(({ value, label: name }) => (
              <Checkbox
                key={value}
                id={`${what}-${value}`}
                name={`${what}:${value}`}
                value="on"
                defaultChecked={isTicked(props, `${what}:${value}`)}
              >
                {name}
              </Checkbox>
            ))}
          </div>
        </details>
      ))}
      <Checkbox
        id="paysDelivery"
        name="paysDelivery"
        value="on"
        defaultChecked={props.state.attempt === 0 || isTicked(props, 'paysDelivery')}
      >
        {words.paysDelivery}
      </Checkbox>
    </FieldGroup>
  );
}

function HowMuchFields(props: Fields) {
  const { words, start } = props;
  const field = (id: string, label: string, more: { readonly hint?: string; readonly value: string; readonly type?: string }) => (
    <TextField
      id={id}
      name={id}
      type={more.type ?? 'text'}
      label={label}
      {...(more.hint !== undefined && { hint: more.hint })}
      error={errorOf(props, id)}
      defaultValue={valueOf(props, id, more.value)}
      inputMode={more.type === undefined ? 'decimal' : undefined}
      autoComplete="off"
      required
    />
  );
  return (
    <div className="grid gap-5 md:grid-cols-2">
      {field('validFrom', words.from, { type: 'date', value: start.validFrom })}
      {field('validUntil', words.until, { type: 'date', value: start.validUntil })}
      {field('paid', words.paid, { hint: words.paidHint, value: '50' })}
      {field('topUpPercent', words.topUp, { hint: words.topUpHint, value: '0' })}
      {field('count', words.count, { value: '10' })}
      <TextField
        id="holderEmail"
        name="holderEmail"
        type="email"
        label={words.holder}
        hint={words.holderHint}
        optional={words.optional}
        error={errorOf(props, 'holderEmail')}
        defaultValue={valueOf(props, 'holderEmail')}
        autoComplete="off"
        maxLength={254}
      />
    </div>
  );
}
