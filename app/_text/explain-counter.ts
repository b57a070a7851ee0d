import type {
  AnswerRefusal,
  FindRefusal,
  HandOverRefusal,
  MissingRefusal,
  PrepareRefusal,
  ReadyRefusal,
  TickRefusal,
} from '@/lib/fulfilment';
import type { StockRefusal } from '@/lib/inventory';
import type { Locale } from '@/lib/kernel';
import { assertNever, formatTime } from '@/lib/kernel';
import { texts } from '@/lib/texts';

export type CounterRefusal =
  AnswerRefusal | FindRefusal | HandOverRefusal | MissingRefusal | PrepareRefusal | ReadyRefusal | TickRefusal | StockRefusal;

/** Words for what a shop's counter was refused: what happened, and what to do. */
export function explainCounter(locale: Locale, refusal: CounterRefusal, timeZone: string): string {
  const t = texts(locale, 'merchant');
  switch (refusal.kind) {
    case 'sub-order-not-found':
    case 'line-not-found':
      return t('refused.gone');
    case 'transition-not-allowed':
      return t('refused.already', {
        state: t(`state.${refusal.state}`),
        who: t(`who.${refusal.by}`),
        time: formatTime(refusal.since, locale, timeZone),
      });
    case 'wrong-code':
      return t('refused.wrongCode');
    case 'several-match':
      return t('refused.severalMatch', { numbers: refusal.numbers.join(', ') });
    case 'already-handed-over':
      return t('refused.handedOver', { number: refusal.number, time: formatTime(refusal.at, locale, timeZone) });
    case 'not-ready':
      return t('refused.notReady', { number: refusal.number, state: t(`state.${refusal.state}`) });
    case 'age-not-confirmed':
      return t('refused.age', { age: refusal.minimumAge });
    case 'lines-not-picked':
      return t('refused.notPicked', { picked: refusal.picked, ordered: refusal.ordered });
    case 'nothing-picked':
      return t('refused.nothingPicked');
    case 'more-than-ordered':
      return t('refused.moreThanOrdered', { ordered: refusal.ordered });
    case 'offer-not-found':
      return t('refused.offerGone');
    case 'absurd-quantity':
      return t('refused.absurd', { largest: refusal.largest });
    default:
      return assertNever(refusal);
  }
}
