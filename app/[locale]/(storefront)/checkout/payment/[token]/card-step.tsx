import { CardFormLive } from '@/components/commerce/card-form-live';
import type { Showing } from '@/components/commerce/showing';
import { SubmitButton } from '@/components/commerce/submit-button';
import { Banner } from '@/components/ui/banner';
import { Icon } from '@/components/ui/icon';
import { formatMoney, moneyOf } from '@/lib/kernel';
import type { PaymentPageView } from '@/lib/payments/views';
import { texts } from '@/lib/texts';
import { payAction } from './actions';

/** The card form of the demo bank, with the numbers that can be tried. */
export function CardStep({ page, showing }: { page: PaymentPageView; showing: Showing }) {
  const { locale } = showing;
  const t = texts(locale, 'checkout');
  return (
    <>
      <CardFormLive
        action={payAction}
        hidden={{ locale, token: page.orderToken }}
        words={{
          errorTitle: t('payment.errorTitle'),
          pageErrorTitle: t('titleError', { title: t('payment.title') }),
          number: t('payment.number'),
          numberHint: t('payment.numberHint'),
          expiry: t('payment.expiry'),
          expiryHint: t('payment.expiryHint'),
          code: t('payment.code'),
          codeHint: t('payment.codeHint'),
        }}
        before={
          page.state === 'declined' && (
            <Banner kind="bad" announce>
              {t('payment.declined')}
            </Banner>
          )
        }
      >
        <SubmitButton className="btn btn-primary btn-pay">
          <Icon name="lock" />
          {t('payment.pay', { amount: formatMoney(moneyOf(page.dueMinor, page.currency), locale) })}
        </SubmitButton>
      </CardFormLive>
      <Banner kind="careful">{t('payment.demo')}</Banner>
      <details className="panel px-[18px]" open>
        <summary className="flex min-h-14 items-center gap-2.5 font-semibold">
          <Icon name="credit-card" />
          {t('payment.testCards')}
        </summary>
        <dl className="grid gap-3 pb-3 text-md" data-testid="test-cards">
          {page.demoCards.map((card) => (
            <div key={card.number} className="flex flex-wrap justify-between gap-x-4 gap-y-0.5">
              <dt className="text-ink-soft">{t(`payment.cards.${card.behaviour}`)}</dt>
              <dd className="figures select-all">{card.number.replaceAll(/(\d{4})(?=\d)/gu, '$1 ')}</dd>
            </div>
          ))}
        </dl>
        <p className="hint pb-5">{t('payment.cardNote')}</p>
      </details>
    </>
  );
}
