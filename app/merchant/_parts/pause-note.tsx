import type { Instant, Locale } from '@/lib/kernel';
import { formatTime } from '@/lib/kernel';
import type { ShopFacts } from '@/lib/shops/views';
import { texts } from '@/lib/texts';

type PauseNoteProps = {
  readonly facts: Pick<ShopFacts, 'pausedUntil' | 'pauseReason'>;
  readonly now: Instant;
  readonly words: { readonly locale: Locale; readonly timeZone: string };
};

/** Why no order is offered just now; the switch beside it ends that by one tap. */
export function PauseNote({ facts: { pausedUntil, pauseReason }, now, words: { locale, timeZone } }: PauseNoteProps) {
  if (pausedUntil === undefined || pausedUntil <= now) return null; // it ended by itself
  const t = texts(locale, 'merchant');
  return (
    <p className="desk-state is-closed" role="status">
      {pauseReason === 'silent' ? t('top.away.silent') : t('top.away.until', { time: formatTime(pausedUntil, locale, timeZone) })}
    </p>
  );
}
