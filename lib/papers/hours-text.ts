import type { Result } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import type { DayRefusal, WeekDay } from '@/lib/onboarding';
import { hoursOfDays, readDay, weekDays } from '@/lib/onboarding';

/** A day on which other hours hold than in its week; no hours: closed. `date` is YYYY-MM-DD, `hours` as in OSM. */
export type ExceptionalDay = { readonly date: string; readonly hours: string };

/** Opening hours taken apart: what the form can show of them. `week` is undefined where they are written in a way no form can show. */
export type HoursParts = {
  readonly week: Readonly<Record<WeekDay, string>> | undefined;
  readonly holidaysOff: boolean;
  readonly days: readonly ExceptionalDay[];
};

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const dated = new RegExp(String.raw`^(\d{4}) (${months.join('|')}) (\d{2}) (off|[\d:,-]+)$`);
const weekly = /^((?:Mo|Tu|We|Th|Fr|Sa|Su)(?:[-,](?:Mo|Tu|We|Th|Fr|Sa|Su))*) (off|[\d:,-]+)$/;
const HOLIDAYS_OFF = 'PH off';

/** `2026-12-24` and `09:00-12:00` → `2026 Dec 24 09:00-12:00`. */
function ruleOf({ date, hours }: ExceptionalDay): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return `${year} ${months[Number(month) - 1] ?? ''} ${day} ${hours === '' ? 'off' : hours}`;
}

function dayOf(rule: string): ExceptionalDay | undefined {
  const [, year = '', month = '', day = '', hours = ''] = dated.exec(rule) ?? [];
  if (year === '') return undefined;
  const number = String(months.findIndex((one) => one === month) + 1).padStart(2, '0');
  return { date: `${year}-${number}-${day}`, hours: hours === 'off' ? '' : hours };
}

/** `Mo-We,Fr` → the four days; a stretch that runs over Sunday goes on with Monday. */
function daysIn(selector: string): readonly WeekDay[] {
  return selector.split(',').flatMap((part) => {
    const [first, last] = part.split('-');
    const from = weekDays.findIndex((day) => day === first);
    const to = last === undefined ? from : weekDays.findIndex((day) => day === last);
    return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, step) => weekDays[(from + step) % 7] ?? 'Mo');
  });
}

const isOneDay = (rule: string): boolean => dated.test(rule);

/** Takes hours apart; `ruleOf` and `joinHours` put them together again with the same meaning. */
export function partHours(text: string): HoursParts {
  const rules = text.split(';').flatMap((rule) => (rule.trim() === '' ? [] : [rule.trim()]));
  const days = rules.flatMap((rule) => dayOf(rule) ?? []);
  const usual = rules.filter((rule) => !isOneDay(rule) && rule !== HOLIDAYS_OFF);
  const week = new Map<WeekDay, string>();
  for (const rule of usual) {
    const [, selector = '', hours = ''] = weekly.exec(rule) ?? [];
    if (selector === '') return { week: undefined, holidaysOff: rules.includes(HOLIDAYS_OFF), days };
    for (const day of daysIn(selector)) week.set(day, hours === 'off' ? '' : hours);
  }
  const of = (day: WeekDay): string => week.get(day) ?? '';
  const lines = { Mo: of('Mo'), Tu: of('Tu'), We: of('We'), Th: of('Th'), Fr: of('Fr'), Sa: of('Sa'), Su: of('Su') };
  return { week: lines, holidaysOff: rules.includes(HOLIDAYS_OFF), days };
}

/** The rules for usual weeks of hours, as they are written. */
const usualRules = (text: string): string =>
  text.split(';').map((rule) => rule.trim()).filter((rule) => rule !== '' && !isOneDay(rule)).join('; '); // prettier-ignore

/** Hours with these exceptional days and no others: the last rule that speaks of a day counts, so they come last. */
export function withDays(text: string, days: readonly ExceptionalDay[]): string {
  const sorted = days.toSorted((a, b) => a.date.localeCompare(b.date));
  return [usualRules(text), ...sorted.map(ruleOf)].filter((part) => part !== '').join('; ');
}

/** Hours of another usual week, with the exceptional days of before. Errors: a line that cannot be read, or a week without any hour. */
export function withWeek(
  text: string,
  lines: Readonly<Record<WeekDay, string>>,
  { holidaysOff }: { readonly holidaysOff: boolean },
): Result<string, DayRefusal> {
  const week = hoursOfDays(lines, { holidaysOff });
  return week.ok ? ok(withDays(week.value, partHours(text).days)) : week;
}

/** One line of hours as OSM writes it; empty is closed. Errors: it cannot be read. */
export function hoursOfLine(line: string): Result<string, { readonly kind: 'hours-of-day-unreadable' }> {
  if (line.trim() === '') return ok('');
  const read = readDay(line);
  return read === undefined ? err({ kind: 'hours-of-day-unreadable' }) : ok(read);
}
