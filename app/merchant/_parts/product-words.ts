import type { Choice, LeafChoice, ProductFormWords } from '@/components/commerce/product-form';
import type { LeafView } from '@/lib/catalogue';
import { energyKinds, legalFields, NO_LABEL, scaleOfKind } from '@/lib/catalogue';
import type { Instant, Locale } from '@/lib/kernel';
import { formatBps } from '@/lib/kernel';
import { texts } from '@/lib/texts';

/** Rates a shop may state against its department's: those of generalVatOf. */
const statedRates = [2_000, 1_000, 550, 210] as const;

const long = new Set(['ingredients', 'warnings', 'hazards', 'plantHazard', 'feedConstituents', 'feedUse']);

/** What an energy label may be for, each with the scale it has now: whoever holds the label sees the same. */
export function energyKindChoices(locale: Locale, now: Instant): readonly Choice[] {
  const t = texts(locale, 'shelf');
  const kinds = energyKinds.map((kind) => {
    const scale = scaleOfKind(kind, now);
    const name = t(`energyKind.${kind}`);
    return { value: kind, label: scale ? t('energyKind.onScale', { name, best: scale.best, worst: scale.worst }) : name };
  });
  return [...kinds, { value: NO_LABEL, label: t('energyKind.none') }];
}

/** Every word of the form of a product, for a component that knows no language. */
export function productFormWords(locale: Locale, isNew: boolean, now: Instant): ProductFormWords {
  const t = texts(locale, 'product');
  const law = texts(locale, 'shelf');
  const rates = statedRates.map((bps) => ({ value: String(bps), label: formatBps(bps, locale) }));
  return {
    errorTitle: t('errorTitle'),
    pageErrorTitle: t(isNew ? 'new.errorTitle' : 'edit.errorTitle'),
    optional: t('optional'),
    submit: t(isNew ? 'new.submit' : 'edit.submit'),
    sections: { what: t('section.what'), law: t('section.law'), sale: t('section.sale'), lawNothing: t('section.lawNothing'), lawText: t('section.lawText') }, // prettier-ignore
    title: t('field.title'),
    brand: t('field.brand'),
    description: t('field.description'),
    department: t('field.department'),
    departmentChoose: t('department.choose'),
    suggest: t('department.suggest'),
    labels: { name: t('field.labels'), hint: t('field.labelsHint') },
    unit: { name: t('field.unit'), choices: (['each', 'gram', 'millimetre'] as const).map((value) => ({ value, label: t(`unit.${value}`) })) }, // prettier-ignore
    vat: { name: t('field.vat'), usual: t('field.vatUsual'), choices: rates },
    condition: { name: t('field.condition'), choices: (['new', 'used', 'refurbished'] as const).map((value) => ({ value, label: t(`condition.${value}`) })) }, // prettier-ignore
    shelf: { name: t('field.shelf'), hint: t('field.shelfHint') },
    variant: { one: t('variant.one'), many: t('variant.many'), text: t('variant.text'), add: t('variant.add') },
    gtin: t('field.gtin'),
    sku: { name: t('field.sku'), hint: t('field.skuHint') },
    price: { each: t('price.each'), gram: t('price.gram'), millimetre: t('price.millimetre') },
    content: { name: law('legal.netContent.name'), hint: law('legal.netContent.hint') },
    stock: { each: t('stock.each'), gram: t('stock.gram'), millimetre: t('stock.millimetre') },
    active: t('field.active'),
    maker: { title: law('legal.manufacturer.name'), name: law('missing.maker.name'), address: law('missing.maker.address'), email: law('missing.maker.email') }, // prettier-ignore
    responsible: { title: t('responsible.title'), text: t('responsible.text'), name: t('responsible.name'), address: t('responsible.address'), email: t('responsible.email') }, // prettier-ignore
    legal: legalFields
      .filter((field) => field !== 'manufacturer' && field !== 'netContent')
      .map((field) => ({ field, name: law(`legal.${field}.name`), hint: law(`legal.${field}.hint`), isLong: long.has(field), ...(field === 'energyKind' && { choices: energyKindChoices(locale, now) }) })), // prettier-ignore
    choose: law('energyKind.choose'),
  };
}

/** Departments as the form offers them, grouped, each with what it asks and its rate. */
export function leafChoices(leaves: readonly LeafView[], locale: Locale): readonly LeafChoice[] {
  return leaves.map(({ id, name, group, asked, energyKinds: kinds, vatRateBps }) => ({
    id,
    name,
    group,
    asked,
    energyKinds: kinds,
    rate: vatRateBps === undefined ? '' : formatBps(vatRateBps, locale),
  }));
}
