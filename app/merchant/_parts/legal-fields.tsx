import { TextAreaField, TextField } from '@/components/ui/field';
import type { LegalField } from '@/lib/catalogue';
import type { Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts';

type LegalFieldsProps = { readonly fields: readonly LegalField[]; readonly locale: Locale; readonly prefix: string };

const long: readonly LegalField[] = ['ingredients', 'warnings', 'hazards'];

/** The fields of the law for some products, each with what it is. Ids carry a prefix: a page may hold several such forms. */
export function LegalFields({ fields, locale, prefix }: LegalFieldsProps) {
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
              autoComplete="off"
              maxLength={300}
            />
          ))}
        </div>
      );
    const own = { id: `${prefix}-${field}`, name: field, label: t(`legal.${field}.name`), hint: t(`legal.${field}.hint`) };
    return long.includes(field) ? (
      <TextAreaField key={field} {...own} rows={3} maxLength={2_000} />
    ) : (
      <TextField key={field} {...own} autoComplete="off" maxLength={300} />
    );
  });
}
