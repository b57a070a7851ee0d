import { Tag, type TagColour } from '@/components/ui/tag';
import type { OrderRowView, SubOrderStateView } from '@/lib/fulfilment/views';
import type { Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts';

const subOrderColours: Readonly<Record<SubOrderStateView, TagColour>> = {
  placed: 'neutral',
  offered: 'honey',
  accepted: 'blue',
  preparing: 'blue',
  ready: 'green',
  despatched: 'green',
  'handed-over': 'neutral',
  delivered: 'neutral',
  expired: 'neutral',
  refused: 'tomato',
  unanswered: 'tomato',
  cancelled: 'tomato',
  uncollected: 'tomato',
};

/** Where a sub-order stands, in a word. */
export function SubOrderTag({ state, locale }: { state: SubOrderStateView; locale: Locale }) {
  return <Tag colour={subOrderColours[state]}>{texts(locale, 'admin')(`state.${state}`)}</Tag>;
}

const orderColours: Readonly<Record<OrderRowView['state'], TagColour>> = {
  placed: 'honey',
  'in-progress': 'blue',
  ready: 'green',
  completed: 'neutral',
  expired: 'neutral',
  ended: 'tomato',
};

/** Where an order stands; late is said first. */
export function OrderTag({ state, isLate, locale }: { state: OrderRowView['state']; isLate: boolean; locale: Locale }) {
  const t = texts(locale, 'admin');
  return isLate ? <Tag colour="tomato">{t('late')}</Tag> : <Tag colour={orderColours[state]}>{t(`orderState.${state}`)}</Tag>;
}
