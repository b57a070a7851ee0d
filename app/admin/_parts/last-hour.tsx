import Link from 'next/link';
import type { LastHourView } from '@/lib/insights/views';
import { formatTime } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import type { OpsShowing } from './order-table';

/** The last sixty minutes: one sentence that counts, and what changed a moment ago. */
export function LastHour({ hour, showing: { locale, timeZone } }: { readonly hour: LastHourView; readonly showing: OpsShowing }) {
  const t = texts(locale, 'admin');
  const { latest, ...counts } = hour;
  return (
    <section className="box" aria-labelledby="last-hour">
      <h2 id="last-hour">{t('today.hour.title')}</h2>
      <p className="box-note">{t('today.hour.counts', counts)}</p>
      {latest.length > 0 && (
        <ol className="hour-list">
          {latest.map(({ at, to, orderId, number, shopName }) => (
            <li key={`${number}-${to}-${at}`}>
              <time dateTime={new Date(at).toISOString()}>{formatTime(at, locale, timeZone)}</time>
              <Link href={`/admin/orders/${orderId}`} prefetch={false}>
                {t('story.part', { number, state: t(`state.${to}`) })}
              </Link>
              <small>{shopName}</small>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
