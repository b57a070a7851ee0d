import type { Instant } from '@/lib/kernel';
import { MINUTE } from '@/lib/kernel';

const WINDOW = 15 * MINUTE;
const REQUESTS = 30;
const REMEMBERED = 5_000;

const asked = new Map<string, readonly number[]>();

/** Whether one sender (a network address) may ask once more; forgets the oldest senders when there are too many to remember. */
export function allowedFrom(sender: string, now: Instant): boolean {
  const recent = (asked.get(sender) ?? []).filter((at) => at > now - WINDOW);
  if (recent.length >= REQUESTS) return false;
  asked.delete(sender);
  asked.set(sender, [...recent, now]);
  if (asked.size > REMEMBERED) {
    const oldest = asked.keys().next();
    if (!oldest.done) asked.delete(oldest.value);
  }
  return true;
}
