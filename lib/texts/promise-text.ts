import type { Instant, Locale } from '@/lib/kernel';
import { dayKey, formatDay, formatTime, formatTimeRange, intlTag, sentenceCase } from '@/lib/kernel';
import type { Method, PromiseView } from '@/lib/promise/views';
import { translatorOf } from './translator';

export type PromiseMoment = { readonly now: Instant; readonly timeZone: string };
type Window = Pick<PromiseView, 'from' | 'to'>;

/** When, in one breath: `Aujourd’hui dès 16 h 30`, `Demain 9 h – 12 h`, `Entre jeudi et samedi`. */
export function promiseText(locale: Locale, promise: Window, { now, timeZone }: PromiseMoment): string {
  const words = translatorOf(locale, 'common');
  const day = formatDay(promise.from, now, locale, timeZone);
  const sentence = (text: string) => sentenceCase(text, locale);
  if (promise.to === undefined) {
    return sentence(words('promise.from', { day, time: formatTime(promise.from, locale, timeZone) }));
  }
  if (dayKey(promise.from, timeZone) === dayKey(promise.to, timeZone)) {
    return sentence(words('promise.window', { day, window: formatTimeRange(promise.from, promise.to, locale, timeZone) }));
  }
  return sentence(words('promise.days', { day, lastDay: formatDay(promise.to, now, locale, timeZone) }));
}

/** As `promiseText`, with the way of receiving in front: `Retrait aujourd’hui dès 16 h 30`, `Livré à vélo demain, 9 h – 12 h`. */
export function promisePlace(locale: Locale, promise: Window & Pick<PromiseView, 'method'>, moment: PromiseMoment): string {
  const when = promiseText(locale, promise, moment);
  const inside = when.charAt(0).toLocaleLowerCase(intlTag(locale)) + when.slice(1);
  return translatorOf(locale, 'common')(`promise.by.${promise.method}`, { when: inside });
}

/** The way of receiving as a noun: `Retrait en boutique`, `À vélo`, `Colis`. */
export function methodText(locale: Locale, method: Method): string {
  return translatorOf(locale, 'common')(`method.${method}`);
}
