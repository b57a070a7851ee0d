import type { BasketRefusal, ChooseRefusal } from '@/lib/basket';
import type { Locale } from '@/lib/kernel';
import { assertNever } from '@/lib/kernel';
import { texts } from '@/lib/texts';

/** Every way a change of the basket is refused: the door's own, and those of `lib/basket`. */
export type BasketRefusalWords = { readonly kind: 'invalid' | 'unknown' } | BasketRefusal | ChooseRefusal;

/** The sentence a shopper reads when the basket stays as it was. */
export function explainBasket(locale: Locale, refusal: BasketRefusalWords): string {
  const t = texts(locale, 'basket');
  switch (refusal.kind) {
    case 'invalid':
    case 'unknown':
    case 'basket-not-found':
    case 'line-not-found':
    case 'offer-not-found':
    case 'method-not-offered':
    case 'nothing-to-undo':
      return t(`refused.${refusal.kind}`);
    case 'invalid-quantity':
    case 'basket-full':
      return t(`refused.${refusal.kind}`, { maximum: refusal.maximum });
    default:
      return assertNever(refusal);
  }
}
