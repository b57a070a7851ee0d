import type { FieldIssue } from '@/app/_actions/shopper-action';
import type { Locale } from '@/lib/kernel';
import { assertNever } from '@/lib/kernel';
import { texts } from '@/lib/texts';

/** Words for a field of the order's page; the summary and the field say the same. */
export function explainCheckoutField(locale: Locale, { field, code }: FieldIssue): string {
  const t = texts(locale, 'checkout');
  switch (field) {
    case 'email':
      return t(code === 'missing' ? 'fields.email.missing' : 'fields.email.invalid');
    case 'name':
      return t(code === 'long' ? 'fields.name.long' : 'fields.name.missing');
    case 'phone':
      return t('fields.phone.invalid');
    case 'address':
      return t(code === 'unknown' ? 'fields.address.unknown' : 'fields.address.missing');
    case 'rescueWish':
      return t('fields.rescueWish.missing');
    case 'ageConfirmed':
      return t('fields.ageConfirmed.missing');
    default:
      return t('refused.unknown');
  }
}

/** Every way an order is not placed, as the page says it. */
export type CheckoutRefusalWords =
  | { readonly kind: 'basket-not-found' | 'basket-empty' | 'basket-changed' | 'insufficient-stock' | 'promise-gone' }
  | { readonly kind: 'too-many-holds' | 'cannot-extend' | 'shop-not-selling' | 'unknown' }
  | { readonly kind: 'price-changed'; readonly total: string }
  | { readonly kind: 'address-out-of-reach'; readonly shopName: string };

/** The sentence a shopper reads when no order was made. Nothing was charged in any of these cases. */
export function explainCheckout(locale: Locale, refusal: CheckoutRefusalWords): string {
  const t = texts(locale, 'checkout');
  switch (refusal.kind) {
    case 'price-changed':
      return t('refused.price-changed', { total: refusal.total });
    case 'address-out-of-reach':
      return t('fields.address.outside', { shop: refusal.shopName });
    case 'basket-not-found':
    case 'basket-empty':
    case 'basket-changed':
    case 'insufficient-stock':
    case 'promise-gone':
    case 'too-many-holds':
    case 'cannot-extend':
    case 'shop-not-selling':
    case 'unknown':
      return t(`refused.${refusal.kind}`);
    default:
      return assertNever(refusal);
  }
}
