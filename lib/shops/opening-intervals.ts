import type { Instant, Interval } from '@/lib/kernel';
import { DAY, invariant, plusMs } from '@/lib/kernel';
import { mergeIntervals } from '@/lib/oms';
import type { OpeningPlace } from './opening-hours-adapter';
import { readHours } from './opening-hours-adapter';
import { localDay, localTimeOn, momentOf } from './local-time';

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

/**
 * What is wrong with hours someone typed, as a sentence; undefined when they can be read. For the form in which a shop types them and for
 * whatever brings hours from outside.
 */
export function whatIsWrongWith(hours: string, place: OpeningPlace): string | undefined {
  const read = readHours(hours, place);
  return read.ok ? undefined : read.error.sentence;
}

function workedOut(hours: string, place: OpeningPlace, now: Instant): Worked {
  const key = `${hours}|${place.timeZone}|${place.country}|${place.region}${sunOf(hours, place)}`;
  const known = worked.get(key);
  if (known && known.from <= plusMs(now, -DAY) && known.to >= plusMs(now, OPENING_HORIZON_DAYS * DAY)) return known;
  if (worked.size >= MOST_KEPT) worked.clear();
  const made = evaluate(hours, place, now);
  worked.set(key, made);
  return made;
}

/** Hours by the sun differ from street to street; all others are shared by the city. */
function sunOf(hours: string, { latitude, longitude }: OpeningPlace): string {
  return /sun|daw|dus|dayl/i.test(hours) ? `|${latitude}|${longitude}` : '';
}

function evaluate(hours: string, place: OpeningPlace, now: Instant): Worked {
  const midnight = (days: number) => localTimeOn(now, place.timeZone, { days, time: '00:00' });
  const [from, to] = [midnight(-2), midnight(WINDOW_DAYS)];
  return { from, to, intervals: mergeIntervals(statedOpen(hours, place, { from, to })) };
}

/** Hours that were read may still ask for what does not exist there, as a sunset in a polar summer: then nothing is known. */
function statedOpen(hours: string, place: OpeningPlace, { from, to }: Interval): readonly Interval[] {
  const read = readHours(hours, place);
  const stated = read.ok ? read.value.intervals(from, to) : undefined;
  return stated?.ok ? stated.value.filter((interval) => !interval.isUncertain) : [];
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

/**
 * The public holidays of a place, as days `YYYY-MM-DD` from `from` up to `to`, the last excluded.
 * Errors: throws where no holidays are known for the place: whoever sells there must have them.
 */
export function holidaysBetween(place: OpeningPlace, from: string, to: string): ReadonlySet<string> {
  const read = readHours('PH', place);
  const midnight = (day: string) => {
    const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
    return momentOf({ year, month, day: date, hour: 0, minute: 0 }, place.timeZone);
  };
  const found = read.ok ? read.value.intervals(midnight(from), midnight(to)) : read;
  invariant(found.ok, `the public holidays of ${place.country ?? 'a place without a country'} are known`);
  const days = new Set<string>();
  for (const interval of found.value) {
    // Holidays that follow each other are one stretch.
    for (let moment = interval.from; moment < interval.to; moment = localTimeOn(moment, place.timeZone, { days: 1, time: '00:00' })) {
      days.add(localDay(moment, place.timeZone));
    }
  }
  return days;
}
