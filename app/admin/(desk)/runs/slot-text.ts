import type { SlotView } from '@/lib/courier/views';
import { formatDay, formatTime } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import type { OpsShowing } from '../../_parts/order-table';

/** "aujourd’hui 16 h – 18 h". */
export function slotText({ slotFrom, slotTo }: Pick<SlotView, 'slotFrom' | 'slotTo'>, { locale, now, timeZone }: OpsShowing): string {
  return texts(locale, 'courier')('slot', {
    day: formatDay(slotFrom, now, locale, timeZone),
    from: formatTime(slotFrom, locale, timeZone),
    to: formatTime(slotTo, locale, timeZone),
  });
}
