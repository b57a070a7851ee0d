import type { Instant, Locale, Minor } from '@/lib/kernel';
import { dayKey, daysAhead, formatDay, formatMoney, formatTime, formatTimeRange, moneyOf } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import type { CityRow, PartFacts } from './mail-facts';

/** How one mail writes money and moments: its language, the city's clock, and the moment it is written. */
export type MailWords = {
  readonly money: (amount: Minor) => string;
  readonly time: (moment: Instant) => string;
  readonly day: (moment: Instant) => string;
  /** "dès 15 h 45", "demain 9 h – 12 h", "entre jeudi et samedi". */
  readonly when: (promise: { readonly from: Instant; readonly to: Instant | undefined }) => string;
};

export function mailWords(locale: Locale, city: Pick<CityRow, 'timeZone' | 'currency'>, now: Instant): MailWords {
  const t = texts(locale, 'mail');
  const { timeZone } = city;
  const time = (moment: Instant) => formatTime(moment, locale, timeZone);
  const day = (moment: Instant) => formatDay(moment, now, locale, timeZone);
  return {
    money: (amount) => formatMoney(moneyOf(amount, city.currency), locale),
    time,
    day,
    when: ({ from, to }) => {
      if (to === undefined) {
        return daysAhead(from, now, timeZone) === 0
          ? t('when.from', { time: time(from) })
          : t('when.dayFrom', { day: day(from), time: time(from) });
      }
      if (dayKey(from, timeZone) !== dayKey(to, timeZone)) return t('when.days', { day: day(from), lastDay: day(to) });
      return t('when.window', { day: day(from), window: formatTimeRange(from, to, locale, timeZone) });
    },
  };
}

export function promiseOf({ subOrder }: PartFacts): { readonly from: Instant; readonly to: Instant | undefined } {
  return { from: subOrder.promisedFrom, to: subOrder.method === 'pickup' ? undefined : (subOrder.promisedTo ?? undefined) };
}

/** `Moka Express 3 tasses, 2 ×`, `Comté 18 mois, 400 g`. */
export function lineText(locale: Locale, line: PartFacts['lines'][number]): string {
  const t = texts(locale, 'mail');
  const title = line.keyAttribute ? `${line.title}, ${line.keyAttribute}` : line.title;
  switch (line.salesUnit) {
    case 'each':
      return line.quantity === 1 ? title : t('line.each', { title, quantity: line.quantity });
    case 'gram':
      return t('line.grams', { title, quantity: line.quantity });
    case 'millimetre':
      return t('line.millimetres', { title, quantity: line.quantity });
  }
}

/** Pieces; something weighed or measured counts as one. */
export function articleCount(lines: PartFacts['lines']): number {
  return lines.reduce((sum, line) => sum + (line.salesUnit === 'each' ? line.quantity : 1), 0);
}
