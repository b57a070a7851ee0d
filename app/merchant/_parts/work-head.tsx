import Link from 'next/link';
import { Icon } from '@/components/ui/icon';
import type { CounterSubOrderView } from '@/lib/fulfilment/views';
import { formatMoney, moneyOf } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import type { DeskShowing } from './desk-words';
import { momentText, spanText } from './when';

/** Who it is for, and the hour we promised. */
export function WorkHead({ subOrder, showing }: { subOrder: CounterSubOrderView; showing: DeskShowing }) {
  const { locale, now, timeZone, slug } = showing;
  const t = texts(locale, 'merchant');
  const isLate = subOrder.urgency === 'late' && subOrder.state !== 'offered';
  const isOver = subOrder.allowed.length === 0;
  const away = subOrder.promisedFrom - now;
  return (
    <div className="work-head">
      <Link className="btn btn-quiet only-phone" href={`/merchant/${slug}/counter`} aria-label={t('work.back')}>
        <Icon name="chevron-left" />
      </Link>
      <div className="min-w-0">
        <h1 id="work-title">{subOrder.shopperName}</h1>
        <p>
          {t(`work.order.${subOrder.method}`, { number: subOrder.number })}
          {subOrder.bag !== undefined && <>, {t('ticket.bag', { bag: subOrder.bag })}</>}
        </p>
        {subOrder.isSetAside && !isOver && (
          <p className="font-semibold text-miel-ink">
            {t('ticket.setAside', { amount: formatMoney(moneyOf(subOrder.totalMinor, subOrder.currency), locale) })}
          </p>
        )}
        {subOrder.address !== undefined && <p>{subOrder.address}</p>}
        {subOrder.phone !== undefined && (
          <p>
            <a href={`tel:${subOrder.phone}`}>{subOrder.phone}</a>
          </p>
        )}
      </div>
      <div className={isLate ? 'work-due is-late' : 'work-due'}>
        <b>{momentText(subOrder.promisedFrom, now, locale, timeZone)}</b>
        {!isOver && (
          <span>{away >= 0 ? t('work.in', { span: spanText(locale, away) }) : t('ticket.late', { span: spanText(locale, away) })}</span>
        )}
      </div>
    </div>
  );
}
