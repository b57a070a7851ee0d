import type { BringRefusal } from '@/lib/checkout';
import type { Locale } from '@/lib/kernel';
import { formatDate } from '@/lib/kernel';
import { texts } from '@/lib/texts';

/** Why a code pays nothing here. One that opens nothing is told like one that does not exist. */
export function explainVoucher(locale: Locale, refusal: BringRefusal, timeZone: string): string {
  const t = texts(locale, 'wallet');
  return refusal.kind === 'voucher-not-yet'
    ? t('refused.voucher-not-yet', { date: formatDate(refusal.from, locale, timeZone) })
    : t(`refused.${refusal.kind}`);
}
