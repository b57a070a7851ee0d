import type { Locale } from '@/lib/kernel';
import { assertNever, HOUR, MINUTE } from '@/lib/kernel';
import type { SourceFault } from '@/lib/sources/views';
import { texts } from '@/lib/texts';

/** Words for why a source could not be asked; `name` is the source's own. */
export function explainFault(locale: Locale, fault: SourceFault, name: string): string {
  const t = texts(locale, 'sources');
  switch (fault.kind) {
    case 'unreachable':
    case 'timed-out':
    case 'asked-to-wait':
    case 'not-found':
    case 'other-host':
    case 'too-large':
      return t(`faults.${fault.kind}`, { name });
    case 'address-not-allowed':
    case 'credentials-unreadable':
      return t(`faults.${fault.kind}`);
    case 'server-error':
    case 'not-allowed':
    case 'refused':
      return t(`faults.${fault.kind}`, { name, status: fault.status });
    case 'moved':
      return t('faults.moved', { name, to: fault.to === '' ? 'none' : fault.to });
    case 'schema-changed':
      return t('faults.schema-changed', { name, where: fault.where });
    case 'file-unreadable':
      return t('faults.file-unreadable', { why: fault.why });
    default:
      return assertNever(fault);
  }
}

/** Words for why one thing of a source stays out: those of imported rows, and one of its own. */
export function explainItem(locale: Locale, reason: string, value: string): string {
  const t = texts(locale, 'sources');
  const words = texts(locale, 'imports');
  switch (reason) {
    case 'title-missing':
    case 'price-missing':
      return words(`reasons.${reason}`);
    case 'price-unreadable':
    case 'price-not-positive':
    case 'price-currency':
      return t('refused.withValue', { reason: words(`reasons.${reason}`), value });
    default:
      return t('refused.unreadable', { value });
  }
}

/** "40 secondes", "3 minutes", "2 heures". Milliseconds. */
export function durationText(locale: Locale, milliseconds: number): string {
  const t = texts(locale, 'sources');
  if (milliseconds < 2 * MINUTE) return t('durations.seconds', { count: Math.max(1, Math.round(milliseconds / 1_000)) });
  if (milliseconds < 2 * HOUR) return t('durations.minutes', { count: Math.round(milliseconds / MINUTE) });
  return t('durations.hours', { count: Math.round(milliseconds / HOUR) });
}
