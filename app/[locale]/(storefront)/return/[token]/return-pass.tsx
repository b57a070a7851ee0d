import QRCode from 'qrcode';
import { PickupPass } from '@/components/commerce/pickup-pass';
import type { Showing } from '@/components/commerce/showing';
import { SubmitButton } from '@/components/commerce/submit-button';
import { TextField } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { quantityText } from '@/app/_text/quantity-text';
import { formatCalendarDay, formatDate, formatDay, formatMoney, formatTime, moneyOf, pathTo, type Instant, type Minor } from '@/lib/kernel';
import type { ReturnPassView } from '@/lib/returns/views';
import type { LineBackView } from '@/lib/settlement/views';
import { texts } from '@/lib/texts';
import { MoneyBack } from './money-back';
import { dropReturnAction, noteSentBackAction } from './actions';

type PassProps = { readonly pass: ReturnPassView; readonly showing: Showing };
type WholePassProps = PassProps & { readonly back: readonly LineBackView[] };

/** What is shown over the counter with the goods, and afterwards what became of them. This link opens one return and nothing else. */
export async function ReturnPass({ pass, back, showing }: WholePassProps) {
  const { locale } = showing;
  const t = texts(locale, 'returns');
  const isOpen = pass.state === 'accepted' || pass.state === 'stated' || pass.state === 'sent-back';
  const qrSvg = await QRCode.toString(pass.returnToken, { type: 'svg', errorCorrectionLevel: 'M', margin: 0 });
  return (
    <main id="main" className="wrap page">
      <h1 className="mx-auto mb-5 max-w-[420px] text-2xl">{t('pass.title', { number: pass.number })}</h1>
      <PickupPass
        locale={locale}
        awning={pass.awning}
        shopName={pass.way === 'parcel' ? t('pass.byParcel') : (pass.place?.name ?? pass.originName)}
        where={pass.place === undefined ? pass.originAddress : `${pass.place.street}, ${pass.place.town}`}
        qrSvg={qrSvg}
        code={pass.code}
        codeWords={{ name: t('pass.code'), hint: t(pass.way === 'parcel' ? 'pass.inside' : 'pass.show') }}
        status={statusText(pass, showing)}
        isUsable={isOpen}
      >
        {isOpen && pass.way === 'shop' && <p className="hint">{t(pass.remedy === 'refund' ? 'pass.anywhere' : 'pass.onlyOrigin')}</p>}
        {pass.refundDueOn !== undefined && (
          <p className="font-semibold">{t('pass.due', { day: formatCalendarDay(pass.refundDueOn, locale) })}</p>
        )}
        <Items pass={pass} showing={showing} />
        {pass.state === 'settled' && (
          <MoneyBack back={back.filter(({ lineId }) => isOf(pass, lineId))} currency={pass.currency} locale={locale} />
        )}
        {isOpen && <PassActions pass={pass} showing={showing} />}
        <Story pass={pass} showing={showing} />
        <a className="btn btn-secondary no-print w-full" href={pathTo(locale, 'track', { token: pass.orderToken })}>
          {t('pass.order')}
        </a>
      </PickupPass>
    </main>
  );
}

/** The lines of this return; the delivery is told on the order's page, to which it belongs. */
const isOf = ({ lines }: ReturnPassView, lineId: LineBackView['lineId']): boolean => lines.some((line) => line.lineId === lineId);

function statusText(pass: ReturnPassView, { locale }: Showing): string {
  const t = texts(locale, 'returns');
  const day = (at: Instant) => formatDate(at, locale, pass.timeZone);
  const shop = pass.receivedShop ?? pass.originName;
  switch (pass.state) {
    case 'stated':
    case 'accepted':
      return pass.way === 'parcel'
        ? t('pass.status.parcel', { day: day(pass.bringBy), address: pass.originAddress })
        : t('pass.status.accepted', { day: day(pass.bringBy) });
    case 'sent-back':
      return t('pass.status.sent-back', { day: day(pass.sentBackAt ?? pass.statedAt) });
    case 'received':
      return pass.remedyDueAt === undefined
        ? t('pass.status.received', { shop })
        : t('pass.status.toMend', { shop, day: day(pass.remedyDueAt) });
    case 'settled':
      if (pass.remedy === 'repair') return t('pass.status.mended');
      if (pass.remedy !== 'refund') return t('pass.status.swapped');
      return t('pass.status.refunded', { amount: moneyText(pass, pass.refundedMinor, locale) });
    case 'refused':
      return t('pass.status.refused', { reason: pass.refusedReason ?? '', shop });
    case 'dropped':
      return t('pass.status.dropped');
  }
}

function moneyText({ currency }: ReturnPassView, amount: Minor, locale: Showing['locale']): string {
  return formatMoney(moneyOf(amount, currency), locale);
}

function Items({ pass, showing: { locale } }: PassProps) {
  const t = texts(locale, 'returns');
  return (
    <section className="w-full text-left" aria-labelledby="return-items">
      <h3 id="return-items" className="mb-2 text-lg">
        {t('pass.items')}
      </h3>
      <ul className="grid gap-1.5 text-md">
        {pass.lines.map((line) => (
          <li key={line.lineId} className="flex justify-between gap-4">
            <span>
              {[line.title, line.keyAttribute].filter((part) => part !== undefined).join(', ')}
              {line.instead !== undefined && pass.remedy === 'exchange' && (
                <span className="block text-ink-soft">{t('pass.instead', { title: line.instead })}</span>
              )}
              {line.deductionMinor > 0 && (
                <span className="block text-ink-soft">{t('pass.deduction', { amount: moneyText(pass, line.deductionMinor, locale) })}</span>
              )}
            </span>
            <span className="figures">{quantityText(locale, line.brought ?? line.quantity, line.salesUnit)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A parcel's number while it may still be sent, and the way out while nothing was brought. */
function PassActions({ pass, showing: { locale } }: PassProps) {
  const t = texts(locale, 'returns');
  const hidden = (
    <>
      <input type="hidden" name="locale" value={locale} />
      <input type="hidden" name="token" value={pass.returnToken} />
    </>
  );
  return (
    <div className="no-print grid w-full gap-4 text-left">
      {pass.way === 'parcel' && pass.state !== 'sent-back' && (
        <form action={noteSentBackAction} className="grid gap-3" aria-label={t('pass.sentTitle')}>
          {hidden}
          <TextField
            id="tracking"
            name="tracking"
            label={t('pass.tracking')}
            hint={t('pass.trackingHint')}
            autoComplete="off"
            required
            maxLength={60}
          />
          <SubmitButton className="btn btn-primary">{t('pass.sentAction')}</SubmitButton>
        </form>
      )}
      {pass.state !== 'sent-back' && (
        <details className="text-md">
          <summary className="inline-flex min-h-11 items-center text-plaque underline underline-offset-[.18em]">{t('pass.drop')}</summary>
          <form action={dropReturnAction} className="grid justify-items-start gap-3 pt-1">
            {hidden}
            <p className="hint">{t('pass.dropHint')}</p>
            <SubmitButton className="btn btn-danger">{t('pass.dropConfirm')}</SubmitButton>
          </form>
        </details>
      )}
    </div>
  );
}

const told = ['state', 'send', 'receive', 'question', 'await-remedy', 'settle', 'refuse', 'drop', 'sent-home', 'back-home'] as const;

function Story({ pass, showing: { locale, now, timeZone } }: PassProps) {
  const t = texts(locale, 'returns');
  const events = pass.events.flatMap((event) => {
    const name = told.find((one) => one === event.event);
    return name ? [{ name, at: event.at, shop: event.shop ?? pass.originName }] : [];
  });
  return (
    <section className="w-full text-left" aria-labelledby="return-story">
      <h3 id="return-story" className="mb-2 text-lg">
        {t('pass.story')}
      </h3>
      <ol className="grid gap-1.5 text-md">
        {events.map(({ name, at, shop }) => (
          <li key={`${name}-${at}`} className="flex justify-between gap-4">
            <span className="inline-flex items-center gap-2">
              <Icon name="check" className="text-baltard" />
              {t(`event.${name}`, { shop })}
            </span>
            <span className="figures text-ink-soft">
              {formatDay(at, now, locale, timeZone)} {formatTime(at, locale, timeZone)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
