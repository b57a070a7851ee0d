import { formatCalendarDay, formatMoney, moneyOf } from '@/lib/kernel';
import type { OperatorReturnView } from '@/lib/returns/views';
import { texts } from '@/lib/texts';
import { stamp, type OpsShowing } from './order-table';

/** Goods of the order on their way back: who has them, what is due by when, what was given. */
export function ReturnFacts({ returns, showing }: { returns: readonly OperatorReturnView[]; showing: OpsShowing }) {
  if (returns.length === 0) return null;
  const { locale } = showing;
  const t = texts(locale, 'returns');
  return (
    <section className="box" aria-labelledby="order-returns">
      <h2 id="order-returns">{t('desk.city')}</h2>
      <ul className="grid gap-3">
        {returns.map((one) => (
          <li key={one.returnId} className="grid gap-1">
            <b>
              {one.number}, {t(`desk.cause.${one.cause}`)}, {t(`state.${one.state}`)}
            </b>
            <span>{one.lines.map((line) => `${line.brought ?? line.quantity} × ${line.title}`).join(', ')}</span>
            {one.receivedShop !== undefined && <span>{t('desk.takenBy', { shop: one.receivedShop })}</span>}
            {one.question !== undefined && <span>{t('desk.questionSays', { question: one.question })}</span>}
            {one.refundDueOn !== undefined && <b>{t('desk.dueWord', { day: formatCalendarDay(one.refundDueOn, locale) })}</b>}
            {one.refundedMinor > 0 && (
              <span>{t('card.refunded', { amount: formatMoney(moneyOf(one.refundedMinor, one.currency), locale) })}</span>
            )}
            <small>{stamp(one.statedAt, showing)}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
