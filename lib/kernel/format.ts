import type { Instant } from './instant';
import { dateOf, instant, plusMs, DAY } from './instant';
import type { Locale } from './locale';
import { intlTag } from './locale';
import type { Currency, Minor, Money } from './money';

/** Between a number and what it belongs to: never broken over two lines. */
export const NBSP = '\u00a0';

function remembered<Key extends readonly string[], Made>(make: (...key: Key) => Made): (...key: Key) => Made {
  const made = new Map<string, Made>();
  return (...key) => {
    const name = key.join('|');
    const known = made.get(name);
    if (known !== undefined) return known;
    const fresh = make(...key);
    made.set(name, fresh);
    return fresh;
  };
}

type LocaleKey = readonly [locale: Locale];
type ZonedKey = readonly [locale: Locale, timeZone: string];

const moneyFormat = remembered<readonly [Locale, Currency], Intl.NumberFormat>(
  (locale, currency) => new Intl.NumberFormat(intlTag(locale), { style: 'currency', currency }),
);
const numberFormat = remembered<LocaleKey, Intl.NumberFormat>((locale) => new Intl.NumberFormat(intlTag(locale)));
const decimalFormat = remembered<LocaleKey, Intl.NumberFormat>(
  (locale) => new Intl.NumberFormat(intlTag(locale), { maximumFractionDigits: 2 }),
);
const shareFormat = remembered<LocaleKey, Intl.NumberFormat>(
  (locale) => new Intl.NumberFormat(intlTag(locale), { style: 'percent', maximumFractionDigits: 1 }),
);
const unitFormat = remembered<readonly [Locale, string, string], Intl.NumberFormat>(
  (locale, unit, digits) =>
    new Intl.NumberFormat(intlTag(locale), { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: Number(digits) }),
);
const clockFormat = remembered<readonly [string], Intl.DateTimeFormat>(
  (timeZone) => new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
);
const dayKeyFormat = remembered<readonly [string], Intl.DateTimeFormat>(
  (timeZone) => new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }),
);
const weekdayFormat = remembered<ZonedKey, Intl.DateTimeFormat>(
  (locale, timeZone) => new Intl.DateTimeFormat(intlTag(locale), { timeZone, weekday: 'long' }),
);
const dateFormat = remembered<ZonedKey, Intl.DateTimeFormat>(
  (locale, timeZone) => new Intl.DateTimeFormat(intlTag(locale), { timeZone, weekday: 'long', day: 'numeric', month: 'long' }),
);
const longDateFormat = remembered<ZonedKey, Intl.DateTimeFormat>(
  (locale, timeZone) => new Intl.DateTimeFormat(intlTag(locale), { timeZone, day: 'numeric', month: 'long', year: 'numeric' }),
);
const relativeFormat = remembered<LocaleKey, Intl.RelativeTimeFormat>(
  (locale) => new Intl.RelativeTimeFormat(intlTag(locale), { numeric: 'auto' }),
);

/** `34,90 €` in French (the space never breaks), `€34.90` in English. */
export function formatMoney(money: Money, locale: Locale): string {
  return moneyFormat(locale, money.currency).format(money.amountMinor / 100);
}

/** As `formatMoney`, with its sign said: `+ 1,60 €`, `− 3,90 €`. Zero has none. */
export function formatMoneyDifference(money: Money, locale: Locale): string {
  const sign = money.amountMinor > 0 ? `+${NBSP}` : money.amountMinor < 0 ? `\u2212${NBSP}` : '';
  const magnitude = Math.abs(money.amountMinor);
  return `${sign}${moneyFormat(locale, money.currency).format(magnitude / 100)}`;
}

export type PriceParts = { readonly before: string; readonly units: string; readonly cents: string; readonly after: string };

/** A price cut for display with raised cents: `34` `,90` ` €`. The parts joined are `formatMoney`. */
export function priceParts(money: Money, locale: Locale): PriceParts {
  let before = '';
  let units = '';
  let cents = '';
  let after = '';
  for (const { type, value } of moneyFormat(locale, money.currency).formatToParts(money.amountMinor / 100)) {
    if (type === 'decimal' || type === 'fraction') cents += value;
    else if (type === 'integer' || type === 'group' || type === 'minusSign') units += value;
    else if (units === '') before += value;
    else after += value;
  }
  return { before, units, cents, after };
}

/** Makes the money of an amount. */
export function moneyOf(amountMinor: Minor, currency: Currency = 'EUR'): Money {
  return { amountMinor, currency };
}

/** `1 284` in French. */
export function formatNumber(value: number, locale: Locale): string {
  return numberFormat(locale).format(value);
}

/** Up to two decimals: `1,5`. */
export function formatDecimal(value: number, locale: Locale): string {
  return decimalFormat(locale).format(value);
}

/** Minor units as they are typed into a field, which `parsePrice` reads again: `12,50` or `12.50`. */
export const typedPrice = (amountMinor: number, locale: Locale): string =>
  (amountMinor / 100).toFixed(2).replace('.', locale === 'fr' ? ',' : '.');

/** A share of 10 000: `5,5 %`. */
export function formatBps(bps: number, locale: Locale): string {
  return shareFormat(locale).format(bps / 10_000);
}

function clock(moment: Instant, timeZone: string): { readonly hour: number; readonly minute: number } {
  const [hour, minute] = clockFormat(timeZone).format(dateOf(moment)).split(':').map(Number);
  return { hour: hour ?? 0, minute: minute ?? 0 };
}

/** Time of day: `16 h 30`, `9 h` in French; `4:30 pm`, `9 am` in English. */
export function formatTime(moment: Instant, locale: Locale, timeZone: string): string {
  const { hour, minute } = clock(moment, timeZone);
  const minutes = String(minute).padStart(2, '0');
  switch (locale) {
    case 'fr':
      return minute === 0 ? `${hour}${NBSP}h` : `${hour}${NBSP}h${NBSP}${minutes}`;
    case 'en': {
      const half = hour < 12 ? 'am' : 'pm';
      const twelve = hour % 12 === 0 ? 12 : hour % 12;
      return minute === 0 ? `${twelve}${NBSP}${half}` : `${twelve}:${minutes}${NBSP}${half}`;
    }
  }
}

/** `9 h – 12 h`, kept on one line. */
export function formatTimeRange(from: Instant, to: Instant, locale: Locale, timeZone: string): string {
  return `${formatTime(from, locale, timeZone)}${NBSP}\u2013${NBSP}${formatTime(to, locale, timeZone)}`;
}

/** Days begin at a full quarter of an hour in every zone, so a quarter's day is read once: results pages ask a thousand times. */
const QUARTER = 900_000;
const MOST_QUARTERS = 4_000;
const dayKeys = remembered<readonly [string], Map<number, string>>(() => new Map());

/** `2026-11-24` in the zone: compares days and keys them. */
export function dayKey(moment: Instant, timeZone: string): string {
  const known = dayKeys(timeZone);
  const quarter = Math.floor(moment / QUARTER);
  const key = known.get(quarter);
  if (key !== undefined) return key;
  if (known.size > MOST_QUARTERS) known.clear();
  const read = dayKeyFormat(timeZone).format(dateOf(moment));
  known.set(quarter, read);
  return read;
}

/** Whole calendar days from `now` to `moment` in the zone: 0 is today, 1 tomorrow. */
export function daysAhead(moment: Instant, now: Instant, timeZone: string): number {
  const midnight = (at: Instant) => Date.parse(`${dayKey(at, timeZone)}T00:00:00Z`);
  return Math.round((midnight(moment) - midnight(now)) / DAY);
}

/** French counts the first of a month: `1er décembre`. */
function withFirst(text: string, locale: Locale): string {
  return locale === 'fr' ? text.replace(/(^|\s)1(?=\s\p{L})/u, '$11er') : text;
}

/** `aujourd’hui`, `demain`, `jeudi` within the week, else `jeudi 3 décembre`. Lower case where the language writes it so. */
export function formatDay(moment: Instant, now: Instant, locale: Locale, timeZone: string): string {
  const ahead = daysAhead(moment, now, timeZone);
  if (ahead >= -1 && ahead <= 1) return relativeFormat(locale).format(ahead, 'day');
  if (ahead > 1 && ahead < 7) return weekdayFormat(locale, timeZone).format(dateOf(moment));
  return withFirst(dateFormat(locale, timeZone).format(dateOf(moment)), locale);
}

/** `24 novembre 2026`. */
export function formatDate(moment: Instant, locale: Locale, timeZone: string): string {
  return withFirst(longDateFormat(locale, timeZone).format(dateOf(moment)), locale);
}

/** A day of the law's calendar, `YYYY-MM-DD`, in words. */
export function formatCalendarDay(day: string, locale: Locale): string {
  return formatDate(instant(Date.parse(`${day}T12:00:00Z`)), locale, 'UTC');
}

/** Name of a day of the week; 0 is Monday. */
export function formatWeekday(dayFromMonday: number, locale: Locale): string {
  const monday = Date.UTC(2024, 0, 1);
  return weekdayFormat(locale, 'UTC').format(new Date(monday + dayFromMonday * DAY));
}

/** How long ago, in the largest unit that says something: `il y a 3 heures`. */
export function formatAge(since: Instant, now: Instant, locale: Locale): string {
  const minutes = Math.max(0, Math.round((now - since) / 60_000));
  if (minutes < 60) return relativeFormat(locale).format(-minutes, 'minute');
  const hours = Math.round(minutes / 60);
  if (hours < 24) return relativeFormat(locale).format(-hours, 'hour');
  return relativeFormat(locale).format(-Math.round(hours / 24), 'day');
}

/** First letter in upper case, for the head of a line. */
export function sentenceCase(text: string, locale: Locale): string {
  return text.charAt(0).toLocaleUpperCase(intlTag(locale)) + text.slice(1);
}

/** `450 m` rounded to ten, `1,2 km` from a kilometre on. */
export function formatDistance(metres: number, locale: Locale): string {
  const rounded = Math.round(metres / 10) * 10;
  return rounded < 1000 ? unitFormat(locale, 'meter', '0').format(rounded) : unitFormat(locale, 'kilometer', '1').format(metres / 1000);
}

/** The instant at which the calendar day of `moment` begins in the zone; right across clock changes. */
export function startOfDay(moment: Instant, timeZone: string): Instant {
  const { hour, minute } = clock(moment, timeZone);
  const rough = plusMs(moment, -((hour * 60 + minute) * 60_000 + (moment % 60_000)));
  const drift = clock(rough, timeZone);
  if (drift.hour === 0 && drift.minute === 0) return rough;
  const correction = drift.hour >= 12 ? (24 - drift.hour) * 60 - drift.minute : -(drift.hour * 60 + drift.minute);
  return plusMs(rough, correction * 60_000);
}
