import { formatWeekday, sentenceCase, type Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts/views';

/** One day's opening, already in words ("9 h – 12 h 30, 14 h – 19 h"); empty when closed. `weekday` 0 is Monday. */
export type DayHoursView = { readonly weekday: number; readonly hours: string; readonly isToday: boolean };

/** The week's opening hours. */
export function HoursTable({ days, locale }: { days: readonly DayHoursView[]; locale: Locale }) {
  const t = texts(locale, 'common');
  return (
    <table className="hours">
      <caption className="sr-only">{t('shop.hours')}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">{t('shop.day')}</th>
          <th scope="col">{t('shop.opening')}</th>
        </tr>
      </thead>
      <tbody>
        {days.map((day) => (
          <tr key={day.weekday} {...(day.isToday && { 'aria-current': 'date' as const })}>
            <th scope="row">{sentenceCase(formatWeekday(day.weekday, locale), locale)}</th>
            <td>{day.hours === '' ? t('shop.allDay') : day.hours}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
