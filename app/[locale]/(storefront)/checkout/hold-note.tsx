import { HoldNoteLive } from '@/components/commerce/hold-note-live';
import type { Showing } from '@/components/commerce/showing';
import { Icon } from '@/components/ui/icon';
import type { CheckoutView } from '@/lib/checkout/views';
import { MINUTE, formatTime } from '@/lib/kernel';
import { texts } from '@/lib/texts';

/** Until when the units are kept; silent while there is time. "Keep them longer" is a second button of the same form. */
export function HoldNote({ page, showing }: { page: CheckoutView; showing: Showing }) {
  const { locale, now, timeZone } = showing;
  const t = texts(locale, 'checkout');
  if (page.heldUntil === undefined) return null;
  const leftMs = page.heldUntil - now;
  const minutes = Math.max(1, Math.round(Math.min(leftMs, 5 * MINUTE) / MINUTE));
  return (
    <HoldNoteLive
      leftMs={leftMs}
      soon={
        <div className="banner banner-honey items-center">
          <Icon name="clock" />
          <p className="min-w-0 flex-1">{t('hold.left', { minutes, time: formatTime(page.heldUntil, locale, timeZone) })}</p>
          {page.canExtend && (
            <button type="submit" className="btn btn-secondary" name="intent" value="extend">
              {t('hold.extend')}
            </button>
          )}
        </div>
      }
      over={
        <div className="banner banner-honey">
          <Icon name="clock" />
          <p>{t('hold.over')}</p>
        </div>
      }
    />
  );
}
