import OpeningHours from 'opening_hours';
import type { Instant, Interval } from '@/lib/kernel';
import { DAY, plusMs } from '@/lib/kernel';
import { mergeIntervals } from '@/lib/oms';
import type { WallTime } from './local-time';
import { localDay, momentOf } from './local-time';

/** Whose clocks and whose public holidays apply. */
export type OpeningPlace = {
  readonly timeZone: string;
  /** ISO 3166 code of the country and the name of the region: some regions have holidays of their own. */
  readonly country: string;
  readonly region: string;
  readonly latitude: number;
  readonly longitude: number;
};

/** How far ahead opening is known: two weeks of promises and a day to spare. */
export const OPENING_HORIZON_DAYS = 15;

/** Worked out at once, so that a month of days shares one evaluation. */
const WINDOW_DAYS = 45;

type Worked = { readonly from: Instant; readonly to: Instant; readonly intervals: readonly Interval[] };

const worked = new Map<string, Worked>();
const MOST_KEPT = 2_000;

/**
 * When a place with these hours (OSM `opening_hours` syntax) is open from `now` on, for `OPENING_HORIZON_DAYS`.
 *
 * Guarantees: instants are those of `place.timeZone` whatever the zone of the server; sorted, not overlapping; an interval that is
 * running at `now` is given whole. Hours that cannot be read are never open: one shop's mistake stays its own.
 */
export function openingIntervals(hours: string, place: OpeningPlace, now: Instant): readonly Interval[] {
  const { intervals } = workedOut(hours, place, now);
  const end = plusMs(now, OPENING_HORIZON_DAYS * DAY);
  return intervals.filter((interval) => interval.to > now && interval.from < end);
}

/** Can these hours be read at all? For the form in which a shop types them. */
export function areOpeningHours(hours: string): boolean {
  return evaluatorOf(hours, { country: 'FR', region: '', latitude: 46, longitude: 2, timeZone: 'Europe/Paris' }) !== undefined;
}

function workedOut(hours: string, place: OpeningPlace, now: Instant): Worked {
  const key = `${hours}|${place.timeZone}|${place.country}|${place.region}`;
  const known = worked.get(key);
  if (known && known.from <= plusMs(now, -DAY) && known.to >= plusMs(now, OPENING_HORIZON_DAYS * DAY)) return known;
  if (worked.size >= MOST_KEPT) worked.clear();
  const made = evaluate(hours, place, now);
  worked.set(key, made);
  return made;
}

function evaluate(hours: string, place: OpeningPlace, now: Instant): Worked {
  const [year, month, day] = localDay(now, place.timeZone).split('-').map(Number);
  const wallMidnight = (days: number) => new Date(year ?? 0, (month ?? 1) - 1, (day ?? 1) + days);
  // The package reads and answers in the clock of the server: it is asked about wall time there, and the answer is taken to the shop's zone.
  const first = wallMidnight(-2);
  const last = wallMidnight(WINDOW_DAYS);
  const evaluator = evaluatorOf(hours, place);
  const open = evaluator?.getOpenIntervals(first, last) ?? [];
  const intervals = open
    .filter(([, , isUnknown]) => !isUnknown)
    .map(([from, to]) => ({ from: momentOf(wallOf(from), place.timeZone), to: momentOf(wallOf(to), place.timeZone) }));
  return {
    from: momentOf(wallOf(first), place.timeZone),
    to: momentOf(wallOf(last), place.timeZone),
    intervals: mergeIntervals(intervals),
  };
}

function wallOf(date: Date): WallTime {
  return { year: date.getFullYear(), month: date.getMonth() + 1, day: date.getDate(), hour: date.getHours(), minute: date.getMinutes() };
}

function evaluatorOf(hours: string, place: OpeningPlace): OpeningHours | undefined {
  const address = { country_code: place.country.toLowerCase(), state: place.region };
  try {
    return new OpeningHours(
      hours,
      { lat: place.latitude, lon: place.longitude, address },
      { mode: 0, locale: 'en', tag_key: undefined, map_value: undefined, warnings_severity: undefined },
    );
  } catch {
    return undefined; // the package throws a sentence for what it cannot read
  }
}

/** The opening hours of one day, for a page that says "today 9 h – 12 h 30". */
export function intervalsOnDay(intervals: readonly Interval[], moment: Instant, timeZone: string): readonly Interval[] {
  const day = localDay(moment, timeZone);
  return intervals.filter((interval) => localDay(interval.from, timeZone) === day);
}

/** Takes the stretches of `closures` out of the opening intervals. */
export function withoutClosures(intervals: readonly Interval[], closures: readonly Interval[]): readonly Interval[] {
  return closures.reduce(
    (open, closure) =>
      open.flatMap((interval) =>
        closure.to <= interval.from || interval.to <= closure.from
          ? [interval]
          : [
              { from: interval.from, to: closure.from },
              { from: closure.to, to: interval.to },
            ].filter((part) => part.from < part.to),
      ),
    intervals,
  );
}
