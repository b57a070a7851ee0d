import type { Instant } from '@/lib/kernel';
import { MINUTE } from '@/lib/kernel';

const WINDOW = 15 * MINUTE;
const WRONG = 10;
const REMEMBERED = 5_000;

const guesses = new Map<string, readonly Instant[]>();

/** May this sender try one more code? Ten wrong ones in a quarter of an hour are a typing error and then some; right ones do not count. */
export function mayTryCode(sender: string, now: Instant): boolean {
  return recent(sender, now).length < WRONG;
}

/** A code of this sender opened nothing. Forgets the oldest senders when there are too many to remember. */
export function noteWrongCode(sender: string, now: Instant): void {
  const before = recent(sender, now);
  guesses.delete(sender);
  guesses.set(sender, [...before, now]);
  if (guesses.size <= REMEMBERED) return;
  const oldest = guesses.keys().next();
  if (!oldest.done) guesses.delete(oldest.value);
}

function recent(sender: string, now: Instant): readonly Instant[] {
  return (guesses.get(sender) ?? []).filter((at) => at > now - WINDOW);
}
