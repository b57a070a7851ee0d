import type { FieldIssue } from '@/app/_actions/shopper-action';
import type { FormState } from '@/components/ui/form-state';
import type { Locale } from '@/lib/kernel';
import type { PayRefusal } from '@/lib/payments';
import { texts } from '@/lib/texts';

/** Words for a field of the card form that was left out. */
export function explainCardField(locale: Locale, { field }: FieldIssue): string {
  const t = texts(locale, 'checkout');
  switch (field) {
    case 'number':
    case 'expiry':
    case 'code':
      return t(`payment.fields.${field}.missing`);
    default:
      return t('payment.declined');
  }
}

/** What the bank or the card form refused, at the field it belongs to; undefined when there is nothing left to pay. */
export function explainPayment(locale: Locale, refusal: PayRefusal): FormState['errors'][number] | undefined {
  const t = texts(locale, 'checkout');
  switch (refusal.kind) {
    case 'card-number-invalid':
      return { field: 'number', message: t('payment.fields.number.invalid') };
    case 'not-a-test-card':
      return { field: 'number', message: t('payment.fields.number.not-a-test-card') };
    case 'card-expiry-unreadable':
      return { field: 'expiry', message: t('payment.fields.expiry.invalid') };
    case 'card-expiry-past':
      return { field: 'expiry', message: t('payment.fields.expiry.past') };
    case 'card-code-invalid':
      return { field: 'code', message: t('payment.fields.code.invalid') };
    case 'payment-declined':
      return { field: 'number', message: refusal.reason === 'declined' ? t('payment.declined') : t(`payment.${refusal.reason}`) };
    case 'paid-by-transfer':
      return { field: 'number', message: t('payment.method.paid-by-transfer') };
    case 'order-not-found':
    case 'order-over':
    case 'no-demo-here':
      return undefined;
  }
}
