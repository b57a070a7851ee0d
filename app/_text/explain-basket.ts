import type { Locale } from '@/lib/kernel';
import { assertNever } from '@/lib/kernel';
import { texts } from '@/lib/texts';

/** Every way a change of the basket is refused: the door's own, and those of `lib/basket`. */
export type BasketRefusalWords =
  | { readonly kind: 'invalid' | 'unknown' | 'basket-not-found' | 'line-not-found' | 'offer-not-found' | 'shop-not-selling' }
  | { readonly kind: 'plan-not-offered' | 'method-not-offered' | 'nothing-to-undo' }
  | { readonly kind: 'invalid-quantity' | 'basket-full'; readonly maximum: number }
  | { readonly kind: 'insufficient-stock'; readonly available: number };

/** The sentence a shopper reads when the basket stays as it was. */
export function explainBasket(locale: Locale, refusal: BasketRefusalWords): string {
  const t = texts(locale, 'basket');
  switch (refusal.kind) {
    case 'invalid':
    case 'unknown':
    case 'basket-not-found':
    case 'line-not-found':
    case 'offer-not-found':
    case 'shop-not-selling':
    case 'plan-not-offered':
    case 'method-not-offered':
    case 'nothing-to-undo':
      return t(`refused.${refusal.kind}`);
    case 'invalid-quantity':
    case 'basket-full':
      return t(`refused.${refusal.kind}`, { maximum: refusal.maximum });
    case 'insufficient-stock':
      return t('refused.insufficient-stock', { available: refusal.available });
    default:
      return assertNever(refusal);
  }
}
