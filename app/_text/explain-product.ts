import type { Locale } from '@/lib/kernel';
import type { FormIssue, SaveProductRefusal } from '@/lib/products';
import { texts } from '@/lib/texts';

/** What is wrong with a field of a product's form, in one sentence; the rows of variants are counted for people. */
export function productIssueText(locale: Locale, field: string, code: FormIssue['code']): string {
  const t = texts(locale, 'product');
  const row = /^v(\d+)\./.exec(field)?.[1];
  return row === undefined || row === '0' ? t(`issue.${code}`) : t('issue.inRow', { row: Number(row) + 1, what: t(`issue.${code}`) });
}

/** Why a product was not written, in one sentence. */
export function explainProduct(locale: Locale, refusal: SaveProductRefusal): string {
  const t = texts(locale, 'product');
  switch (refusal.kind) {
    case 'variant-twice':
    case 'sku-taken':
    case 'gtin-yours':
    case 'gtin-elsewhere':
      return t(`refused.${refusal.kind}`, { row: refusal.row + 1 });
    default:
      return t(`refused.${refusal.kind}`);
  }
}

/** The field a refusal is about: rows that were left empty are counted out, as they were when the form was read. */
export function productFieldOf(refusal: SaveProductRefusal, values: Readonly<Record<string, string>>): string {
  if (refusal.kind === 'department-not-found') return 'department';
  if (!('row' in refusal)) return 'form';
  const part = { 'variant-twice': 'first', 'sku-taken': 'sku', 'gtin-yours': 'gtin', 'gtin-elsewhere': 'gtin' }[refusal.kind];
  const priced = Object.keys(values).flatMap((name) => (/^v\d+\.price$/.test(name) && values[name] !== '' ? [name.slice(0, name.indexOf('.'))] : [])); // prettier-ignore
  return `${priced[refusal.row] ?? 'v0'}.${part}`;
}
