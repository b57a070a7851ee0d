import type { Result } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';

/** Days as OSM calls them, the week beginning on Monday. */
export const weekDays = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const;
export type WeekDay = (typeof weekDays)[number];

export type DayRefusal = { readonly kind: 'hours-unreadable'; readonly day: WeekDay } | { readonly kind: 'hours-missing' };

const moment = String.raw`(\d{1,2})(?:\s*[h:.]\s*(\d{2})?)?`;
const span = new RegExp(String.raw`^${moment}\s*(?:-|–|à|to|au)\s*${moment}$`, 'i');

const clock = (hours: string, minutes: string | undefined): string | undefined => {
  const [hour, minute] = [Number(hours), Number(minutes ?? 0)];
  if (hour > 24 || minute > 59 || (hour === 24 && minute > 0)) return undefined;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
};

/** "9 h – 12 h 30, 14h-19h" → `09:00-12:30,14:00-19:00`; undefined for what cannot be read or runs backwards. */
export function readDay(text: string): string | undefined {
  const spans = text
    .split(/[,;/]|\bet\b|\band\b/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const read = spans.map((part) => {
    const [, fromHour = '', fromMinute, toHour = '', toMinute] = span.exec(part) ?? [];
    const [from, to] = [clock(fromHour, fromMinute), clock(toHour, toMinute)];
    return from === undefined || to === undefined || fromHour === '' || toHour === '' || from >= to ? undefined : `${from}-${to}`;
  });
  if (read.length === 0 || read.length > 3 || read.includes(undefined)) return undefined;
  const sorted = read.flatMap((one) => one ?? []);
  return sorted.every((one, index) => index === 0 || (sorted[index - 1] ?? '').slice(6) <= one.slice(0, 5)) ? sorted.join(',') : undefined;
}

/**
 * Opening hours in OSM syntax from a line a day; an empty line is a day off. Errors: a line that cannot be read, or no day at all.
 */
export function hoursOfDays(
  lines: Readonly<Record<WeekDay, string>>,
  { holidaysOff }: { readonly holidaysOff: boolean },
): Result<string, DayRefusal> {
  const rules: string[] = [];
  for (const day of weekDays) {
    const line = lines[day].trim();
    if (line === '') continue;
    const read = readDay(line);
    if (read === undefined) return err({ kind: 'hours-unreadable', day });
    rules.push(`${day} ${read}`);
  }
  if (rules.length === 0) return err({ kind: 'hours-missing' });
  return ok([...rules, ...(holidaysOff ? ['PH off'] : [])].join('; '));
}

/** `09:00-12:30,14:00-19:00` → `09:00 – 12:30, 14:00 – 19:00`. */
export const lineOfHours = (hours: string): string => hours.replaceAll('-', ' – ').replaceAll(',', ', ');

/** The lines hours were made of, to be shown again: `09:00 – 12:30, 14:00 – 19:00`. */
export function daysOfHours(hours: string): Readonly<Record<WeekDay, string>> {
  const rules = new Map(hours.split('; ').map((rule) => [rule.slice(0, 2), rule.slice(3)]));
  const lineOf = (day: WeekDay): string => lineOfHours(rules.get(day) ?? '');
  return { Mo: lineOf('Mo'), Tu: lineOf('Tu'), We: lineOf('We'), Th: lineOf('Th'), Fr: lineOf('Fr'), Sa: lineOf('Sa'), Su: lineOf('Su') };
}
