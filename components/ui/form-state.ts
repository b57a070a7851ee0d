/** What a form shows when it comes back: everything that was typed, and what is wrong with it. */
export type FormState = {
  readonly values: Readonly<Record<string, string>>;
  readonly errors: readonly { readonly field: string; readonly message: string }[];
  /** Counts the attempts, so that the same error twice takes the focus twice. */
  readonly attempt: number;
  /** Good news beside the form, such as more time. */
  readonly notice?: string | undefined;
  /** Values one field could have meant. */
  readonly suggestions?: readonly string[] | undefined;
};

/** An action for `useActionState`: also runs as a plain form post. */
export type StatefulAction = (previous: FormState, posted: FormData) => Promise<FormState>;

export const untouchedForm: FormState = { values: {}, errors: [], attempt: 0 };
