import type { CheckoutWords } from '@/components/commerce/checkout-form-live';
import { offeredRescueWishes, type CheckoutView } from '@/lib/checkout/views';
import { formatMoney, moneyOf, type Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts';

/** The strings of the form's client leaf: catalogues stay on the server. */
export function checkoutWords(locale: Locale, page: CheckoutView, takesVouchers: boolean): CheckoutWords {
  const t = texts(locale, 'checkout');
  return {
    title: t('titleError', { title: t('title') }),
    errorTitle: t('errors.title', { count: 2 }),
    refusedTitle: t('errors.titlePlain'),
    optional: t('optional'),
    contact: t('contact.legend'),
    email: t('contact.email'),
    emailHint: t('contact.emailHint'),
    name: t('contact.name'),
    nameHint: t('contact.nameHint'),
    phone: t('contact.phone'),
    phoneHint: t(page.hasCourier ? 'contact.phoneHintCourier' : 'contact.phoneHint'),
    receive: t('receive.legend'),
    address: t('receive.address'),
    addressHint: t('receive.addressHint', { example: '12 rue Lesdiguières, Grenoble' }),
    didYouMean: t('receive.didYouMean'),
    rescue: t('rescue.legend'),
    rescueWishes: page.isOnlySetAside
      ? [{ value: 'refund', label: t('setAside.if'), hint: t('setAside.ifText') }]
      : offeredRescueWishes.map((value) => ({ value, label: t(`rescue.${value}`), hint: t(`rescue.${value}Hint`) })),
    ageLegend: t('age.legend'),
    ageConfirm: t('age.confirm', { age: page.minimumAge ?? 18 }),
    ageHint: t('age.hint'),
    vouchers: page.isOnlySetAside || !takesVouchers ? undefined : voucherWords(locale, page),
  };
}

function voucherWords(locale: Locale, { basket, tenders }: CheckoutView): NonNullable<CheckoutWords['vouchers']> {
  const t = texts(locale, 'wallet');
  return {
    legend: t('legend'),
    intro: t('intro'),
    code: t('code'),
    codeHint: t('codeHint'),
    add: t('add'),
    lines: tenders.vouchers.map((voucher) => ({
      voucherId: voucher.voucherId,
      label: t('label', { name: voucher.name, issuer: voucher.issuerName, end: voucher.codeEnd }),
      pays:
        voucher.paysMinor > 0 ? t('pays', { amount: formatMoney(moneyOf(voucher.paysMinor, basket.currency), locale) }) : t('paysNothing'),
      remove: t('remove'),
    })),
  };
}
