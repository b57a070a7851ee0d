import type { FormField } from '@/components/commerce/fields-form-live';
import type { Locale } from '@/lib/kernel';
import type { CityPageView } from '@/lib/shops';
import { texts } from '@/lib/texts';

type Kept = { readonly name: string; readonly region: string; readonly operator: CityPageView['operator'] };
type Values = Readonly<Record<CityField, string>>;

const groups = {
  place: ['name', 'region'],
  operator: ['legalName', 'legalForm', 'capital', 'register', 'vatNumber', 'publicationDirector', 'address', 'phone', 'email'],
  host: ['hostName', 'hostAddress', 'hostPhone'],
  contacts: ['contactForAuthorities', 'productSafetyContact', 'safetyGateRegistrationId'],
} as const;

export type CityField = (typeof groups)[keyof typeof groups][number];

const all: readonly string[] = Object.values(groups).flat();
const mailFields: ReadonlySet<string> = new Set(['email', 'contactForAuthorities', 'productSafetyContact']);
const wide: ReadonlySet<string> = new Set(['legalName', 'address', 'hostAddress', 'register', 'safetyGateRegistrationId']);

export function isCityField(name: string): name is CityField {
  return all.includes(name);
}

function valuesOf({ name, region, operator }: Kept): Values {
  const { host, ...rest } = operator;
  return { ...rest, name, region, hostName: host.name, hostAddress: host.address, hostPhone: host.phone };
}

const hinted = [
  'name',
  'region',
  'legalForm',
  'capital',
  'address',
  'register',
  'vatNumber',
  'contactForAuthorities',
  'productSafetyContact',
  'safetyGateRegistrationId',
] as const satisfies readonly CityField[];

/** The fields of who runs the city, with what is known, in groups with a title. */
export function cityFields(locale: Locale, kept: Kept): readonly FormField[] {
  const t = texts(locale, 'city');
  const values = valuesOf(kept);
  return (['place', 'operator', 'host', 'contacts'] as const).flatMap((group): readonly FormField[] => [
    { kind: 'title', name: group, label: t(`who.${group}`), hint: group === 'operator' ? t('who.operatorHint') : undefined },
    ...groups[group].map((name): FormField => {
      const hint = hinted.find((one) => one === name);
      return {
        kind: 'text',
        name,
        label: t(`field.${name}`),
        hint: hint && t(`hint.${hint}`),
        value: values[name],
        isHalf: !wide.has(name),
        inputMode: mailFields.has(name) ? 'email' : /phone/i.test(name) ? 'tel' : 'text',
      };
    }),
  ]);
}

/** The same for whoever may only read: what stands where. */
export function cityFacts(locale: Locale, kept: Kept): readonly (readonly [label: string, value: string])[] {
  const t = texts(locale, 'city');
  const values = valuesOf(kept);
  return Object.values(groups).flatMap((names) => names.map((name) => [t(`field.${name}`), values[name]] as const));
}
