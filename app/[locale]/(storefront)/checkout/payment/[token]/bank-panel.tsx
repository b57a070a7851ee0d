import type { Showing } from '@/components/commerce/showing';
import { SubmitButton } from '@/components/commerce/submit-button';
import { Icon } from '@/components/ui/icon';
import { demoTransferKinds, type PaymentPageView } from '@/lib/payments/views';
import { texts } from '@/lib/texts';
import { sendFromBankAction } from './actions';

/** In the demo the shopper's bank is here: it sends as much as it is told, also when nobody waits for it any more. */
export function BankPanel({ page, showing }: { page: PaymentPageView; showing: Showing }) {
  const { locale } = showing;
  const t = texts(locale, 'checkout');
  return (
    <section className="panel grid gap-3.5 p-6 max-md:p-4" aria-labelledby="your-bank">
      <h2 id="your-bank" className="flex items-center gap-2.5 font-semibold">
        <Icon name="hand-coins" />
        {t('payment.transfer.bank.title')}
      </h2>
      <p className="text-md text-ink-soft">{t(page.state === 'expired' ? 'payment.transfer.bank.over' : 'payment.transfer.bank.text')}</p>
      <form action={sendFromBankAction} className="flex flex-wrap gap-2.5">
        <input type="hidden" name="locale" value={locale} />
        <input type="hidden" name="token" value={page.orderToken} />
        {(page.state === 'expired' ? (['exact'] as const) : demoTransferKinds).map((kind) => (
          <SubmitButton key={kind} className="btn btn-secondary" name="kind" value={kind}>
            {t(`payment.transfer.bank.${kind}`)}
          </SubmitButton>
        ))}
      </form>
    </section>
  );
}
