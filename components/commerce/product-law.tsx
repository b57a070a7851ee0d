import { SelectField, TextAreaField, TextField } from '@/components/ui/field';
import type { FieldBook, ProductFormWords } from './product-form';
import { fieldOf } from './product-form';

type LawProps = {
  /** Fields the department's rules ask for. */
  readonly asked: readonly string[];
  /** Answers the department allows to the question whose label it is. */
  readonly energyKinds: readonly string[];
  readonly isChosen: boolean;
  readonly book: FieldBook;
  readonly words: ProductFormWords;
};

const makerFields = ['makerName', 'makerAddress', 'makerEmail'] as const;
const responsibleFields = ['responsibleName', 'responsibleAddress', 'responsibleEmail'] as const;

/** What the law wants said of a thing of this department: nothing that is not asked, and whatever was said already. */
export function ProductLaw({ asked, energyKinds, isChosen, book, words }: LawProps) {
  const { valueOf, errorOf } = book;
  const isShown = (field: string): boolean => asked.includes(field) || valueOf(field) !== '' || errorOf(field) !== undefined;
  const hasMaker = asked.includes('manufacturer') || makerFields.some((name) => isShown(name));
  const fields = words.legal.filter(({ field }) => isShown(field));
  const isEmpty = fields.length === 0 && !hasMaker;
  return (
    <section className="panel p-5 md:p-6" id="law" aria-labelledby="law-title">
      <h2 id="law-title" className="mb-1 text-lg">
        {words.sections.law}
      </h2>
      <p className="mb-4 max-w-[66ch] text-base text-ink-soft">
        {isEmpty && isChosen ? words.sections.lawNothing : words.sections.lawText}
      </p>
      <div className="product-fields">
        {fields.map(({ field, name, hint, isLong, choices }) => {
          const own = { ...fieldOf(book, field), label: name, hint };
          if (choices !== undefined)
            return (
              <SelectField key={field} {...own}>
                <option value="">{words.choose}</option>
                {choices.map(
                  ({ value, label }) =>
                    (energyKinds.includes(value) || value === valueOf(field)) && (
                      <option key={value} value={value}>
                        {label}
                      </option>
                    ),
                )}
              </SelectField>
            );
          return isLong ? (
            <div key={field} className="is-whole">
              <TextAreaField {...own} rows={3} maxLength={2_000} />
            </div>
          ) : (
            <TextField key={field} {...own} maxLength={300} />
          );
        })}
        {hasMaker && (
          <>
            <People title={words.maker.title} names={makerFields} labels={words.maker} book={book} />
            <People
              title={words.responsible.title}
              text={words.responsible.text}
              names={responsibleFields}
              labels={words.responsible}
              book={book}
            />
          </>
        )}
      </div>
    </section>
  );
}

type PeopleProps = {
  readonly title: string;
  readonly text?: string;
  readonly names: readonly [string, string, string];
  readonly labels: { readonly name: string; readonly address: string; readonly email: string };
  readonly book: FieldBook;
};

/** A maker, or whoever answers for it in the Union: name, address, and how to write to it. */
function People({ title, text, names, labels, book }: PeopleProps) {
  return (
    <fieldset className="is-whole">
      <legend className="text-base font-semibold">{title}</legend>
      {text !== undefined && <p className="hint max-w-[66ch]">{text}</p>}
      <div className="product-fields is-thirds mt-2">
        {([labels.name, labels.address, labels.email] as const).map((label, index) => {
          const name = names[index] ?? '';
          return <TextField key={name} {...fieldOf(book, name)} label={label} maxLength={300} />;
        })}
      </div>
    </fieldset>
  );
}
