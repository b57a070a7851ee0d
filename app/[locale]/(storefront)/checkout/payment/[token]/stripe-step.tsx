import type { Showing } from '@/components/commerce/showing';
import { StripeCardLive } from '@/components/commerce/stripe-card-live';
import { Banner } from '@/components/ui/banner';
import { formatMoney, moneyOf, pathTo } from '@/lib/kernel';
import type { PaymentPageView } from '@/lib/payments/views';
import { env } from '@/lib/platform/env';
import { texts } from '@/lib/texts';

/** Card entry at Stripe: its own script in its own frame, so no card number ever reaches us. Without script the page says what to do. */
export function StripeStep({ page, showing }: { page: PaymentPageView; showing: Showing }) {
  const { locale } = showing;
  const t = texts(locale, 'checkout');
  return (
    <>
      {page.state === 'declined' && (
        <Banner kind="bad" announce>
          {t('payment.declined')}
        </Banner>
      )}
      <noscript>
        <div className="banner banner-honey">{t('payment.stripe')}</div>
      </noscript>
      {page.publishableKey !== undefined && page.clientSecret !== undefined && (
        <StripeCardLive
          publishableKey={page.publishableKey}
          clientSecret={page.clientSecret}
          returnUrl={`${env().baseUrl}${pathTo(locale, 'payment', { token: page.orderToken }, { wait: '1' })}`}
          locale={locale}
          words={{
            loading: t('payment.loading'),
            failed: t('payment.declined'),
            pay: t('payment.pay', { amount: formatMoney(moneyOf(page.dueMinor, page.currency), locale) }),
          }}
        />
      )}
    </>
  );
}
