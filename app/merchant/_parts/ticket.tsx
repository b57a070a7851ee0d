import Link from 'next/link';
import type { CSSProperties } from 'react';
import { classNames } from '@/components/ui/class-names';
import { SubmitButton } from '@/components/commerce/submit-button';
import { Icon, type IconName } from '@/components/ui/icon';
import type { QueueCardView } from '@/lib/fulfilment/views';
import { formatMoney, moneyOf } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { acceptAction } from '../[shop]/counter/actions';
import type { DeskShowing } from './desk-words';
import { RefusalForm } from './refusal-form';
import { momentText, spanText } from './when';

const methodIcons = { pickup: 'shopping-bag', courier: 'bike', parcel: 'package' } as const satisfies Record<
  QueueCardView['method'],
  IconName
>;

type TicketProps = { readonly card: QueueCardView; readonly showing: DeskShowing; readonly isCurrent: boolean };

/** One sub-order in the queue: who, how much, until when; what waits for an answer can be answered here. */
export function Ticket({ card, showing, isCurrent }: TicketProps) {
  const { locale, slug } = showing;
  const t = texts(locale, 'merchant');
  const isOffered = card.state === 'offered';
  const isReady = card.state === 'ready' || card.state === 'despatched';
  const left: CSSProperties & Record<'--left', number> = { '--left': 1 - (card.answerTimeUsedBps ?? 10_000) / 10_000 };
  return (
    <li
      className={classNames(
        'ticket',
        isOffered && card.urgency !== 'calm' && 'is-pressing',
        card.urgency === 'late' && 'is-late',
        isReady && 'is-ready',
      )}
      data-current={isCurrent}
    >
      <Link
        className="ticket-face"
        href={`/merchant/${slug}/counter/${card.subOrderId}`}
        prefetch={false}
        scroll={false}
        {...(isCurrent && { 'aria-current': 'true' as const })}
      >
        <Icon name={methodIcons[card.method]} />
        <span>
          <b>{card.shopperName}</b>
          <small>{t('ticket.articles', { count: card.articleCount })}</small>
          <small>{dueLine(card, showing)}</small>
          {card.isSetAside && (
            <small>{t('ticket.setAside', { amount: formatMoney(moneyOf(card.totalMinor, card.currency), locale) })}</small>
          )}
        </span>
        <span className="ticket-time">
          <TicketTime card={card} showing={showing} />
        </span>
      </Link>
      {isOffered && (
        <div className="ticket-answers">
          <form action={acceptAction} data-keep="accept" data-keep-of={card.shopperName}>
            <input type="hidden" name="shop" value={slug} />
            <input type="hidden" name="subOrderId" value={card.subOrderId} />
            <SubmitButton className="btn btn-primary" label={t('accept.label', { name: card.shopperName })}>
              {t('accept.button')}
            </SubmitButton>
          </form>
          <RefusalForm locale={locale} slug={slug} subOrderId={card.subOrderId} shopperName={card.shopperName} />
        </div>
      )}
      {isOffered && card.answerTimeUsedBps !== undefined && <span className="ticket-bar" style={left} />}
    </li>
  );
}

/** The second line of a ticket: the one fact that counts in its group. */
export function dueLine(card: QueueCardView, { locale, now, timeZone }: DeskShowing): string {
  const t = texts(locale, 'merchant');
  const at = (moment: typeof now) => momentText(moment, now, locale, timeZone);
  switch (card.state) {
    case 'offered':
      return card.acceptBy === undefined ? t('ticket.answer') : t('ticket.answerBefore', { time: at(card.acceptBy) });
    case 'ready':
      if (card.bag !== undefined) return t('ticket.bag', { bag: card.bag });
      if (card.method !== 'pickup') return t('ticket.leaves', { time: at(card.promisedFrom) });
      return card.keptUntil === undefined ? t('ticket.ready') : t('ticket.keptUntil', { time: at(card.keptUntil) });
    case 'despatched':
      return t('ticket.onTheWay');
    default:
      return card.method === 'pickup'
        ? t('ticket.promisedFor', { time: at(card.promisedFrom) })
        : t('ticket.leaves', { time: at(card.promisedFrom) });
  }
}

function TicketTime({ card, showing: { locale, now } }: Omit<TicketProps, 'isCurrent'>) {
  const t = texts(locale, 'merchant');
  if (card.state === 'ready') return <Icon name="check" />;
  if (card.state === 'despatched') return <Icon name="truck" />;
  const until = card.state === 'offered' ? card.acceptBy : card.promisedFrom;
  if (until === undefined) return null;
  return until < now ? <>{t('ticket.late', { span: spanText(locale, now - until) })}</> : <>{spanText(locale, until - now)}</>;
}
