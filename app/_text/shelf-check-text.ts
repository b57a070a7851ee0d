import type { Showing } from '@/components/commerce/showing';
import { formatAge, formatTime } from '@/lib/kernel';
import type { ShelfCheckView } from '@/lib/shelves/views';
import { texts } from '@/lib/texts';

/** What a shopper reads of a check: that a shop is looking, or what it found and when. */
export function shelfCheckText(check: ShelfCheckView, shop: string, { locale, now, timeZone }: Showing): string {
  const t = texts(locale, 'common');
  const age = formatAge(check.answeredAt ?? check.askedAt, now, locale);
  switch (check.state) {
    case 'asked':
      return t('shelfCheck.asked', { shop, time: formatTime(check.expiresAt, locale, timeZone) });
    case 'found':
      return check.quantity === undefined
        ? t('shelfCheck.found', { shop, age })
        : t('shelfCheck.foundCount', { shop, age, count: check.quantity });
    case 'gone':
      return t('shelfCheck.gone', { shop, age });
    case 'expired':
      return t('shelfCheck.expired', { shop });
  }
}
