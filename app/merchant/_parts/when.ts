import type { Instant, Locale } from '@/lib/kernel';
import { DAY, HOUR, MINUTE, daysAhead, formatDay, formatTime } from '@/lib/kernel';
import { texts } from '@/lib/texts';

/** A stretch of time at a glance: `12 min`, `1 h 10`, `2 jours`. Past ones are said without a sign. */
export function spanText(locale: Locale, milliseconds: number): string {
  const t = texts(locale, 'merchant');
  const span = Math.abs(milliseconds);
  if (span >= DAY) return t('span.days', { count: Math.round(span / DAY) });
  const minutes = Math.round(span / MINUTE);
  if (span < HOUR) return t('span.minutes', { minutes });
  const rest = String(minutes % 60).padStart(2, '0');
  return t('span.hours', { hours: Math.floor(minutes / 60), minutes: rest });
}

/** `16 h 30` today, `demain 16 h 30` or `jeudi 9 h` otherwise. */
export function momentText(moment: Instant, now: Instant, locale: Locale, timeZone: string): string {
  const time = formatTime(moment, locale, timeZone);
  return daysAhead(moment, now, timeZone) === 0 ? time : `${formatDay(moment, now, locale, timeZone)} ${time}`;
}
