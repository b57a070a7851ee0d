import { instant } from '@/lib/kernel';
import type { Instant, Interval } from '@/lib/kernel';

/**
 * Opening intervals as the engine wants them: sorted, not overlapping, none empty.
 * Who calls may pass them in any order, touching or overlapping: calendars do.
 */
export function mergeIntervals(intervals: readonly Interval[]): readonly Interval[] {
  if (areMerged(intervals)) return intervals; // asked thousands of times for a page, nearly always about intervals it made itself
  const merged: { from: Instant; to: Instant }[] = [];
  for (const interval of intervals.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    if (interval.to <= interval.from) continue;
    const last = merged.at(-1);
    if (last && interval.from <= last.to) last.to = instant(Math.max(last.to, interval.to));
    else merged.push({ from: interval.from, to: interval.to });
  }
  return merged;
}

function areMerged(intervals: readonly Interval[]): boolean {
  return intervals.every(({ from, to }, index) => from < to && from > (intervals[index - 1]?.to ?? -Infinity));
}

/**
 * The instant at which `durationMs` of opening time have passed since `from`.
 *
 * Units: milliseconds counted only while open. Guarantees: the result is inside or at the end of an opening interval; a zero duration
 *   gives `from` itself when open, else the next opening; undefined when the known intervals are too short.
 */
export function afterOpeningTime(intervals: readonly Interval[], from: Instant, durationMs: number): Instant | undefined {
  let left = durationMs;
  for (const { from: opens, to: closes } of mergeIntervals(intervals)) {
    const start = Math.max(opens, from);
    if (start >= closes) continue;
    if (closes - start >= left) return instant(start + left);
    left -= closes - start;
  }
  return undefined;
}

/** The first instant at or after `from` when the place is open; undefined when it does not open again in what is known. */
export function nextOpening(intervals: readonly Interval[], from: Instant): Instant | undefined {
  const found = mergeIntervals(intervals).find((interval) => interval.to > from);
  return found && instant(Math.max(found.from, from));
}

/** Is the place open at that instant? An interval's end is already closed. */
export function isOpenAt(intervals: readonly Interval[], moment: Instant): boolean {
  return intervals.some((interval) => interval.from <= moment && moment < interval.to);
}
