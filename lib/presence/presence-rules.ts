import type { Instant, Interval } from '@/lib/kernel';
import { DAY, MINUTE } from '@/lib/kernel';

/** Nobody has the counter before them any more after so long without a sign, five beats; set on 28 November 2026. */
export const ABSENT_AFTER_MS = 5 * MINUTE;

/** A page shown so long at a stretch is how this shop works; a shorter look, to read one order on a telephone, promises nothing. */
export const KEPT_OPEN_MS = 10 * MINUTE;

/** Who has not opened the counter for so long answers in another way. */
export const FORGOTTEN_AFTER_MS = 14 * DAY;

/** Several windows of one shop, and a page that is looked at again and again, are one sign. */
export const BEAT_LEAST_MS = 20_000;

export type Presence = { readonly seenAt: Instant; readonly isKeptOpen: boolean };

/**
 * Since when nobody has had the counter before them, while the shop is open; undefined when somebody has, when the shop is shut, and when
 * nothing is known. Pure.
 *
 * Guarantees: absence is known only where presence was: a shop that answers by its own systems, by the API or from its mail is never absent.
 *   A night counts for nothing: the minutes begin when the door opens.
 */
export function absentSince(presence: Presence | undefined, openings: readonly Interval[], now: Instant): Instant | undefined {
  if (!presence?.isKeptOpen || now - presence.seenAt > FORGOTTEN_AFTER_MS) return undefined;
  const open = openings.find(({ from, to }) => from <= now && now < to);
  if (!open) return undefined;
  const since = presence.seenAt > open.from ? presence.seenAt : open.from;
  return now - since >= ABSENT_AFTER_MS ? since : undefined;
}
