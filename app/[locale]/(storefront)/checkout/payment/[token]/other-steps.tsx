import type { Showing } from '@/components/commerce/showing';
import { SubmitButton } from '@/components/commerce/submit-button';
import { Icon } from '@/components/ui/icon';
import { formatMoney, moneyOf } from '@/lib/kernel';
import type { PaymentPageView } from '@/lib/payments/views';
import { texts } from '@/lib/texts';
import { answerChallengeAction, reopenBasketAction } from './actions';

type StepProps = { readonly page: PaymentPageView; readonly showing: Showing };

/** The demo bank asks whether it is really you (3-D Secure). */
export function ChallengeStep({ page, showing }: StepProps) {
  const { locale } = showing;
  const t = texts(locale, 'checkout');
  const amount = formatMoney(moneyOf(page.dueMinor, page.currency), locale);
  const payee = page.shops.length === 1 ? (page.shops[0] ?? page.number) : page.number;
  return (
    <section className="panel grid gap-5 p-6" aria-labelledby="challenge">
      <h2 id="challenge" className="flex items-center gap-2.5 text-xl">
        <Icon name="landmark" className="text-plaque" />
        {t('payment.challenge.title')}
      </h2>
      <p>{t('payment.challenge.text', { amount, payee })}</p>
      <form action={answerChallengeAction} className="grid gap-3 md:grid-cols-2">
        <input type="hidden" name="locale" value={locale} />
        <input type="hidden" name="token" value={page.orderToken} />
        <SubmitButton className="btn btn-primary btn-pay" name="answer" value="approve">
          {t('payment.challenge.approve')}
        </SubmitButton>
        <SubmitButton className="btn btn-secondary btn-pay" name="answer" value="refuse">
          {t('payment.challenge.refuse')}
        </SubmitButton>
      </form>
    </section>
  );
}

/** Nobody paid in time: what is safe, and the way back. */
export function ExpiredStep({ page, showing }: StepProps) {
  const { locale } = showing;
  const t = texts(locale, 'checkout');
  return (
    <section className="empty" aria-labelledby="expired">
      <h2 id="expired" className="text-xl">
        {t('payment.expired.title')}
      </h2>
      <p>{t(page.method === 'bank-transfer' ? 'payment.expired.transfer' : 'payment.expired.text')}</p>
      <form action={reopenBasketAction}>
        <input type="hidden" name="locale" value={locale} />
        <input type="hidden" name="token" value={page.orderToken} />
        <SubmitButton className="btn btn-primary">
          <Icon name="shopping-basket" />
          {t('payment.expired.action')}
        </SubmitButton>
      </form>
    </section>
  );
}
