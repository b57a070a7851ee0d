import type { FieldIssue } from '@/app/_actions/shopper-action';
import type { EnterRefusal, ExtendRefusal, PlaceOrderRefusal } from '@/lib/checkout';
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
export type CheckoutRefusalWords = { readonly kind: 'unknown' | 'price-changed' } | EnterRefusal | ExtendRefusal | PlaceOrderRefusal;

/** The sentence a shopper reads when no order was made. Nothing was charged in any of these cases. */
export function explainCheckout(locale: Locale, refusal: CheckoutRefusalWords): string {
  const t = texts(locale, 'checkout');
  switch (refusal.kind) {
    case 'address-out-of-reach':
      return t('fields.address.outside', { shop: refusal.shopName });
    case 'address-missing':
      return t('fields.address.missing');
    case 'age-not-confirmed':
      return t('fields.ageConfirmed.missing');
    case 'insufficient-stock':
      return t('refused.insufficient-stock', {
        titles: listed(
          locale,
          refusal.shortfalls.map((shortfall) => shortfall.title),
        ),
      });
    case 'too-many-set-asides':
      return t('refused.too-many-set-asides', { most: refusal.most });
    case 'voucher-pays-nothing':
    case 'voucher-not-yours':
      return texts(locale, 'wallet')(`refused.${refusal.kind}`, { end: refusal.codeEnd });
    case 'vouchers-changed':
      return texts(locale, 'wallet')('refused.vouchers-changed');
    case 'price-changed':
    case 'promise-gone':
    case 'basket-not-found':
    case 'basket-empty':
    case 'too-many-holds':
    case 'cannot-extend':
    case 'shop-not-selling':
    case 'not-set-aside':
    case 'not-fetched-before':
    case 'shop-sets-no-more-aside':
    case 'unknown':
      return t(`refused.${refusal.kind}`);
    default:
      return assertNever(refusal);
  }
}

function listed(locale: Locale, titles: readonly string[]): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format([...new Set(titles)].slice(0, 3));
}
