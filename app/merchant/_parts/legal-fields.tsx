import { SelectField, TextAreaField, TextField } from '@/components/ui/field';
import type { LegalFacts, LegalField } from '@/lib/catalogue';
import type { Instant, Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { energyKindChoices } from './product-words';

type LegalFieldsProps = {
  readonly fields: readonly LegalField[];
  readonly locale: Locale;
  readonly prefix: string;
  readonly facts?: LegalFacts | undefined;
  readonly now: Instant;
};

const long: readonly LegalField[] = ['ingredients', 'warnings', 'hazards', 'plantHazard', 'feedConstituents', 'feedUse'];

/** What was said of a field already. */
function saidOf(field: Exclude<LegalField, 'manufacturer'>, facts: LegalFacts | undefined): string | undefined {
  if (facts === undefined) return undefined;
  if (field === 'warnings') return facts.warnings;
  return field === 'netContent' ? facts.net && `${facts.net.amount} ${facts.net.unit}` : facts.attributes[field];
}

/** The fields of the law for some products, each with what it is. Ids carry a prefix: a page may hold several such forms. */
export function LegalFields({ fields, locale, prefix, facts, now }: LegalFieldsProps) {
  const t = texts(locale, 'shelf');
  return fields.map((field) => {
    if (field === 'manufacturer')
      return (
        <div key={field} className="grid gap-4 md:grid-cols-3">
          {(['name', 'address', 'email'] as const).map((part) => (
            <TextField
              key={part}
              id={`${prefix}-maker-${part}`}
              name={{ name: 'makerName', address: 'makerAddress', email: 'makerEmail' }[part]}
              label={t(`missing.maker.${part}`)}
              defaultValue={facts?.manufacturer?.[part]}
              autoComplete="off"
              maxLength={300}
            />
          ))}
        </div>
      );
    const own = {
      id: `${prefix}-${field}`,
      name: field,
      label: t(`legal.${field}.name`),
      hint: t(`legal.${field}.hint`),
      defaultValue: saidOf(field, facts),
    };
    if (field === 'energyKind')
      return (
        <SelectField key={field} {...own}>
          <option value="">{t('energyKind.choose')}</option>
          {energyKindChoices(locale, now).map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
      );
    return long.includes(field) ? (
      <TextAreaField key={field} {...own} rows={3} maxLength={2_000} />
    ) : (
      <TextField key={field} {...own} autoComplete="off" maxLength={300} />
    );
  });
}
