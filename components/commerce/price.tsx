import { VisuallyHidden } from '@/components/ui/tag';
import { formatMoney, priceParts, type Locale, type Money } from '@/lib/kernel';
import { texts } from '@/lib/texts/views';

/** A price with raised cents for the eye and in one piece for readers. */
export function Price({ money, locale, className }: { money: Money; locale: Locale; className?: string }) {
  const { before, units, cents, after } = priceParts(money, locale);
  return (
    <span className={className === undefined ? 'price' : `price ${className}`}>
      <span aria-hidden="true">
        {before}
        {units}
        <small>{cents}</small>
        {after}
      </span>
      <VisuallyHidden>{formatMoney(money, locale)}</VisuallyHidden>
    </span>
  );
}

export type UnitPriceView = { readonly money: Money; readonly per: 'kg' | 'l' | 'm' };

/** The price per kilogram, litre or metre, for what is sold by quantity. */
export function UnitPrice({ unitPrice, locale }: { unitPrice: UnitPriceView; locale: Locale }) {
  const t = texts(locale, 'common');
  return (
    <span className="unit-price">{t('price.per', { price: formatMoney(unitPrice.money, locale), unit: t(`unit.${unitPrice.per}`) })}</span>
  );
}

/** `gratuit` or the amount, within a sentence. */
export function costInside(cost: Money, locale: Locale): string {
  return cost.amountMinor === 0 ? texts(locale, 'common')('basketGroup.free') : formatMoney(cost, locale);
}

/** `Gratuit` or the amount. */
export function costText(cost: Money, locale: Locale): string {
  return cost.amountMinor === 0 ? texts(locale, 'common')('price.free') : formatMoney(cost, locale);
}
