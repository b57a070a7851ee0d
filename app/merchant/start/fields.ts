import type { FormField } from '@/components/commerce/fields-form-live';
import type { Locale } from '@/lib/kernel';
import { typedPrice } from '@/lib/kernel';
import type { BeginningStep, BeginningView } from '@/lib/onboarding';
import { daysOfHours, OBJECTION_DAYS, weekDays } from '@/lib/onboarding';
import { listTrades, texts } from '@/lib/texts';

/** Forms the register knows, as people call them. */
const legalForms = ['Entrepreneur individuel', 'EURL', 'SARL', 'SAS', 'SASU', 'SCOP SARL', 'SCIC', 'SA', 'SNC', 'Association loi 1901'];

/** Cents as they are typed: `4,90`; nothing for nothing. */
const typed = (minor: number | undefined, locale: Locale): string => (minor === undefined ? '' : typedPrice(minor, locale));
const yes = (is: boolean): string => (is ? 'yes' : '');

export function signFields(locale: Locale, sign?: BeginningView['sign'], keeper = ''): readonly FormField[] {
  const t = texts(locale, 'onboarding');
  const trades = listTrades(locale).map(({ trade, name }) => ({ value: trade, label: name }));
  return [
    { kind: 'text', name: 'name', label: t('fields.name'), value: sign?.name, autoComplete: 'organization' },
    {
      kind: 'choice',
      name: 'trade',
      label: t('fields.trade'),
      value: sign?.trade,
      choices: [{ value: '', label: t('fields.tradeChoose') }, ...trades],
    },
    {
      kind: 'text',
      name: 'address',
      label: t('fields.address'),
      hint: t('fields.addressHint'),
      value: sign?.address,
      autoComplete: 'street-address',
    },
    { kind: 'text', name: 'phone', label: t('fields.phone'), value: sign?.phone, inputMode: 'tel', autoComplete: 'tel', isHalf: true },
    { kind: 'text', name: 'keeper', label: t('fields.keeper'), value: sign?.keeper ?? keeper, autoComplete: 'name', isHalf: true },
  ];
}

type StatedCompany = Omit<BeginningView['company'], 'hasDeclared'>;

/** The legal person; `hasDeclared` ticks the two declarations, which are made anew with every change. */
export function companyFields(
  locale: Locale,
  { company, address, hasDeclared }: { readonly company: StatedCompany; readonly address: string; readonly hasDeclared: boolean },
): readonly FormField[] {
  const t = texts(locale, 'onboarding');
  const forms = [...new Set([...legalForms, company.legalForm])].filter((form) => form !== '');
  const regimes = (['normal', 'exempt', 'margin'] as const).map((value) => ({ value, label: t(`regimes.${value}`) }));
  return [
    { kind: 'text', name: 'siren', label: t('fields.siren'), hint: t('fields.sirenHint'), value: company.siren, inputMode: 'numeric' },
    { kind: 'text', name: 'legalName', label: t('fields.legalName'), hint: t('fields.legalNameHint'), value: company.legalName },
    { kind: 'choice', name: 'legalForm', label: t('fields.legalForm'), value: company.legalForm, isHalf: true, choices: [{ value: '', label: t('forms.choose') }, ...forms.map((value) => ({ value, label: value }))] }, // prettier-ignore
    { kind: 'text', name: 'capital', label: t('fields.capital'), value: company.capital, isOptional: true, isHalf: true },
    { kind: 'text', name: 'register', label: t('fields.register'), hint: t('fields.registerHint'), value: company.register },
    {
      kind: 'text',
      name: 'legalAddress',
      label: t('fields.legalAddress'),
      value: company.address || address,
      autoComplete: 'street-address',
    },
    { kind: 'text', name: 'email', label: t('fields.email'), value: company.email, inputMode: 'email', autoComplete: 'email' },
    {
      kind: 'choice',
      name: 'regime',
      label: t('fields.regime'),
      value: company.regime,
      choices: [{ value: '', label: t('regimes.choose') }, ...regimes],
    },
    {
      kind: 'text',
      name: 'vatNumber',
      label: t('fields.vatNumber'),
      hint: t('fields.vatNumberHint'),
      value: company.vatNumber,
      isOptional: true,
    },
    { kind: 'title', name: 'declarations', label: t('fields.declarations') },
    { kind: 'check', name: 'professional', label: t('fields.professional'), value: yes(hasDeclared) },
    { kind: 'check', name: 'conforming', label: t('fields.conforming'), value: yes(hasDeclared) },
  ];
}

type StatedWeek = { readonly lines: Readonly<Record<string, string>>; readonly holidaysOff: boolean };

/** A line a day. */
export function hoursFields(locale: Locale, { lines, holidaysOff }: StatedWeek): readonly FormField[] {
  const t = texts(locale, 'onboarding');
  return [
    { kind: 'title', name: 'how', label: t('steps.hours.text'), hint: t('hoursHint') },
    ...weekDays.map((day): FormField => ({ kind: 'text', name: day, label: t(`days.${day}`), value: lines[day] ?? '' })),
    { kind: 'check', name: 'holidaysOff', label: t('fields.holidaysOff'), value: yes(holidaysOff) },
  ];
}

function receivingFields(locale: Locale, { receiving }: BeginningView): readonly FormField[] {
  const t = texts(locale, 'onboarding');
  const { courierMinor, courierMetres, parcelMinor, preparationMinutes } = receiving;
  const radius = courierMetres === undefined ? '' : String(courierMetres / 1_000).replace('.', locale === 'fr' ? ',' : '.');
  return [
    { kind: 'check', name: 'pickup', label: t('fields.pickup'), value: yes(receiving.pickup) },
    { kind: 'check', name: 'setAside', label: t('fields.setAside'), value: yes(receiving.setAside) },
    { kind: 'check', name: 'courier', label: t('fields.courier'), value: yes(courierMinor !== undefined) },
    { kind: 'text', name: 'courierPrice', label: t('fields.courierPrice'), hint: t('fields.euros'), value: typed(courierMinor, locale), inputMode: 'decimal', isOptional: true, isHalf: true }, // prettier-ignore
    { kind: 'text', name: 'courierRadius', label: t('fields.courierRadius'), hint: '0,2 – 30', value: radius, inputMode: 'decimal', isOptional: true, isHalf: true }, // prettier-ignore
    { kind: 'check', name: 'parcel', label: t('fields.parcel'), value: yes(parcelMinor !== undefined) },
    { kind: 'text', name: 'parcelPrice', label: t('fields.parcelPrice'), hint: t('fields.euros'), value: typed(parcelMinor, locale), inputMode: 'decimal', isOptional: true }, // prettier-ignore
    { kind: 'text', name: 'preparation', label: t('fields.preparation'), value: String(preparationMinutes), inputMode: 'numeric' },
  ];
}

type StatedMoney = Pick<BeginningView['money'], 'mediatorName' | 'mediatorUrl' | 'hasMandate'>;

/** Who mediates, and the mandate to invoice. */
export function moneyFields(locale: Locale, money: StatedMoney): readonly FormField[] {
  const t = texts(locale, 'onboarding');
  return [
    { kind: 'text', name: 'mediatorName', label: t('fields.mediatorName'), hint: t('fields.mediatorHint'), value: money.mediatorName },
    { kind: 'text', name: 'mediatorUrl', label: t('fields.mediatorUrl'), value: money.mediatorUrl, inputMode: 'url' },
    { kind: 'check', name: 'mandate', label: t('fields.mandate', { days: OBJECTION_DAYS }), value: yes(money.hasMandate) },
  ];
}

/** What a step asks, with what was answered before. The step of the products has no fields of its own. */
export function stepFields(step: Exclude<BeginningStep, 'products'>, locale: Locale, beginning: BeginningView): readonly FormField[] {
  switch (step) {
    case 'shop':
      return signFields(locale, beginning.sign);
    case 'company':
      return companyFields(locale, {
        company: beginning.company,
        address: beginning.sign.address,
        hasDeclared: beginning.company.hasDeclared,
      });
    case 'hours':
      return hoursFields(locale, {
        lines: daysOfHours(beginning.openingHours),
        holidaysOff: beginning.openingHours === '' || beginning.openingHours.endsWith('PH off'),
      });
    case 'receiving':
      return receivingFields(locale, beginning);
    case 'money':
      return moneyFields(locale, beginning.money);
  }
}
