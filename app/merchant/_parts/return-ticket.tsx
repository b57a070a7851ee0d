import { SubmitButton } from '@/components/commerce/submit-button';
import { Icon } from '@/components/ui/icon';
import { formatCalendarDay, formatDate, formatMoney, moneyOf } from '@/lib/kernel';
import type { CounterReturnView, ShopReturnsView } from '@/lib/returns/views';
import { texts } from '@/lib/texts';
import { decideReturnAction, moveReturnHomeAction } from '../[shop]/counter/returns/actions';
import type { DeskShowing } from './desk-words';
import { quantityText } from './pick-line';

type TicketProps = { readonly view: CounterReturnView; readonly showing: DeskShowing; readonly section?: keyof ShopReturnsView };

/** One return in the shop's list: whose, what, until when, and the one thing to do about it. */
export function ReturnTicket({ view, showing, section }: TicketProps) {
  const { locale } = showing;
  const t = texts(locale, 'returns');
  const things = view.lines.map((line) => `${quantityText(locale, line.brought ?? line.quantity, line.salesUnit)} ${line.title}`);
  return (
    <article className="panel grid gap-3 p-4" aria-label={`${view.number}, ${view.shopperName}`}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <p>
          <b className="text-lg">{view.shopperName}</b>{' '}
          <span className="text-ink-soft">{t('desk.head', { number: view.number, shop: view.originName })}</span>
        </p>
        <p className="text-md font-semibold">{whenText(view, showing)}</p>
      </div>
      <p>{things.join(', ')}</p>
      {view.receivedShop !== undefined && view.receivedShop !== view.originName && (
        <p className="text-md text-ink-soft">{t('desk.takenBy', { shop: view.receivedShop })}</p>
      )}
      {view.endedAt !== undefined && view.receivedAt !== undefined && <Destinations view={view} showing={showing} />}
      {view.question !== undefined && <p className="banner banner-honey">{t('desk.questionSays', { question: view.question })}</p>}
      {section === 'toDecide' && <Decide view={view} showing={showing} />}
      {section === 'toSendHome' && <MoveHome view={view} showing={showing} step="sent" />}
      {section === 'comingHome' && <MoveHome view={view} showing={showing} step="arrived" />}
    </article>
  );
}

function whenText(view: CounterReturnView, { locale, timeZone }: DeskShowing): string {
  const t = texts(locale, 'returns');
  if (view.endedAt !== undefined) return t(`state.${view.state}`);
  if (view.remedyDueAt !== undefined) return t('desk.mendBy', { day: formatDate(view.remedyDueAt, locale, timeZone) });
  if (view.refundDueOn !== undefined) return t('desk.due', { day: formatCalendarDay(view.refundDueOn, locale) });
  if (view.receivedAt !== undefined) return t('state.received');
  return t('desk.bringBy', { day: formatDate(view.bringBy, locale, timeZone) });
}

/** What the rule says becomes of the goods: one line for each fate. */
function Destinations({ view, showing: { locale } }: { view: CounterReturnView; showing: DeskShowing }) {
  const t = texts(locale, 'returns');
  const fates = view.lines.flatMap(({ lineId, title, destination, clearingMinor }) =>
    destination === undefined
      ? []
      : [
          {
            lineId,
            title,
            text: t(`desk.destination.${destination}`, {
              amount: formatMoney(moneyOf(clearingMinor, view.currency), locale),
              shop: view.originName,
            }),
          },
        ],
  );
  return (
    <ul className="grid gap-1 text-md">
      {fates.map(({ lineId, title, text }) => (
        <li key={lineId} className="flex items-baseline gap-2">
          <Icon name="arrow-up-right" className="text-plaque" />
          <span>
            {title} : <b>{text}</b>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** The selling shop's answer. For a withdrawal something may be kept back, and nothing refused; a claim may be accepted or refused. */
function Decide({ view, showing: { locale, slug } }: { view: CounterReturnView; showing: DeskShowing }) {
  const t = texts(locale, 'returns');
  const isClaim = view.cause !== 'withdrawal';
  const isMending = view.remedyDueAt !== undefined;
  return (
    <form action={decideReturnAction} className="grid gap-3">
      <input type="hidden" name="shop" value={slug} />
      <input type="hidden" name="returnId" value={view.returnId} />
      {!isClaim && (
        <div className="flex flex-wrap gap-4">
          {view.lines
            .filter((line) => (line.brought ?? 0) > 0)
            .map((line) => (
              <label key={line.lineId} className="grid gap-1">
                <span className="text-md">{t('desk.deduct', { title: line.title })}</span>
                <input
                  className="input min-h-[64px] w-[12ch]"
                  name={`deduct:${line.lineId}`}
                  inputMode="decimal"
                  maxLength={12}
                  autoComplete="off"
                  placeholder="0,00"
                  aria-describedby={`deduct-hint-${view.returnId}`}
                />
              </label>
            ))}
          <p className="hint basis-full" id={`deduct-hint-${view.returnId}`}>
            {t('desk.deductHint')}
          </p>
        </div>
      )}
      {isClaim && !isMending && (
        <label className="grid gap-1">
          <span className="text-md">{t('desk.refuseReason')}</span>
          <input className="input min-h-[64px]" name="refusal" maxLength={300} autoComplete="off" />
        </label>
      )}
      <div className="flex flex-wrap gap-3">
        <SubmitButton className="btn btn-primary btn-counter" name="decision" value={isMending ? 'mended' : 'accept'}>
          <Icon name="check" />
          {t(isMending ? 'desk.mended' : isClaim ? 'desk.acceptClaim' : 'desk.acceptAll')}
        </SubmitButton>
        {isClaim && (
          <SubmitButton className="btn btn-secondary btn-counter" name="decision" value="refund">
            <Icon name="euro" />
            {t('desk.refund')}
          </SubmitButton>
        )}
        {isClaim && !isMending && (
          <SubmitButton className="btn btn-danger btn-counter" name="decision" value="refuse">
            <Icon name="ban" />
            {t('desk.refuse')}
          </SubmitButton>
        )}
      </div>
    </form>
  );
}

type MoveHomeProps = { readonly view: CounterReturnView; readonly showing: DeskShowing; readonly step: 'sent' | 'arrived' };

function MoveHome({ view, showing: { locale, slug }, step }: MoveHomeProps) {
  const t = texts(locale, 'returns');
  return (
    <form action={moveReturnHomeAction}>
      <input type="hidden" name="shop" value={slug} />
      <input type="hidden" name="returnId" value={view.returnId} />
      <SubmitButton className="btn btn-secondary btn-counter" name="step" value={step}>
        <Icon name={step === 'sent' ? 'truck' : 'house'} />
        {step === 'sent' ? t('desk.sentHome', { shop: view.originName }) : t('desk.backHome')}
      </SubmitButton>
    </form>
  );
}
