import type { Instant } from '@/lib/kernel';
import { MINUTE, plusMs } from '@/lib/kernel';
import { methodWindows } from '@/lib/promise';
import type { PromiseQuestion } from '@/lib/promise';
import { REMEMBERED_MINUTES } from './settings';

/**
 * The moment as of which a promise was really shown, if it was: the latest of the minutes before the thing was added at which this shop, asked
 * the same, gave that very hour for one of its ways.
 *
 * The browser tells what it was shown; nothing it says is believed without this. An hour nobody was given in the last ten minutes, or one
 * that was given before the shop closed or paused, is not found.
 */
export function shownAsOf(
  question: Omit<PromiseQuestion, 'now'>,
  { seenAt, addedAt }: { readonly seenAt: Instant; readonly addedAt: Instant },
): Instant | undefined {
  for (let minutes = 0; minutes <= REMEMBERED_MINUTES; minutes += 1) {
    const now = plusMs(addedAt, -minutes * MINUTE);
    if (methodWindows({ ...question, now }).some((window) => window.from === seenAt)) return now;
  }
  return undefined;
}
