import QRCode from 'qrcode';
import { CopyLive } from '@/components/commerce/copy-live';
import type { Showing } from '@/components/commerce/showing';
import { TrackingLive } from '@/components/commerce/tracking-live';
import { Banner } from '@/components/ui/banner';
import { ButtonLink } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { formatMoney, formatTime, moneyOf, pathTo } from '@/lib/kernel';
import type { BankTransferView, PaymentPageView } from '@/lib/payments/views';
import { texts } from '@/lib/texts';
import { BankPanel } from './bank-panel';

type StepProps = { readonly page: PaymentPageView; readonly showing: Showing };

/** Where to send the money, as a code for the banking app and as lines to copy; the page goes on by itself when it has come. */
export async function TransferStep({ page, showing }: StepProps) {
  const { locale } = showing;
  const t = texts(locale, 'checkout');
  const { transfer } = page;
  if (!transfer) return <Banner kind="careful">{t('payment.transfer.later')}</Banner>;
  const money = (amount: BankTransferView['arrivedMinor']) => formatMoney(moneyOf(amount, page.currency), locale);
  const amount = money(transfer.missingMinor);
  return (
    <>
      {transfer.arrivedMinor > 0 && (
        <Banner kind="careful" announce>
          {t('payment.transfer.arrived', { arrived: money(transfer.arrivedMinor), missing: amount })}
        </Banner>
      )}
      <section className="panel grid gap-5 p-6 max-md:p-4" aria-labelledby="transfer">
        <div>
          <h2 id="transfer" className="flex items-center gap-2.5 text-xl">
            <Icon name="landmark" className="text-plaque" />
            {t('payment.transfer.title')}
          </h2>
          <p className="mt-1.5">{t('payment.transfer.lead')}</p>
        </div>
        <div className="grid items-start gap-5 md:grid-cols-[auto_1fr]">
          {transfer.code !== undefined && (
            <Code text={transfer.code} label={t('payment.transfer.code', { amount })} hint={t('payment.transfer.scan')} />
          )}
          <Lines transfer={transfer} amount={amount} showing={showing} />
        </div>
        <p className="hint">{t('payment.transfer.back')}</p>
        <Follow page={page} showing={showing} />
      </section>
      {page.provider === 'demo' && <BankPanel page={page} showing={showing} />}
    </>
  );
}

/** The European payment code, dark on white in both themes: a camera reads it. */
async function Code({ text, label, hint }: { text: string; label: string; hint: string }) {
  const svg = await QRCode.toString(text, { type: 'svg', errorCorrectionLevel: 'M', margin: 0 });
  return (
    <figure className="grid max-w-[180px] justify-items-center gap-2 max-md:mx-auto">
      <div
        className="w-full rounded-xl border border-line bg-white p-3.5 [&_svg]:block [&_svg]:h-auto [&_svg]:w-full"
        role="img"
        aria-label={label}
        dangerouslySetInnerHTML={{ __html: svg }}
      />
      <figcaption className="hint text-center">{hint}</figcaption>
    </figure>
  );
}

function Lines({ transfer, amount, showing }: { transfer: BankTransferView; amount: string; showing: Showing }) {
  const t = texts(showing.locale, 'checkout');
  const lines = [
    ['amount', amount, 'figures text-xl font-bold'],
    ['beneficiary', transfer.beneficiary, ''],
    ['iban', transfer.iban.replaceAll(/(.{4})(?=.)/gu, '$1 '), 'figures whitespace-normal'],
    ['bic', transfer.bic, 'figures'],
    ['reference', transfer.reference, 'figures'],
  ] as const;
  return (
    <dl className="grid gap-3" data-testid="transfer-lines">
      {lines.map(([name, value, look]) => (
        <div key={name} className="grid gap-0.5">
          <dt className="text-md text-ink-soft">{t(`payment.transfer.${name}`)}</dt>
          <dd className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
            <span className={`select-all ${look}`}>{value}</span>
            {name === 'iban' && <CopyLive text={transfer.iban} label={t('payment.transfer.copy')} copied={t('payment.transfer.copied')} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** A button for whoever has sent it; where the page hears of it by itself, it says so. */
function Follow({ page, showing }: StepProps) {
  const { locale, now, timeZone } = showing;
  const t = texts(locale, 'checkout');
  const words = texts(locale, 'tracking');
  return (
    <div className="flex flex-wrap items-center gap-3">
      <ButtonLink kind="primary" href={pathTo(locale, 'payment', { token: page.orderToken }, { wait: '1' })}>
        <Icon name="refresh-cw" />
        {t('payment.transfer.check')}
      </ButtonLink>
      <TrackingLive
        url={`/api/live?order=${encodeURIComponent(page.orderToken)}`}
        words={{ live: words('live'), polling: words('polling'), offline: words('offline', { time: formatTime(now, locale, timeZone) }) }}
      />
    </div>
  );
}
