import type { Showing } from '@/components/commerce/showing';
import { SubmitButton } from '@/components/commerce/submit-button';
import { Icon } from '@/components/ui/icon';
import type { PaymentPageView } from '@/lib/payments/views';
import { texts } from '@/lib/texts';
import { payByAction } from './actions';

const icons = { card: 'credit-card', 'bank-transfer': 'landmark' } as const;

/** How to pay, where there is a choice: a button each, the chosen one pressed. */
export function MethodChoice({ page, showing }: { page: PaymentPageView; showing: Showing }) {
  const { locale } = showing;
  const t = texts(locale, 'checkout');
  if (page.methods.length < 2) return null;
  return (
    <form action={payByAction}>
      <input type="hidden" name="locale" value={locale} />
      <input type="hidden" name="token" value={page.orderToken} />
      <div role="group" aria-label={t('payment.method.legend')} className="grid grid-cols-2 gap-2.5">
        {page.methods.map((method) => (
          <SubmitButton
            key={method}
            className="btn btn-secondary min-h-14 aria-pressed:border-plaque aria-pressed:bg-plaque-tint aria-pressed:shadow-[inset_0_0_0_1px_var(--plaque)]"
            name="method"
            value={method}
            isPressed={method === page.method}
          >
            <Icon name={icons[method]} />
            {t(`payment.method.${method}`)}
          </SubmitButton>
        ))}
      </div>
    </form>
  );
}
