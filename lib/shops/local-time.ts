import type { Instant } from '@/lib/kernel';
import { DAY, MINUTE, instant } from '@/lib/kernel';

/** What a clock on the wall shows; months from 1. No zone: it means something only together with one. */
export type WallTime = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
};

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  formats.set(timeZone, made);
  return made;
}

function readWallTime(moment: number, timeZone: string): WallTime {
  const parts = { year: 0, month: 0, day: 0, hour: 0, minute: 0 };
  for (const { type, value } of formatOf(timeZone).formatToParts(moment)) {
    if (type === 'year' || type === 'month' || type === 'day' || type === 'hour' || type === 'minute') parts[type] = Number(value);
  }
  return parts;
}

/** Clocks are only ever put forward or back at a full quarter of an hour, so within one the offset is read once. */
const QUARTER = 15 * MINUTE;
const MOST_QUARTERS = 4_000;
const offsets = new Map<string, Map<number, number>>();

/** Milliseconds the clocks of `timeZone` are ahead of UTC at that moment. Reading a zone's rules is dear, and pages ask a thousand times. */
function offsetAt(moment: number, timeZone: string): number {
  const known = offsets.get(timeZone) ?? new Map<number, number>();
  if (known.size === 0 || known.size > MOST_QUARTERS) {
    known.clear();
    offsets.set(timeZone, known);
  }
  const quarter = Math.floor(moment / QUARTER);
  const offset = known.get(quarter);
  if (offset !== undefined) return offset;
  const read = utcOf(readWallTime(quarter * QUARTER, timeZone)) - quarter * QUARTER;
  known.set(quarter, read);
  return read;
}

/** What the clock shows in `timeZone` at that moment. */
export function wallTimeAt(moment: Instant, timeZone: string): WallTime {
  const shown = new Date(moment + offsetAt(moment, timeZone));
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
  };
}

function utcOf(wall: WallTime): number {
  return Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);
}

/**
 * The moment at which the clocks of `timeZone` show `wall`.
 *
 * Guarantees: independent of the server's own zone. A time that clocks skip in spring is read as if they had not been put forward
 * (02:30 becomes 03:30), a time they show twice in autumn means the first one: the rules of RFC 5545 and of `Temporal`.
 */
export function momentOf(wall: WallTime, timeZone: string): Instant {
  const asIfUtc = utcOf(wall);
  const before = offsetAt(asIfUtc - DAY, timeZone);
  const after = offsetAt(asIfUtc + DAY, timeZone);
  const early = asIfUtc - before;
  if (before === after || offsetAt(early, timeZone) === before) return instant(early);
  const late = asIfUtc - after;
  return instant(offsetAt(late, timeZone) === after ? late : early);
}

/** `YYYY-MM-DD` in that zone: two moments with the same key are on the same day there. */
export function localDay(moment: Instant, timeZone: string): string {
  const { year, month, day } = wallTimeAt(moment, timeZone);
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** The same day at another hour, `days` later, at `HH:MM`. */
export function localTimeOn(moment: Instant, timeZone: string, at: { readonly days: number; readonly time: string }): Instant {
  const wall = wallTimeAt(moment, timeZone);
  const [hour = '0', minute = '0'] = at.time.split(':');
  const date = new Date(Date.UTC(wall.year, wall.month - 1, wall.day + at.days));
  return momentOf(
    { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(), hour: Number(hour), minute: Number(minute) },
    timeZone,
  );
}
