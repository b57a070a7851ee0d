import type { DecideRefusal, InspectRefusal, ReturnNotFound, ShopperMoveRefusal, StartRefusal } from '@/lib/returns';
import type { Currency, Locale } from '@/lib/kernel';
import { assertNever, formatCalendarDay, formatMoney, formatTime, moneyOf } from '@/lib/kernel';
import { texts } from '@/lib/texts';

/** Words for what a shopper was refused about a return: what is the matter, and what to do. */
export function explainReturn(locale: Locale, refusal: StartRefusal | ShopperMoveRefusal): string {
  const t = texts(locale, 'returns');
  switch (refusal.kind) {
    case 'sub-order-not-found':
    case 'nothing-to-return':
    case 'shop-takes-no-returns':
    case 'return-not-found':
      return t(`refused.${refusal.kind}`);
    case 'more-than-left':
      return t('refused.more-than-left', { title: refusal.title, left: refusal.left });
    case 'no-right-to-return':
      return refusal.until === undefined
        ? t('refused.no-right-to-return', { title: refusal.title })
        : t('refused.no-right-until', { title: refusal.title, until: formatCalendarDay(refusal.until, locale) });
    case 'exchange-not-there':
      return t('refused.exchange-not-there', { title: refusal.title });
    case 'return-not-open':
      return t('refused.return-not-open', { state: t(`state.${refusal.state}`) });
    default:
      return assertNever(refusal);
  }
}

type DeskRefusal = InspectRefusal | DecideRefusal | ReturnNotFound;

/** Words for what a shop's counter was refused about a return. */
export function explainDeskReturn(
  locale: Locale,
  refusal: DeskRefusal,
  city: { readonly timeZone: string; readonly currency: Currency },
): string {
  const t = texts(locale, 'returns');
  switch (refusal.kind) {
    case 'wrong-pass':
    case 'shop-takes-no-returns':
    case 'nothing-brought':
    case 'return-not-found':
    case 'withdrawal-stands':
    case 'only-withdrawals-are-lessened':
    case 'not-there-yet':
      return t(`desk.refused.${refusal.kind}`);
    case 'already-received':
      return t('desk.refused.already-received', {
        number: refusal.number,
        shop: refusal.shop,
        time: formatTime(refusal.at, locale, city.timeZone),
      });
    case 'more-than-stated':
      return t('desk.refused.more-than-stated', { stated: refusal.stated });
    case 'return-not-open':
      return t('desk.refused.return-not-open', { state: t(`state.${refusal.state}`) });
    case 'deduction-too-large': {
      const amount = formatMoney(moneyOf(refusal.mostMinor, city.currency), locale);
      return t('desk.refused.deduction-too-large', { title: refusal.title, amount });
    }
    default:
      return assertNever(refusal);
  }
}
