import type { Locale, Minor, SalesUnit } from '@/lib/kernel';
import { assertNever, formatDecimal, formatMoney, formatNumber, moneyOf } from '@/lib/kernel';
import { texts } from '@/lib/texts';

/** A quantity as a shopper says it: `2`, `250 g`, `1,5 kg`, `3 m`. */
export function quantityText(locale: Locale, count: number, unit: SalesUnit): string {
  const t = texts(locale, 'basket');
  switch (unit) {
    case 'each':
      return formatNumber(count, locale);
    case 'gram':
      return count < 1000 ? t('line.grams', { count }) : t('line.kilograms', { count: formatDecimal(count / 1000, locale) });
    case 'millimetre':
      return count < 1000 ? t('line.millimetres', { count }) : t('line.metres', { count: formatDecimal(count / 1000, locale) });
    default:
      return assertNever(unit);
  }
}

/** Price of one for what is weighed or cut: `18,90 € le kg`; nothing for pieces, whose line says it all. */
export function unitPriceText(locale: Locale, unitPriceMinor: Minor, unit: SalesUnit): string | undefined {
  const t = texts(locale, 'basket');
  const price = formatMoney(moneyOf(unitPriceMinor), locale);
  switch (unit) {
    case 'each':
      return undefined;
    case 'gram':
      return t('line.perKilogram', { price });
    case 'millimetre':
      return t('line.perMetre', { price });
    default:
      return assertNever(unit);
  }
}
