import type { Instant } from '@/lib/kernel';
import { localTimeOn } from '@/lib/shops';
import type { MessageKind, MessageWishes, MessageChannel } from './views';

/** What holds until a shop says otherwise: everything is told, and nights are quiet (ux.md §8). */
export const usualWishes: MessageWishes = { muted: [], quietFrom: '21:00', quietTo: '08:00' };

export function wants({ muted }: Pick<MessageWishes, 'muted'>, kind: MessageKind, channel: MessageChannel): boolean {
  return !muted.includes(`${kind}:${channel}`);
}

type Ringing = {
  readonly kind: MessageKind;
  /** The shop is open: somebody is there, and an order's time to answer runs. */
  readonly isOpen: boolean;
  readonly now: Instant;
  readonly timeZone: string;
};

/**
 * The moment from which devices may ring: at once, or when the quiet hours are over. An order at an open shop is urgent, whatever the
 * hour; at a shut one its time does not run before it opens. Pure.
 */
export function ringsFrom({ quietFrom, quietTo }: MessageWishes, { kind, isOpen, now, timeZone }: Ringing): Instant {
  if (quietFrom === quietTo || (kind === 'order' && isOpen)) return now;
  for (const days of [-1, 0]) {
    const begins = localTimeOn(now, timeZone, { days, time: quietFrom });
    const ends = localTimeOn(now, timeZone, { days: quietTo > quietFrom ? days : days + 1, time: quietTo });
    if (begins <= now && now < ends) return ends;
  }
  return now;
}
