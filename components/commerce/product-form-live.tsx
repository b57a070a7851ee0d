'use client';

import { useActionState, useEffect, useState } from 'react';
import { ErrorSummary } from '@/components/ui/error-summary';
import { FieldGroup, SelectField, TextAreaField, TextField } from '@/components/ui/field';
import type { FormState, StatefulAction } from '@/components/ui/form-state';
import { untouchedForm } from '@/components/ui/form-state';
import type { FieldBook, LeafChoice, ProductFormWords } from './product-form';
import { fieldOf } from './product-form';
import { ProductLaw } from './product-law';
import { ProductVariants } from './product-variants';
import { SubmitButton } from './submit-button';

export type ProductFormProps = {
  readonly action: StatefulAction;
  /** Hidden fields: shop, key, the offer that is changed. */
  readonly hidden: Readonly<Record<string, string>>;
  /** What stands in the fields at first. */
  readonly start: FormState['values'];
  readonly leaves: readonly LeafChoice[];
  readonly places: readonly string[];
  readonly words: ProductFormWords;
  /** Others sell it too: its words are shown, not changed. */
  readonly isShared: boolean;
};

/**
 * The form of one product: words, what the law asks of its department, variants with price and count. Whole without a script: the department's
 * fields, further variants and suggestions come with the answer; with one, a change of department shows its fields at once.
 */
export function ProductFormLive({ action, hidden, start, leaves, places, words, isShared }: ProductFormProps) {
  const [state, submit] = useActionState(action, untouchedForm);
  const values = state.attempt === 0 ? start : state.values;
  const { errors, notice } = state;
  useEffect(() => {
    if (errors.length > 0) document.title = words.pageErrorTitle;
  }, [errors, words.pageErrorTitle]);
  const book: FieldBook = {
    valueOf: (name) => values[name] ?? '',
    errorOf: (name) => errors.find(({ field }) => field === name)?.message,
  };
  const rows = Math.max(1, Number.parseInt(values['rows'] ?? '1', 10) || 1);
  return (
    <form action={submit} noValidate className="grid grid-cols-[minmax(0,1fr)] gap-5" key={state.attempt} id="form">
      {/* The Enter key presses the first button of a form: that is to be this one. */}
      <button type="submit" name="intent" value="save" className="sr-only" tabIndex={-1} aria-hidden="true" />
      <ErrorSummary title={words.errorTitle} errors={errors} />
      {notice !== undefined && (
        <p role="status" className="banner banner-green">
          {notice}
        </p>
      )}
      {Object.entries({ ...hidden, rows: String(rows) }).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={state.attempt === 0 ? value : (values[name] ?? value)} />
      ))}
      <Described book={book} leaves={leaves} words={words} isShared={isShared} />
      <ProductVariants book={book} rows={rows} places={places} words={words} isShared={isShared} />
      <SubmitButton className="btn btn-primary min-h-[64px] justify-self-start px-7" name="intent" value="save">
        {words.submit}
      </SubmitButton>
    </form>
  );
}

type DescribedProps = Pick<ProductFormProps, 'leaves' | 'words' | 'isShared'> & { readonly book: FieldBook };

/** What it is and where it belongs, and what follows from there. */
function Described({ book, leaves, words, isShared }: DescribedProps) {
  const { valueOf, errorOf } = book;
  const [department, setDepartment] = useState(valueOf('department'));
  const leaf = leaves.find(({ id }) => id === department);
  const fixed = isShared ? { readOnly: true } : {};
  return (
    <>
      <section className="panel p-5 md:p-6">
        <FieldGroup legend={words.sections.what} className="product-fields">
          <div className="is-whole">
            <TextField {...fieldOf(book, 'title')} label={words.title} maxLength={200} {...fixed} />
          </div>
          {isShared ? (
            <input type="hidden" name="department" value={department} />
          ) : (
            <>
              <SelectField
                id="department"
                name="department"
                label={words.department}
                error={errorOf('department')}
                defaultValue={department}
                hint={leaf && leaf.rate !== '' ? `${words.vat.name} ${leaf.rate}` : undefined}
                onChange={(event) => setDepartment(event.target.value)}
              >
                <option value="">{words.departmentChoose}</option>
                {[...Map.groupBy(leaves, ({ group }) => group)].map(([group, some]) => (
                  <optgroup key={group} label={group}>
                    {some.map(({ id, name }) => (
                      <option key={id} value={id}>
                        {name}
                      </option>
                    ))}
                  </optgroup>
                ))}
              </SelectField>
              <button type="submit" className="btn btn-secondary min-h-[48px] self-end justify-self-start" name="intent" value="suggest">
                {words.suggest}
              </button>
            </>
          )}
          <TextField {...fieldOf(book, 'brand')} label={words.brand} optional={words.optional} maxLength={80} {...fixed} />
          <TextField
            {...fieldOf(book, 'labels')}
            label={words.labels.name}
            hint={words.labels.hint}
            optional={words.optional}
            maxLength={300}
          />
          <div className="is-whole">
            <TextAreaField
              {...fieldOf(book, 'description')}
              label={words.description}
              optional={words.optional}
              rows={4}
              maxLength={4_000}
              {...fixed}
            />
          </div>
        </FieldGroup>
      </section>
      <ProductLaw asked={leaf?.asked ?? []} energyKinds={leaf?.energyKinds ?? []} isChosen={leaf !== undefined} book={book} words={words} />
    </>
  );
}
