import type { Locale } from '@/lib/kernel';
import { assertNever } from '@/lib/kernel';
import type { CarryRefusal } from '@/lib/fulfilment';
import type { AnswerCheckRefusal, AskRefusal, DeliveryRefusal, SafetyRefusal, TransferRefusal } from '@/lib/shelves';
import { texts } from '@/lib/texts';

export type ShelvesRefusal = AnswerCheckRefusal | DeliveryRefusal | SafetyRefusal | TransferRefusal;

/** Words for what a shop was refused about its shelves: what happened, and what to do. */
export function explainShelves(locale: Locale, refusal: ShelvesRefusal): string {
  const t = texts(locale, 'merchant');
  switch (refusal.kind) {
    case 'check-not-found':
      return t('shelves.refused.check');
    case 'delivery-not-found':
      return t('shelves.refused.delivery');
    case 'delivery-ended':
      return t('shelves.refused.deliveryEnded');
    case 'not-a-coming-day':
      return t('shelves.refused.day');
    case 'transfer-not-found':
      return t('shelves.refused.transfer');
    case 'not-in-a-network':
      return t('shelves.refused.network');
    case 'transfer-is':
      return t('shelves.refused.transferIs', { state: t(`shelves.transfers.state.${refusal.state}`) });
    case 'more-than-sent':
      return t('shelves.refused.moreThanSent', { sent: refusal.sent });
    case 'routing-above-sale':
      return t('shelves.refused.routingAboveSale');
    case 'department-not-sold':
      return t('shelves.refused.department');
    case 'offer-not-found':
      return t('refused.offerGone');
    case 'absurd-quantity':
      return t('refused.absurd', { largest: refusal.largest });
    default:
      return assertNever(refusal);
  }
}

/** Why units cannot be sent to another shop, or refused, any more. */
export function explainCarry(locale: Locale, refusal: CarryRefusal): string {
  const t = texts(locale, 'merchant');
  if (refusal.kind === 'transfer-not-found') return t('shelves.refused.transfer');
  const state = refusal.kind === 'transfer-is' ? refusal.state : 'cancelled';
  return t('shelves.refused.transferIs', { state: t(`shelves.transfers.state.${state}`) });
}

/** The sentence a shopper reads when nobody is asked to look. */
export function explainAsk(locale: Locale, refusal: AskRefusal): string {
  const t = texts(locale, 'common');
  switch (refusal.kind) {
    case 'offer-not-found':
      return t('shelfCheck.refused.gone');
    case 'shop-shut':
      return t('shelfCheck.refused.shut');
    case 'already-confirmed':
      return t('shelfCheck.refused.confirmed');
    case 'too-many-checks':
      return t('shelfCheck.refused.many');
    default:
      return assertNever(refusal);
  }
}
