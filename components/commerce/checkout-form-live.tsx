'use client';

import { startTransition, useActionState, useEffect, type ReactNode } from 'react';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Checkbox, FieldGroup, RadioCard, TextField } from '@/components/ui/field';
import { untouchedForm, type StatefulAction, type FormState } from '@/components/ui/form-state';
import { AddressFieldLive } from './address-field-live';
import type { VoucherWords } from './voucher-fields';
import { VoucherFields } from './voucher-fields';

export type CheckoutWords = {
  readonly title: string;
  readonly errorTitle: string;
  readonly refusedTitle: string;
  readonly optional: string;
  readonly contact: string;
  readonly email: string;
  readonly emailHint: string;
  readonly name: string;
  readonly nameHint: string;
  readonly phone: string;
  readonly phoneHint: string;
  readonly receive: string;
  readonly address: string;
  readonly addressHint: string;
  readonly didYouMean: string;
  readonly rescue: string;
  readonly rescueWishes: readonly { readonly value: string; readonly label: string; readonly hint: string }[];
  readonly ageLegend: string;
  readonly ageConfirm: string;
  readonly ageHint: string;
  /** Undefined where nothing is paid before. */
  readonly vouchers: VoucherWords | undefined;
};

type CheckoutFormProps = {
  readonly action: StatefulAction;
  readonly words: CheckoutWords;
  /** What is known already: nothing is asked twice. */
  readonly known: Readonly<Record<string, string>>;
  /** Sent along unseen: the key that makes two clicks one order, the total that was read. */
  readonly hidden: Readonly<Record<string, string>>;
  readonly needsAddress: boolean;
  readonly needsAge: boolean;
  readonly addressesUrl: string;
  /** Above the fields: the note about the time left. */
  readonly hold: ReactNode;
  /** What may be paid in the shop, said by buttons of this form. */
  readonly payment: ReactNode;
  /** Below the fields: who answers for what, guarantee, terms. */
  readonly trust: ReactNode;
  /** The slate: recap per shop, total, and the button right under them. */
  readonly slate: ReactNode;
};

/** The one page of the order. A plain form: without script the same action answers with the same page and what is missing. */
export function CheckoutFormLive(props: CheckoutFormProps) {
  const [state, submit] = useActionState(props.action, untouchedForm);
  const { words } = props;
  const isRefused = state.errors.some((error) => error.field === 'form');
  return (
    <form
      action={submit}
      noValidate
      onSubmit={(event) => {
        // Submitting by hand keeps what was typed on the screen; the browser's own action would clear the fields first.
        event.preventDefault();
        const posted = new FormData(event.currentTarget, submitterOf(event.nativeEvent));
        startTransition(() => submit(posted));
      }}
    >
      {/* Return, in any field, presses the first button of a form: let it be this one, not that of a voucher or a shop. */}
      <button type="submit" className="sr-only" tabIndex={-1} aria-hidden="true" />
      <TitleOf state={state} title={words.title} />
      {Object.entries(props.hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div className="with-slate with-order">
        <div className="grid max-w-[720px] gap-9">
          <ErrorSummary title={isRefused ? words.refusedTitle : words.errorTitle} errors={state.errors} />
          {state.notice !== undefined && (
            <p role="status" className="banner banner-green">
              {state.notice}
            </p>
          )}
          {props.hold}
          <ContactFields {...props} state={state} />
          {props.needsAddress && <ReceiveFields {...props} state={state} />}
          {props.payment}
          <RescueFields {...props} state={state} />
          {props.needsAge && <AgeField {...props} state={state} />}
          {words.vouchers && (
            <VoucherFields
              key={state.attempt}
              words={words.vouchers}
              error={errorOf(state, 'voucherCode')}
              typed={state.values['voucherCode'] ?? ''}
            />
          )}
          {props.trust}
        </div>
        {props.slate}
      </div>
    </form>
  );
}

function submitterOf(event: Event): HTMLElement | null {
  return event instanceof SubmitEvent ? event.submitter : null;
}

/** The browser's title says that something is wrong; rendered here so that it does so without script as well. */
function TitleOf({ state, title }: { state: FormState; title: string }) {
  const count = state.errors.length;
  useEffect(() => {
    if (count > 0) document.title = title;
  }, [count, title]);
  return null;
}

type Fields = CheckoutFormProps & { readonly state: FormState };

const errorOf = (state: FormState, field: string): string | undefined => state.errors.find((error) => error.field === field)?.message;
const valueOf = ({ state, known }: Fields, field: string): string => state.values[field] ?? known[field] ?? '';

function ContactFields(props: Fields) {
  const { words, state } = props;
  return (
    <FieldGroup legend={words.contact}>
      <div className="grid gap-5">
        <TextField
          id="email"
          name="email"
          type="email"
          label={words.email}
          hint={words.emailHint}
          error={errorOf(state, 'email')}
          defaultValue={valueOf(props, 'email')}
          autoComplete="email"
          inputMode="email"
          enterKeyHint="next"
          required
        />
        <TextField
          id="name"
          name="name"
          label={words.name}
          hint={words.nameHint}
          error={errorOf(state, 'name')}
          defaultValue={valueOf(props, 'name')}
          autoComplete="name"
          enterKeyHint="next"
          required
        />
        <TextField
          id="phone"
          name="phone"
          type="tel"
          label={words.phone}
          hint={words.phoneHint}
          optional={words.optional}
          error={errorOf(state, 'phone')}
          defaultValue={valueOf(props, 'phone')}
          autoComplete="tel"
          inputMode="tel"
          enterKeyHint="next"
        />
      </div>
    </FieldGroup>
  );
}

function ReceiveFields(props: Fields) {
  const { words, state } = props;
  return (
    <FieldGroup legend={words.receive}>
      <AddressFieldLive
        label={words.address}
        hint={words.addressHint}
        didYouMean={words.didYouMean}
        error={errorOf(state, 'address')}
        suggestions={state.suggestions ?? []}
        startValue={valueOf(props, 'address')}
        url={props.addressesUrl}
      />
    </FieldGroup>
  );
}

function RescueFields(props: Fields) {
  const chosen = valueOf(props, 'rescueWish');
  const [only, ...others] = props.words.rescueWishes;
  if (only && others.length === 0) {
    return (
      <FieldGroup legend={props.words.rescue}>
        <input type="hidden" name="rescueWish" value={only.value} />
        <p>
          {only.label}. <span className="hint">{only.hint}</span>
        </p>
      </FieldGroup>
    );
  }
  return (
    <FieldGroup legend={props.words.rescue}>
      <div className="grid gap-3" id="rescueWish">
        {props.words.rescueWishes.map(({ value, label, hint }) => (
          <RadioCard key={value} name="rescueWish" value={value} defaultChecked={value === chosen}>
            <span className="block font-semibold">{label}</span>
            <span className="hint block">{hint}</span>
          </RadioCard>
        ))}
      </div>
    </FieldGroup>
  );
}

function AgeField(props: Fields) {
  const { words, state } = props;
  return (
    <FieldGroup legend={words.ageLegend}>
      <Checkbox
        id="ageConfirmed"
        name="ageConfirmed"
        value="yes"
        error={errorOf(state, 'ageConfirmed')}
        defaultChecked={state.values['ageConfirmed'] === 'yes'}
      >
        <span className="block font-semibold">{words.ageConfirm}</span>
        <span className="hint block">{words.ageHint}</span>
      </Checkbox>
    </FieldGroup>
  );
}
