import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { localeFrom, showingFor } from '@/app/_data/showing';
import type { Showing } from '@/components/commerce/showing';
import { SlateSummary } from '@/components/commerce/slate-summary';
import { TrackingLive } from '@/components/commerce/tracking-live';
import { ButtonLink } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { formatMoney, formatTime, moneyOf, pathTo } from '@/lib/kernel';
import { getPaymentPage, startPayment, syncPayment } from '@/lib/payments';
import type { PaymentPageView } from '@/lib/payments/views';
import { texts } from '@/lib/texts';
import { BankPanel } from './bank-panel';
import { CardStep } from './card-step';
import { MethodChoice } from './method-choice';
import { ChallengeStep, ExpiredStep } from './other-steps';
import { StripeStep } from './stripe-step';
import { TransferStep } from './transfer-step';

type PaymentPageProps = {
  readonly params: Promise<{ locale: string; token: string }>;
  readonly searchParams: Promise<{ wait?: string | string[] }>;
};

export async function generateMetadata({ params }: PaymentPageProps): Promise<Metadata> {
  const t = texts(localeFrom((await params).locale), 'checkout');
  return { title: t('payment.title'), robots: { index: false }, referrer: 'same-origin' };
}

/** The pay step of an order, also to finish or retry it later. A token of no order is a true 404. */
export default async function PaymentPage({ params, searchParams }: PaymentPageProps) {
  const showing = await showingFor(params);
  const { token } = await params;
  const isWaiting = (await searchParams).wait !== undefined;
  const page = await stepOf(token, isWaiting);
  if (!page) notFound();
  if (page.state === 'authorised') redirect(pathTo(showing.locale, 'track', { token }));
  const t = texts(showing.locale, 'checkout');
  const shops = new Intl.ListFormat(showing.locale, { type: 'conjunction' }).format(page.shops);
  return (
    <main id="main" className="wrap page">
      <h1 className="text-4xl max-md:text-3xl">{t('payment.title')}</h1>
      <p className="mt-1.5 text-ink-soft">
        {t('payment.order', { number: page.number })}. {t('payment.merchants', { shops })}
      </p>
      <div className="with-slate">
        <div className="grid max-w-[560px] gap-7">
          <Step page={page} showing={showing} isWaiting={isWaiting} />
        </div>
        <AmountSlate page={page} showing={showing} />
      </div>
    </main>
  );
}

/** Opens the payment at its provider, once; whoever waits for the bank asks the provider again. */
async function stepOf(token: string, isWaiting: boolean): Promise<PaymentPageView | undefined> {
  if (isWaiting) await syncPayment(token);
  const started = await startPayment(token);
  return started.ok ? started.value : getPaymentPage(token);
}

type StepProps = { readonly page: PaymentPageView; readonly showing: Showing; readonly isWaiting: boolean };

function Step({ page, showing, isWaiting }: StepProps) {
  if (page.state === 'expired') {
    return (
      <>
        <ExpiredStep page={page} showing={showing} />
        {page.provider === 'demo' && page.method === 'bank-transfer' && <BankPanel page={page} showing={showing} />}
      </>
    );
  }
  if (page.state === 'challenge') return <ChallengeStep page={page} showing={showing} />;
  if (isWaiting && page.state === 'open' && page.method === 'card') return <Waiting page={page} showing={showing} />;
  return (
    <>
      <MethodChoice page={page} showing={showing} />
      <MethodStep page={page} showing={showing} />
    </>
  );
}

function MethodStep({ page, showing }: Omit<StepProps, 'isWaiting'>) {
  if (page.method === 'bank-transfer') return <TransferStep page={page} showing={showing} />;
  return page.provider === 'stripe' ? <StripeStep page={page} showing={showing} /> : <CardStep page={page} showing={showing} />;
}

function Waiting({ page, showing }: { page: PaymentPageView; showing: Showing }) {
  const t = texts(showing.locale, 'checkout');
  const words = texts(showing.locale, 'tracking');
  return (
    <section className="panel grid justify-items-start gap-4 p-6">
      <h2 className="text-xl">{t('payment.working.title')}</h2>
      <p>{t('payment.working.text')}</p>
      <ButtonLink kind="secondary" href={pathTo(showing.locale, 'payment', { token: page.orderToken }, { wait: '1' })}>
        <Icon name="refresh-cw" />
        {t('payment.working.refresh')}
      </ButtonLink>
      <TrackingLive
        url={`/api/live?order=${encodeURIComponent(page.orderToken)}`}
        words={{
          live: words('live'),
          polling: words('polling'),
          offline: words('offline', { time: formatTime(showing.now, showing.locale, showing.timeZone) }),
        }}
      />
    </section>
  );
}

/** What vouchers pay already, above what is left to the card. */
function voucherLine(page: PaymentPageView, locale: Showing['locale']) {
  if (page.tenderedMinor === 0) return [];
  return [{ label: texts(locale, 'wallet')('byVouchers'), amount: formatMoney(moneyOf(page.tenderedMinor, page.currency), locale) }];
}

function AmountSlate({ page, showing }: { page: PaymentPageView; showing: Showing }) {
  const { locale, timeZone } = showing;
  const t = texts(locale, 'checkout');
  const isOpen = page.state !== 'expired';
  return (
    <SlateSummary
      title={t('payment.order', { number: page.number })}
      lines={[...page.shops.map((shop) => ({ label: shop, amount: '' })), ...voucherLine(page, locale)]}
      total={{ label: t('payment.amount'), amount: formatMoney(moneyOf(page.dueMinor, page.currency), locale) }}
      notes={
        isOpen
          ? [
              { icon: 'clock', text: t('payment.until', { time: formatTime(page.payBy, locale, timeZone) }) },
              { icon: 'shield-check', text: t('payment.nothingLost') },
            ]
          : []
      }
    />
  );
}
