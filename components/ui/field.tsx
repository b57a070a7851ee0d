import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react';
import { Icon } from './icon';

type FieldFrame = {
  readonly id: string;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** What is wrong, in the same words as in the error summary. */
  readonly error?: string | undefined;
  /** The word "facultatif" of the language, for a field that may stay empty. */
  readonly optional?: string;
};

const described = ({ id, hint, error }: FieldFrame) =>
  [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`].filter(Boolean).join(' ') || undefined;

const aria = (frame: FieldFrame) => ({
  id: frame.id,
  'aria-describedby': described(frame),
  'aria-invalid': frame.error === undefined ? undefined : true,
});

function Frame({ frame, children }: { frame: FieldFrame; children: ReactNode }) {
  return (
    <div className="field">
      <label htmlFor={frame.id}>
        {frame.label}
        {frame.optional !== undefined && <span className="optional"> ({frame.optional})</span>}
      </label>
      {frame.hint !== undefined && <Hint id={`${frame.id}-hint`}>{frame.hint}</Hint>}
      {frame.error !== undefined && <InlineError id={`${frame.id}-error`}>{frame.error}</InlineError>}
      {children}
    </div>
  );
}

/** Help under a label. */
export function Hint({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p className="hint" id={id}>
      {children}
    </p>
  );
}

/** What is wrong with one field. */
export function InlineError({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p className="field-error" id={id}>
      <Icon name="circle-alert" />
      {children}
    </p>
  );
}

type Own = Pick<FieldFrame, 'id' | 'label' | 'hint' | 'error' | 'optional'>;

function split<Props extends Own>(props: Props): readonly [FieldFrame, Omit<Props, keyof Own>] {
  const { id, label, hint, error, optional, ...rest } = props;
  return [{ id, label, hint, error, ...(optional !== undefined && { optional }) }, rest];
}

/** One line of text, with everything a browser can help with (`autoComplete`, `inputMode`, `enterKeyHint`). */
export function TextField(props: Own & Omit<InputHTMLAttributes<HTMLInputElement>, 'id'>) {
  const [frame, rest] = split(props);
  return (
    <Frame frame={frame}>
      <input className="input" type="text" {...aria(frame)} {...rest} />
    </Frame>
  );
}

/** Several lines of text. */
export function TextAreaField(props: Own & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'id'>) {
  const [frame, rest] = split(props);
  return (
    <Frame frame={frame}>
      <textarea className="input" rows={5} {...aria(frame)} {...rest} />
    </Frame>
  );
}

/** One of a few; the options are `<option>` children. */
export function SelectField(props: Own & Omit<SelectHTMLAttributes<HTMLSelectElement>, 'id'>) {
  const [frame, rest] = split(props);
  return (
    <Frame frame={frame}>
      <select className="select w-full" {...aria(frame)} {...rest} />
    </Frame>
  );
}

/** A pickup code of four characters, big enough to be read over a counter. */
export function CodeField(props: Own & Omit<InputHTMLAttributes<HTMLInputElement>, 'id'>) {
  const [frame, rest] = split(props);
  return (
    <Frame frame={frame}>
      <input
        className="input input-code"
        type="text"
        maxLength={4}
        autoCapitalize="characters"
        autoComplete="off"
        spellCheck={false}
        {...aria(frame)}
        {...rest}
      />
    </Frame>
  );
}

type CheckboxProps = { readonly id: string; readonly error?: string | undefined } & Omit<
  InputHTMLAttributes<HTMLInputElement>,
  'id' | 'type'
>;

/** One thing agreed to or switched on; the words are the children. */
export function Checkbox({ id, error, children, ...rest }: CheckboxProps) {
  return (
    <div>
      {error !== undefined && <InlineError id={`${id}-error`}>{error}</InlineError>}
      <label className="choice" htmlFor={id}>
        <input
          className="check"
          type="checkbox"
          id={id}
          aria-describedby={error === undefined ? undefined : `${id}-error`}
          aria-invalid={error === undefined ? undefined : true}
          {...rest}
        />
        <span>{children}</span>
      </label>
    </div>
  );
}

/** One of several ways, as a card; put several of one `name` in a `fieldset`. */
export function RadioCard({ children, ...rest }: Omit<InputHTMLAttributes<HTMLInputElement>, 'type'>) {
  return (
    <label className="radio-card">
      <input className="radio" type="radio" {...rest} />
      <span className="min-w-0 flex-1">{children}</span>
    </label>
  );
}

/** A group of fields under one question. */
export function FieldGroup({ legend, children, className }: { legend: ReactNode; children: ReactNode; className?: string }) {
  return (
    <fieldset className={className}>
      <legend className="display mb-3 text-lg font-[650]">{legend}</legend>
      {children}
    </fieldset>
  );
}
